//! What pages of other origins may do with a function's address.

use std::panic::Location;

use cyanotype_cfn::Tree;
use indexmap::IndexMap;

use super::FunctionUrl;
use crate::{diagnostic::Diagnostic, flow::Seconds, lambda::props::names};

/// What browsers let pages of other origins do with a [`FunctionUrl`]. With nothing allowed, nothing.
///
/// A function that sends headers of CORS itself has them replaced by these.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html>
#[derive(Debug, Clone, Default)]
pub struct Cors(IndexMap<&'static str, Tree>);

names! {
    /// A method of HTTP that pages of other origins may use. They need no leave for `OPTIONS`.
    HttpMethod {
        /// `DELETE`.
        Delete = "DELETE",
        /// `GET`.
        Get = "GET",
        /// `HEAD`.
        Head = "HEAD",
        /// `PATCH`.
        Patch = "PATCH",
        /// `POST`.
        Post = "POST",
        /// `PUT`.
        Put = "PUT",
        /// All of them.
        Any = "*",
    }
}

impl Cors {
    /// Allows nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Origins that may call it, such as `https://www.example.com` or `http://localhost:60905`, or `*` for all: 100 at
    /// most, of 1 to 253 characters.
    #[must_use]
    pub fn allow_origins<S: Into<String>>(self, origins: impl IntoIterator<Item = S>) -> Self {
        self.list("AllowOrigins", origins)
    }

    /// Methods that they may use.
    #[must_use]
    pub fn allow_methods(self, methods: impl IntoIterator<Item = HttpMethod>) -> Self {
        self.list("AllowMethods", methods.into_iter().map(HttpMethod::name))
    }

    /// Headers that they may send, or `*` for all: 100 at most, of 1 to 1,024 characters.
    #[must_use]
    pub fn allow_headers<S: Into<String>>(self, headers: impl IntoIterator<Item = S>) -> Self {
        self.list("AllowHeaders", headers)
    }

    /// Headers of the answer that they may read, or `*` for all: 100 at most, of 1 to 1,024 characters.
    #[must_use]
    pub fn expose_headers<S: Into<String>>(self, headers: impl IntoIterator<Item = S>) -> Self {
        self.list("ExposeHeaders", headers)
    }

    /// Lets them send cookies and other credentials.
    #[must_use]
    pub fn allow_credentials(self) -> Self {
        self.with("AllowCredentials", true.into())
    }

    /// How long a browser may remember all this: 86,400 seconds at most. Unset, it asks each time.
    #[must_use]
    pub fn max_age(self, age: Seconds) -> Self {
        self.with("MaxAge", age.get().into())
    }

    fn list<S: Into<String>>(self, property: &'static str, items: impl IntoIterator<Item = S>) -> Self {
        let items: Vec<String> = items.into_iter().map(Into::into).collect();
        // A list of none is nothing allowed, which is what its absence says. CloudFormation takes no empty one.
        if items.is_empty() { self } else { self.with(property, items.into()) }
    }

    fn with(mut self, property: &'static str, value: Tree) -> Self {
        self.0.insert(property, value);
        self
    }
}

/// A list, what is in it, how many of these Lambda takes, and how long each may be.
const LISTS: [(&str, &str, usize, usize); 4] = [
    ("AllowOrigins", "origin", 100, 253),
    // Those that there are have no wrong length.
    ("AllowMethods", "method", 6, 6),
    ("AllowHeaders", "allowed header", 100, 1024),
    ("ExposeHeaders", "exposed header", 100, 1024),
];
/// A day.
const MAX_AGE: u64 = 86_400;

impl FunctionUrl {
    /// Lets browsers call it from pages of other origins.
    ///
    /// ```
    /// # use cyanotype::prelude::*;
    /// # let stack = App::new().stack("Shop");
    /// # let props = FunctionProps::builder()
    /// #     .runtime(Runtime::NODEJS_22).handler("index.handler").code(Code::inline("")).build();
    /// # let hello: Function<String, String> = Function::new(&stack, "Hello", props);
    /// let url = hello.url(&hello.alias("live", &hello.publish()), UrlAuth::Public);
    /// url.cors(
    ///     Cors::new()
    ///         .allow_origins(["https://www.example.com"])
    ///         .allow_methods([HttpMethod::Get, HttpMethod::Post])
    ///         .allow_headers(["content-type"])
    ///         .max_age(seconds(3_600)),
    /// );
    /// ```
    ///
    /// Source: <https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors>
    #[track_caller]
    pub fn cors(&self, cors: Cors) {
        let at = Location::caller();
        let problems = problems(&cors);
        self.under.edit(self.key, |body| {
            let found =
                problems.into_iter().map(|(problem, help)| Diagnostic::error(problem).at(at).help(help));
            body.problems.extend(found);
            body.properties.insert("Cors".into(), Tree::map(cors.0));
        });
    }
}

fn problems(cors: &Cors) -> Vec<(String, String)> {
    let mut problems = vec![];
    for (property, what, most, longest) in LISTS {
        let Some(Tree::List(items)) = cors.0.get(property) else { continue };
        if items.len() > most {
            problems.push((format!("it has {} {what}s", items.len()), format!("Lambda takes {most}")));
        }
        for item in items.iter().filter_map(Tree::as_text) {
            let length = item.chars().count();
            if !(1..=longest).contains(&length) {
                let problem = format!("the {what} `{item}` has {length} characters");
                problems.push((problem, format!("Lambda takes 1 to {longest}")));
            }
        }
    }
    if let Some(Tree::Number(age)) = cors.0.get("MaxAge")
        && age.as_u64().is_some_and(|age| age > MAX_AGE)
    {
        problems.push((
            format!("a browser may remember it for {age} seconds"),
            format!("Lambda takes 0 to {MAX_AGE}"),
        ));
    }
    problems
}
