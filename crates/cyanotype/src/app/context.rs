//! What the command line tells an application.

use std::{any::type_name, collections::BTreeMap, fmt::Display, panic::Location, str::FromStr};

use indexmap::IndexMap;

use crate::diagnostic::{Diagnostic, Source};

/// The key of the salt, which every app has: `-c redeploy=2`.
const SALT: &str = "redeploy";

/// The `-c KEY=VALUE` pairs of the command line.
///
/// The keys that an app reads are the known ones, so read each of them on every run: any other is an error.
///
/// ```
/// use cyanotype::prelude::*;
///
/// let mut cx = Context::new([("stage".to_owned(), "live".to_owned())]);
/// assert_eq!(cx.get("stage", "test".to_owned()), "live");
/// assert_eq!(cx.get("memory", 256), 256);
/// assert!(cx.problems().is_empty());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Context {
    given: IndexMap<String, String>,
    known: BTreeMap<String, Source>,
    problems: Vec<Diagnostic>,
}

impl Context {
    /// Some pairs. Of a key that is given twice the last counts.
    #[must_use]
    pub fn new(given: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { given: given.into_iter().collect(), ..Self::default() }
    }

    /// The value of a key, or `default` when it is not given.
    ///
    /// A value that is no `T` is a problem that keeps synth from writing; `default` then stands in for it, so that the
    /// other problems are found too.
    #[track_caller]
    pub fn get<T: FromStr>(&mut self, key: &str, default: T) -> T
    where
        T::Err: Display,
    {
        let at = Location::caller();
        self.known.entry(key.into()).or_insert(at);
        let Some(text) = self.given.get(key) else {
            return default;
        };
        match text.parse() {
            Ok(value) => value,
            Err(error) => {
                // The name alone, without its path: `u32`, `Day`.
                let wanted = type_name::<T>().rsplit("::").next().unwrap_or_default();
                self.problems.push(
                    Diagnostic::error(format!("`-c {key}={text}`: {error}"))
                        .at(at)
                        .help(format!("give a value that is a {wanted}: `-c {key}=…`")),
                );
                default
            }
        }
    }

    /// The salt of `-c redeploy=N`, the way out after a deploy that was rolled back: it moves every version.
    #[must_use]
    pub fn salt(&self) -> Option<&str> {
        self.given.get(SALT).map(String::as_str)
    }

    /// Wrong values, and keys that the app has not read by now.
    #[must_use]
    pub fn problems(&self) -> Vec<Diagnostic> {
        let mut known: Vec<_> = self.known.keys().map(String::as_str).chain([SALT]).collect();
        known.sort_unstable();
        known.dedup();
        let known: Vec<_> = known.iter().map(|key| format!("`{key}`")).collect();
        let unknown = self.given.keys().filter(|key| !self.known.contains_key(*key) && *key != SALT);
        let unknown = unknown.map(|key| {
            Diagnostic::error(format!("the app knows no context key `{key}`"))
                .help(format!("it knows {}", known.join(", ")))
        });
        self.problems.iter().cloned().chain(unknown).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(given: &[(&str, &str)]) -> Vec<String> {
        let given = given.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        let mut cx = Context::new(given);
        cx.get("day", 2u8);
        cx.problems().iter().map(|p| format!("{} / {}", p.message(), p.hint().unwrap_or_default())).collect()
    }

    #[test]
    fn a_key_that_the_app_reads_is_known_and_so_is_the_salt() {
        assert!(problems(&[("day", "1"), ("redeploy", "2")]).is_empty());
    }

    #[test]
    fn an_unknown_key_names_the_known_ones() {
        assert_eq!(
            problems(&[("dya", "1")]),
            ["the app knows no context key `dya` / it knows `day`, `redeploy`"]
        );
    }

    #[test]
    fn a_wrong_value_says_what_is_wanted() {
        assert_eq!(
            problems(&[("day", "one")]),
            ["`-c day=one`: invalid digit found in string / give a value that is a u8: `-c day=…`"]
        );
    }

    #[test]
    fn the_last_of_two_values_counts() {
        let mut cx = Context::new([("a", "1"), ("a", "2")].map(|(k, v)| (k.to_owned(), v.to_owned())));
        assert_eq!(cx.get("a", 0), 2);
    }
}
