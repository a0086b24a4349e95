//! Data of a Rust type, made of other data.

use std::marker::PhantomData;

use schemars::{JsonSchema, generate::SchemaSettings};

use super::{Data, Gives, Kind, Part};
use crate::flow::{Field, JsonPath};

/// An `Out` made of an `In`; [`shape!`](crate::shape) makes it.
#[derive(Debug, Clone)]
#[must_use = "a shape does nothing until a state has it"]
pub struct Shape<In, Out, L = JsonPath> {
    fields: Vec<(Field, Part)>,
    types: PhantomData<fn(In, L) -> Out>,
}

/// Makes a value of a struct out of the data, field by field: a field is a path, or anything else in parentheses.
///
/// The compiler checks that each field is there, once, with its type. JSON names come from the types' schemas, as for
/// [`path!`](crate::path).
///
/// ```
/// use cyanotype::{flow::literal, prelude::*};
/// use schemars::JsonSchema;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize, JsonSchema)]
/// struct Order {
///     id: String,
///     customer: Customer,
/// }
/// #[derive(Serialize, Deserialize, JsonSchema)]
/// struct Customer {
///     email: String,
/// }
/// #[derive(Serialize, Deserialize, JsonSchema)]
/// #[serde(rename_all = "camelCase")]
/// struct Letter {
///     order_id: String,
///     to: String,
///     subject: String,
/// }
///
/// let machine: Machine<Order, Letter> = machine(|m| {
///     let letter = shape!(Order => Letter {
///         order_id: id,
///         to: customer.email,
///         subject: (literal("Thank you")),
///     });
///     m.shape("Write", letter).then(m.end())
/// });
/// assert!(machine.diagnostics().is_empty());
/// ```
#[macro_export]
macro_rules! shape {
    ($in:ty => $out:ident { $($fields:tt)* }) => { $crate::shape!(@take $in, $out, [] $($fields)*) };
    (@take $in:ty, $out:ident, [$($done:tt)*] $name:ident : ($value:expr) $(, $($rest:tt)*)?) => {
        $crate::shape!(@take $in, $out, [$($done)* { $name, $value }] $($($rest)*)?)
    };
    (@take $in:ty, $out:ident, [$($done:tt)*] $name:ident : $($rest:tt)+) => {
        $crate::shape!(@path $in, $out, [$($done)*] $name [] $($rest)+)
    };
    (@take $in:ty, $out:ident, [$({ $name:ident, $value:expr })*]) => {
        $crate::flow::Shape::<$in, $out, _>::begin(|any| ::std::option::Option::Some($out { $($name: any.value()?),* }))
        $(.field($crate::flow::Field::rust(::std::stringify!($name)), |all: &$out| &all.$name, $value))*
    };
    (@path $in:ty, $out:ident, [$($done:tt)*] $name:ident [$($path:tt)+] , $($rest:tt)*) => {
        $crate::shape!(@take $in, $out, [$($done)* { $name, $crate::path!($in => $($path)+) }] $($rest)*)
    };
    (@path $in:ty, $out:ident, [$($done:tt)*] $name:ident [$($path:tt)+]) => {
        $crate::shape!(@take $in, $out, [$($done)* { $name, $crate::path!($in => $($path)+) }])
    };
    (@path $in:ty, $out:ident, [$($done:tt)*] $name:ident [$($path:tt)*] $next:tt $($rest:tt)*) => {
        $crate::shape!(@path $in, $out, [$($done)*] $name [$($path)* $next] $($rest)*)
    };
}

/// Stands for a value of any type, where no value is wanted.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Any(());

impl Any {
    #[must_use]
    pub fn value<T>(self) -> Option<T> {
        None
    }
}

impl<In, Out: JsonSchema, L> Shape<In, Out, L> {
    /// The closure is never called: it makes the compiler check that all fields are given.
    #[doc(hidden)]
    pub fn begin(_: fn(Any) -> Option<Out>) -> Self {
        Self { fields: vec![], types: PhantomData }
    }

    /// Nor is this one: it says which type the field has.
    #[doc(hidden)]
    pub fn field<F>(mut self, field: Field, _: fn(&Out) -> &F, data: impl Gives<In, F, L>) -> Self {
        self.fields.push((field, data.part()));
        self
    }
}

impl<In, Out: JsonSchema, L> Data<In, L> for Shape<In, Out, L> {
    fn part(self) -> Part {
        let schema =
            || SchemaSettings::default().for_serialize().into_generator().into_root_schema_for::<Out>();
        Part(Kind::Fields(self.fields, schema))
    }
}
