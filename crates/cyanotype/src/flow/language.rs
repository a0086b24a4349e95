//! The languages in which states read data.

/// The language in which the states of a scope read data: [`JsonPath`] or [`Jsonata`].
///
/// A machine is JSONPath unless [`jsonata_machine`](super::jsonata_machine) makes it. In a JSONPath machine single
/// states can be JSONata, by [`Scope::jsonata`](super::Scope::jsonata); there is no way back, as AWS has none.
///
/// <https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html>
pub trait Language: sealed::Sealed {
    #[doc(hidden)]
    const IS_JSONATA: bool;
}

/// JSONPath, with payload templates and intrinsic functions.
#[derive(Debug, Clone, Copy)]
pub struct JsonPath;

/// JSONata, with expressions between `{%` and `%}`.
#[derive(Debug, Clone, Copy)]
pub struct Jsonata;

impl Language for JsonPath {
    const IS_JSONATA: bool = false;
}

impl Language for Jsonata {
    const IS_JSONATA: bool = true;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::JsonPath {}
    impl Sealed for super::Jsonata {}
}
