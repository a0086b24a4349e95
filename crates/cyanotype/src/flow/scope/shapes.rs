//! Passes: states that make data of data.

use std::panic::Location;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{
    diagnostic::Source,
    flow::{
        Expression, Gives, Jsonata, Language, Open, Path, Payload, Scope, Shape, Var,
        body::{DraftKind, DraftPass, DraftVariable},
        data::Data,
    },
};

impl<'m, R, L: Language> Scope<'m, R, L> {
    /// A Pass: does nothing; the data stays. A place to come together, and a name in the picture.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html>
    #[track_caller]
    pub fn pass<T>(self, name: &str) -> Open<'m, T, T> {
        self.make(name, Location::caller(), DraftKind::Pass(DraftPass::Nothing))
    }

    /// A Pass with a literal result, which takes the place of the data.
    ///
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html>
    #[track_caller]
    pub fn pass_result<In, O: Serialize>(self, name: &str, value: O) -> Open<'m, In, O> {
        let result = serde_json::to_value(value).map_err(|error| error.to_string());
        self.make(name, Location::caller(), DraftKind::Pass(DraftPass::Result(result)))
    }

    /// A Pass that makes other data of the data, by a [`shape!`](crate::shape).
    #[track_caller]
    pub fn shape<In, O: JsonSchema>(self, name: &str, shape: Shape<In, O, L>) -> Open<'m, In, O> {
        self.make(name, Location::caller(), DraftKind::Pass(DraftPass::Shape(shape.part())))
    }

    /// A Pass that makes other data of the data, by a [`payload!`](crate::payload). What it yields is open:
    /// [`assume`](crate::flow::Fragment::assume) says its type.
    #[track_caller]
    pub fn template<In>(self, name: &str, payload: Payload<In, L>) -> Open<'m, In, Value> {
        self.make(name, Location::caller(), DraftKind::Pass(DraftPass::Shape(payload.part())))
    }

    /// A Pass that goes on with a part of the data.
    #[track_caller]
    pub fn select<In, F>(self, name: &str, part: Path<In, F>) -> Open<'m, In, F> {
        self.make(name, Location::caller(), DraftKind::Pass(DraftPass::Select(part.to)))
    }

    /// A Pass that sets a variable; the data stays.
    #[track_caller]
    pub fn assign<In, F>(
        self,
        name: &str,
        variable: Var<F>,
        value: impl Gives<In, F, L>,
    ) -> Open<'m, In, In> {
        let at = Location::caller();
        self.pass_assigning(name, at, DraftVariable::new(variable.name, value.part(), at))
    }

    /// A Pass that goes on with a variable instead of the data.
    #[track_caller]
    pub fn recall<In, F>(self, name: &str, variable: Var<F>) -> Open<'m, In, F> {
        let part = <Var<F> as Data<In, L>>::part(variable);
        self.make(name, Location::caller(), DraftKind::Pass(DraftPass::Shape(part)))
    }

    fn pass_assigning<In>(self, name: &str, at: Source, variable: DraftVariable) -> Open<'m, In, In> {
        let path: Open<'m, In, In> = self.make(name, at, DraftKind::Pass(DraftPass::Nothing));
        path.edit(|state| state.assign.push(variable))
    }
}

impl<'m, R> Scope<'m, R, Jsonata> {
    /// A Pass that yields what a JSONata expression over `$states.input` does.
    #[track_caller]
    pub fn evaluate<In, F>(self, name: &str, expression: Expression<F>) -> Open<'m, In, F> {
        let part = <Expression<F> as Data<In, Jsonata>>::part(expression);
        self.make(name, Location::caller(), DraftKind::Pass(DraftPass::Shape(part)))
    }
}
