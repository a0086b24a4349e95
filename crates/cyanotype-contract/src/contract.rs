//! The trait, and how a type becomes a contract.

use core::future::Future;

use crate::{Answer, Taken};

/// What a function takes and gives. [`contract!`](crate::contract!) makes one, or an `impl` on any type of your own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no contract: it does not say what a function takes and gives",
    label = "not a contract",
    note = "in the crate of types, write `contract! {{ pub Name(Input) -> Output; }}`, and name that"
)]
pub trait Contract {
    /// What it takes.
    type Input;
    /// What it gives.
    type Output;

    /// The handler itself, if it takes and gives what the contract says; another does not compile.
    ///
    /// `input` says where the input is in what the handler takes: `|event| &event.payload` of a `LambdaEvent`,
    /// `|request| request` where the handler takes nothing else. It is looked at by the compiler alone and never
    /// called.
    ///
    /// The handler gives a `Result`, whose error may be any.
    ///
    /// ```
    /// # use cyanotype_contract::{Contract, contract};
    /// contract! {
    ///     /// Counts characters.
    ///     pub Count(String) -> usize;
    /// }
    ///
    /// async fn count(text: String) -> Result<usize, std::fmt::Error> {
    ///     Ok(text.chars().count())
    /// }
    ///
    /// let handler = Count::handler(count, |text| text);
    /// ```
    #[must_use = "returns the handler, for the runtime to serve"]
    fn handler<F, E, I, R>(handler: F, input: fn(&E) -> &I) -> F
    where
        F: Fn(E) -> R,
        R: Future,
        I: Taken<Self::Input>,
        R::Output: Answer<Self::Output>,
    {
        let _ = input;
        handler
    }
}

/// Makes contracts: `contract! { pub Review(Request) -> Verdict; }`.
///
/// Each is a type of that name, of which there are no values. It takes documentation and other attributes.
///
/// ```
/// use cyanotype_contract::contract;
///
/// contract! {
///     /// Counts characters.
///     pub Count(String) -> usize;
///     /// Greets whoever is there.
///     pub(crate) Greet(Option<String>) -> String;
/// }
/// ```
#[macro_export]
macro_rules! contract {
    ($($(#[$attribute:meta])* $visibility:vis $name:ident($input:ty) -> $output:ty);+ $(;)?) => {
        $(
            $(#[$attribute])*
            #[derive(Debug, Clone, Copy)]
            $visibility enum $name {}

            impl $crate::Contract for $name {
                type Input = $input;
                type Output = $output;
            }
        )+
    };
}
