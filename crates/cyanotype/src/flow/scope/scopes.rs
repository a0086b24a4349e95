//! Maps and Parallels: states that have scopes of their own.

use std::panic::Location;

use crate::flow::{
    Branches, Ended, Fragment, Language, Over, Scope, Settled, Several,
    body::{DraftKind, DraftMap, DraftWork},
    branch::scoped,
};

impl<'m, R, L: Language> Scope<'m, R, L> {
    /// A Map: runs the same path for every item of a list, and yields a list of what each yields.
    ///
    /// The list is a path to it, or [`items`](crate::flow::items) of it, which say how it runs: how many at once, each
    /// in an execution of its own, from S3. The path is made in a scope of its own: no state in it leads out of it, and
    /// none outside leads in.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    /// # use schemars::JsonSchema;
    /// # use serde::{Deserialize, Serialize};
    /// #[derive(Serialize, Deserialize, JsonSchema)]
    /// struct Order {
    ///     lines: Vec<String>,
    /// }
    ///
    /// # let price: Version<String, u32> =
    /// #     Version::import("arn:aws:lambda:eu-west-1:123456789012:function:price:7").unwrap();
    /// let prices: Machine<Order, Vec<u32>> = machine(|m| {
    ///     let all = m.map("Price lines", path!(Order => lines), |line| line.task("Price", &price).then(line.end()));
    ///     all.then(m.end())
    /// });
    /// assert!(prices.diagnostics().is_empty());
    /// ```
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html>
    #[track_caller]
    pub fn map<S: Over<L>, O, K: Ended + Settled>(
        self,
        name: &str,
        items: S,
        item: impl for<'i> FnOnce(Scope<'i, O, L>) -> Fragment<'i, S::Item, K>,
    ) -> Several<'m, S::In, Vec<O>, L> {
        let at = Location::caller();
        let map = DraftMap { items: items.items(), processor: scoped(at, item) };
        self.make(name, at, DraftKind::Map(Box::new(map), DraftWork::default()))
    }

    /// A Parallel: runs a tuple (or a `Vec`) of branches at once, each with the whole input, and yields what each
    /// yields.
    ///
    /// ```
    /// use cyanotype::{flow::branch, prelude::*};
    ///
    /// # let price: Version<String, u32> =
    /// #     Version::import("arn:aws:lambda:eu-west-1:123456789012:function:price:7").unwrap();
    /// let machine: Machine<String, (u32, String)> = machine(|m| {
    ///     let branches = (
    ///         branch(|b| b.task("Price", &price).then(b.end())),
    ///         branch(|b| b.pass("Keep").then(b.end())),
    ///     );
    ///     m.parallel("Both", branches).then(m.end())
    /// });
    /// assert!(machine.diagnostics().is_empty());
    /// ```
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html>
    #[track_caller]
    pub fn parallel<In, B: Branches<In, L>>(self, name: &str, branches: B) -> Several<'m, In, B::Out, L> {
        let kind = DraftKind::Parallel(branches.scopes(), DraftWork::default());
        self.make(name, Location::caller(), kind)
    }
}
