//! Loops, joins and ends.

use crate::flow::{At, Ended, Fragment, Open, Scope, Settled, body::Link, fragment::Last};

impl<'m, R, L> Scope<'m, R, L> {
    /// Ends the execution at the state before, with what it yields: `"End": true`.
    ///
    /// A rule of a Choice cannot end the execution itself. It then leads to a Succeed that is made for it, named
    /// `End of` and the Choice.
    pub fn end(self) -> At<'m, R> {
        self.at(Link::End)
    }

    /// A loop: `again` is the start of the path that the closure returns, so it leads nowhere else.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    /// use serde_json::Value;
    ///
    /// let until_done: Machine<Value, Value> = machine(|m| {
    ///     m.cycle(|again| {
    ///         let later = m.wait("A minute", seconds(60)).then(again);
    ///         m.choice("Done?").when(root::<Value>().get("done").is(true), m.end()).otherwise(later)
    ///     })
    /// });
    /// assert!(until_done.diagnostics().is_empty());
    /// ```
    pub fn cycle<T, K: Ended + Settled>(
        self,
        body: impl FnOnce(At<'m, T>) -> Fragment<'m, T, K>,
    ) -> At<'m, T> {
        let again = self.at(Link::Unbound);
        let start = body(again);
        again.bind(start.entry);
        start.cast()
    }

    /// The dual of a loop: every path that goes to `out` goes on where the join goes on.
    ///
    /// So a Choice can be a part of a path that continues.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    /// use serde_json::Value;
    ///
    /// let machine: Machine<Value, Value> = machine(|m| {
    ///     let perhaps_wait = m.join(|out| {
    ///         let later = m.wait("A minute", seconds(60)).then(out);
    ///         m.choice("Hurry?").when(root::<Value>().get("hurry").is(true), out).otherwise(later)
    ///     });
    ///     perhaps_wait.then(m.pass("Go on")).then(m.end())
    /// });
    /// assert!(machine.diagnostics().is_empty());
    /// ```
    pub fn join<In, T, K: Ended + Settled>(
        self,
        body: impl FnOnce(At<'m, T>) -> Fragment<'m, In, K>,
    ) -> Open<'m, In, T> {
        let out = self.at(Link::Unbound);
        Fragment { out: out.entry, last: Last::Several, ..body(out).cast() }
    }

    fn at<T>(self, link: Link) -> At<'m, T> {
        let id = self.body.borrow_mut().link(link);
        self.fragment(id, id, Last::Nothing)
    }
}
