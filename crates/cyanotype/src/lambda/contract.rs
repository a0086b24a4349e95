//! Functions by the contract that their handlers keep.

use cyanotype_contract::Contract;

use super::{Function, FunctionProps};
use crate::app::Construct;

impl Function<(), ()> {
    /// Adds a function that takes and gives what a contract says, which its handler names too.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    /// // In the crate of types, on which handlers and infrastructure depend.
    /// cyanotype_contract::contract! {
    ///     /// Looks at a text.
    ///     pub Review(String) -> bool;
    /// }
    ///
    /// let stack = App::new().stack("Shop");
    /// let props = FunctionProps::builder()
    ///     .runtime(Runtime::PROVIDED_AL2023)
    ///     .handler("bootstrap")
    ///     .code(Code::cargo("shop-handlers", "review"))
    ///     .build();
    /// let review: Function<String, bool> = Function::of::<Review>(&stack, "Review", props);
    /// ```
    #[track_caller]
    pub fn of<C: Contract>(
        under: &Construct,
        id: impl Into<String>,
        props: FunctionProps,
    ) -> Function<C::Input, C::Output> {
        Function::new(under, id, props)
    }
}
