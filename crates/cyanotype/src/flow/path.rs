//! Paths into data.

use std::{fmt, marker::PhantomData, panic::Location};

use cyanotype_asl::ReferencePath;
use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde_json::Value;

use crate::diagnostic::Source;

/// A path into data, checked by the compiler: `path!(Order => customer.tier)` is a [`Path<Order, Tier>`](Path).
///
/// `?` goes through an `Option`: `path!(Order => note?)`, `path!(Order => customer?.tier)`.
/// A tuple's item is its number: `path!((Invoice, u32) => 0)`.
/// The JSON name of a field is found in the type's schema, be it renamed to `jobStatus` or `job-status`;
/// `path!(Order => id as "order-id")` says one that cannot be found so.
///
/// ```
/// use cyanotype::prelude::*;
/// use schemars::JsonSchema;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize, JsonSchema)]
/// #[serde(rename_all = "camelCase")]
/// struct Order {
///     line_count: u32,
///     note: Option<String>,
/// }
///
/// let big = path!(Order => line_count).more_than(100);
/// let urgent = path!(Order => note?).is_present().and(path!(Order => note?).is("urgent"));
/// let special = big.or(urgent);
/// ```
#[macro_export]
macro_rules! path {
    ($t:ty => $($field:tt)+) => {
        $crate::flow::witnessed::<$t, _>(
            $crate::path!(@names [] . $($field)+),
            |value: &$t| $crate::path!(@read value; . $($field)+),
        )
    };
    (@names [$($n:expr,)*]) => { ::std::vec![$($n),*] };
    (@names [$($n:expr,)*] ? $($rest:tt)*) => { $crate::path!(@names [$($n,)*] $($rest)*) };
    (@names [$($n:expr,)*] . $f:tt ? as $json:literal $($rest:tt)*) => {
        $crate::path!(@names [$($n,)* $crate::flow::Field::json($json),] $($rest)*)
    };
    (@names [$($n:expr,)*] . $f:tt as $json:literal $($rest:tt)*) => {
        $crate::path!(@names [$($n,)* $crate::flow::Field::json($json),] $($rest)*)
    };
    (@names [$($n:expr,)*] . $f:tt $($rest:tt)*) => {
        $crate::path!(@names [$($n,)* $crate::flow::Field::rust(::std::stringify!($f)),] $($rest)*)
    };
    (@read $v:ident;) => { ::std::option::Option::Some($v) };
    (@read $v:ident; as $json:literal $($rest:tt)*) => { $crate::path!(@read $v; $($rest)*) };
    (@read $v:ident; ? $($rest:tt)*) => {{
        let inner = $crate::flow::inside($v)?;
        $crate::path!(@read inner; $($rest)*)
    }};
    (@read $v:ident; . $f:tt $($rest:tt)*) => {{
        let field = &$v.$f;
        $crate::path!(@read field; $($rest)*)
    }};
}

/// A place in the data `T` that holds an `F`. Made by [`path!`](crate::path) and [`root`].
#[must_use = "a path does nothing by itself: compare what is there, or give it to a Task"]
pub struct Path<T, F> {
    pub(super) to: Reference,
    types: PhantomData<fn(T) -> F>,
}

/// A path without its types: the fields as written, and what is needed to find their JSON names.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    pub(super) origin: Origin,
    pub(super) fields: Vec<Field>,
    pub(super) schema: fn() -> Schema,
    pub(super) at: Source,
}

/// What a path starts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Origin {
    /// The data of the state.
    Data,
    /// A variable of this name.
    Variable(&'static str),
    /// A field of the context object, such as `Execution.Id`.
    Context(&'static str),
}

/// A place: what it starts in, and how it is reached from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) origin: Origin,
    pub(super) path: ReferencePath,
}

impl Spot {
    /// Whether the other place is this one, or inside of it.
    pub(super) fn contains(&self, other: &Self) -> bool {
        self.origin == other.origin && self.path.contains(&other.path)
    }
}

/// As JSONPath writes it.
impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.origin {
            Origin::Data => f.write_str("$")?,
            Origin::Variable(name) => write!(f, "${name}")?,
            Origin::Context(path) => write!(f, "$$.{path}")?,
        }
        self.path.steps().iter().try_for_each(|step| step.fmt(f))
    }
}

/// One step of a path: a Rust field, whose JSON name the schema knows, or the JSON name itself.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Field {
    pub(super) name: &'static str,
    pub(super) is_json: bool,
}

impl Field {
    #[must_use]
    pub fn rust(name: &'static str) -> Self {
        Self { name: name.trim_start_matches("r#"), is_json: false }
    }

    #[must_use]
    pub fn json(name: &'static str) -> Self {
        Self { name, is_json: true }
    }
}

/// The whole of the data.
#[track_caller]
pub fn root<T: JsonSchema>() -> Path<T, T> {
    witnessed(vec![], |all| Some(all))
}

/// The closure is never called: it makes the compiler check the fields and infer the type of the last.
#[doc(hidden)]
#[track_caller]
pub fn witnessed<T: JsonSchema, F>(fields: Vec<Field>, _: fn(&T) -> Option<&F>) -> Path<T, F> {
    Path::of(Reference { origin: Origin::Data, fields, schema: schema_of::<T>, at: Location::caller() })
}

/// Serialize's side of the contract: the names that who produces a `T` writes.
pub(super) fn schema_of<T: JsonSchema>() -> Schema {
    SchemaSettings::default().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// What `?` in a path goes through.
// With what is inside as a parameter: as an associated type, rustc would report a miss twice.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`?` in a path reads an `Option`, and this field is `{Self}`",
    label = "a `?` too many after a `{Self}`"
)]
pub trait Optional<T> {
    fn inside(&self) -> Option<&T>;
}

impl<T> Optional<T> for Option<T> {
    fn inside(&self) -> Option<&T> {
        self.as_ref()
    }
}

#[doc(hidden)]
pub fn inside<F: Optional<T>, T>(field: &F) -> Option<&T> {
    field.inside()
}

impl<T, F> Path<T, F> {
    pub(super) fn of(to: Reference) -> Self {
        Self { to, types: PhantomData }
    }

    /// The same place without a type, to go on by JSON names: `root::<Event>().untyped().get("kind")`.
    pub fn untyped(self) -> Path<T, Value> {
        Path::of(self.to)
    }
}

impl<T> Path<T, Value> {
    /// A member by its JSON name. It is checked against the schema where there is one; open data has any.
    pub fn get(mut self, json_name: &'static str) -> Self {
        self.to.fields.push(Field::json(json_name));
        self
    }
}

impl<T, F> Clone for Path<T, F> {
    fn clone(&self) -> Self {
        Self { to: self.to.clone(), types: PhantomData }
    }
}

impl<T, F> fmt::Debug for Path<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Path").field(&self.to.fields).finish()
    }
}
