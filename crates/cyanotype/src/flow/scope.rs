//! Where states are made.

use std::{cell::RefCell, fmt, marker::PhantomData, panic::Location};

use serde::Serialize;

use super::{
    At, Choice, Ended, Fragment, Open, Pinned, Seconds, Settled, Sink, Work,
    body::{Body, DraftKind, DraftTask, Id, Link},
    fragment::{Last, OneScope},
};
use crate::diagnostic::Source;

/// Where the states of a machine are made. `R` is what the machine yields when it ends.
///
/// It is `Copy`: hand it to functions that make a part of the machine.
///
/// ```
/// use cyanotype::prelude::*;
///
/// /// A part of any machine.
/// fn cool_down<'m, R, T>(m: Scope<'m, R>) -> Open<'m, T, T> {
///     m.wait("Wait", seconds(60)).then(m.pass("Waited"))
/// }
///
/// let machine: Machine<u32, u32> = machine(|m| cool_down(m).then(m.end()));
/// ```
pub struct Scope<'scope, R> {
    body: &'scope RefCell<Body>,
    scope: OneScope<'scope>,
    types: PhantomData<fn(R)>,
}

impl<'m, R> Scope<'m, R> {
    /// A Task: calls an immutable version with the data, and yields what it yields.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html>
    #[track_caller]
    pub fn task<P: Pinned + ?Sized>(self, name: &str, version: &P) -> Work<'m, P::In, P::Out> {
        let task = DraftTask {
            call: version.call(),
            timeout: None,
            retry: vec![],
            catch: vec![],
            into: None,
            select: None,
        };
        self.make(name, Location::caller(), DraftKind::Task(Box::new(task)))
    }

    /// A Wait of 0 to 99,999,999 seconds; the data stays.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html>
    #[track_caller]
    pub fn wait<T>(self, name: &str, time: Seconds) -> Open<'m, T, T> {
        self.make(name, Location::caller(), DraftKind::Wait { seconds: time.get() })
    }

    /// A Pass: does nothing; the data stays. A place to come together, and a name in the picture.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html>
    #[track_caller]
    pub fn pass<T>(self, name: &str) -> Open<'m, T, T> {
        self.make(name, Location::caller(), DraftKind::Pass { result: None })
    }

    /// A Pass with a literal `Result`, which takes the place of the data.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html>
    #[track_caller]
    pub fn pass_result<In, O: Serialize>(self, name: &str, value: O) -> Open<'m, In, O> {
        let result = Some(serde_json::to_value(value).map_err(|error| error.to_string()));
        self.make(name, Location::caller(), DraftKind::Pass { result })
    }

    /// A Choice: decides by data where to go.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html>
    #[track_caller]
    pub fn choice<T>(self, name: &str) -> Choice<'m, T> {
        self.make(name, Location::caller(), DraftKind::Choice { rules: vec![], default: None })
    }

    /// A Succeed: ends the execution with the data as its result.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/state-succeed.html>
    #[track_caller]
    pub fn succeed(self, name: &str) -> At<'m, R> {
        self.make(name, Location::caller(), DraftKind::Succeed)
    }

    /// A Fail: ends the execution with an error. [`Sink::error`] and [`Sink::cause`] say which.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html>
    #[track_caller]
    pub fn fail(self, name: &str) -> Sink<'m> {
        let kind = DraftKind::Fail { error: None, cause: None };
        let (state, id) = self.body.borrow_mut().add(name, Location::caller(), kind);
        Sink { body: self.body, id, state, _scope: self.scope }
    }

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

    pub(super) fn new(body: &'m RefCell<Body>) -> Self {
        Self { body, scope: OneScope(PhantomData), types: PhantomData }
    }

    fn make<In, K>(self, name: &str, at: Source, kind: DraftKind) -> Fragment<'m, In, K> {
        let mut body = self.body.borrow_mut();
        let (state, entry) = body.add(name, at, kind);
        let out = body.states.get(state).map_or(entry, |state| state.next);
        self.fragment(entry, out, Last::State(state))
    }

    fn at<T>(self, link: Link) -> At<'m, T> {
        let id = self.body.borrow_mut().link(link);
        self.fragment(id, id, Last::Nothing)
    }

    fn fragment<In, K>(self, entry: Id, out: Id, last: Last) -> Fragment<'m, In, K> {
        Fragment { body: self.body, entry, out, last, scope: self.scope, types: PhantomData }
    }
}

impl<R> Clone for Scope<'_, R> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<R> Copy for Scope<'_, R> {}

impl<R> fmt::Debug for Scope<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scope")
    }
}
