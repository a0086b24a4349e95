//! A Choice under construction.

use std::panic::Location;

use super::{
    At, Choice, Cond, Fragment, Gives, Jsonata, NeedsDefault, Target, Var,
    body::{DraftKind, DraftRule, DraftTest, DraftVariable},
};

impl<'m, T, L> Choice<'m, T, L> {
    /// Goes there if the condition holds. Rules are looked at in order; the first that holds is taken.
    pub fn when<K: Target<'m, T>>(self, condition: Cond<T>, to: K) -> Self {
        self.rule(DraftTest::Condition(condition.nodes), to)
    }

    /// Sets a variable when the rule before is taken.
    ///
    /// ```
    /// use cyanotype::{flow::{literal, variable}, prelude::*};
    ///
    /// let size = variable::<String>("size");
    /// let machine: Machine<u32, u32> = machine(|m| {
    ///     let big = m.choice("Big?").when(root::<u32>().more_than(9), m.end());
    ///     big.assign_when(size, literal("big")).otherwise(m.end())
    /// });
    /// assert!(machine.diagnostics().is_empty());
    /// ```
    #[track_caller]
    pub fn assign_when<F>(self, variable: Var<F>, value: impl Gives<T, F, L>) -> Self {
        let variable = DraftVariable::new(variable.name, value.part(), Location::caller());
        if self.last_rule(|rule| rule.assign.push(variable)) {
            return self;
        }
        self.report(
            Location::caller(),
            "there is no rule that could set this variable",
            "call `.when(..)` before",
        );
        self
    }

    /// Where everything else goes.
    pub fn otherwise<K: Target<'m, T>>(self, to: K) -> At<'m, T> {
        self.edit(|state| {
            if let DraftKind::Choice { default, .. } = &mut state.kind {
                *default = Some(to.id());
            }
        })
        .cast()
    }

    /// Everything else fails the execution with `States.NoChoiceMatched`.
    ///
    /// Where the rules ask for the values of one enum, one that none of them names is an error.
    pub fn no_default(self) -> At<'m, T> {
        self.cast()
    }

    fn rule<K: Target<'m, T>>(self, test: DraftTest, to: K) -> Self {
        self.edit(|state| {
            if let DraftKind::Choice { rules, .. } = &mut state.kind {
                rules.push(DraftRule { test, assign: vec![], to: to.id() });
            }
        })
    }

    /// Whether there is one.
    fn last_rule(&self, edit: impl FnOnce(&mut DraftRule)) -> bool {
        self.with_state(|state| match &mut state.kind {
            DraftKind::Choice { rules, .. } => rules.last_mut().map(edit),
            _ => None,
        })
        .flatten()
        .is_some()
    }
}

impl<'m, T> Fragment<'m, T, NeedsDefault<Jsonata>> {
    /// Goes there if a JSONata expression yields true. It is written without `{%` and `%}`; its syntax is checked.
    ///
    /// ```
    /// use cyanotype::prelude::*;
    ///
    /// let machine: Machine<Vec<u32>, Vec<u32>> = jsonata_machine(|m| {
    ///     m.choice("Any?").when_expression("$count($states.input) > 0", m.succeed("Yes")).otherwise(m.fail("No"))
    /// });
    /// assert!(machine.diagnostics().is_empty());
    /// ```
    pub fn when_expression<K: Target<'m, T>>(self, expression: &str, to: K) -> Self {
        self.rule(DraftTest::Expression(expression.into()), to)
    }
}
