//! What all tests of flow share.

mod asl;
mod calls;
mod conditions;
mod data;
mod diagnostics;
mod errors;
mod jsonata;
mod operators;
mod presence;
mod random;
mod scopes;
mod states;

use std::marker::PhantomData;

use cyanotype_cfn::{Pseudo, Value as Cfn};
use serde_json::Value;

use super::*;

/// Stands for a published version.
struct Fake<I, O> {
    call: Call,
    types: PhantomData<fn(I) -> O>,
}

impl<I, O> Pinned for Fake<I, O> {
    type In = I;
    type Out = O;
}

impl<I, O> sealed::Sealed for Fake<I, O> {
    fn call(&self) -> Call {
        self.call.clone()
    }
}

/// A version whose ARN only the deployment knows; `unique` tells it from others of its name.
fn version<I, O>(name: &str, unique: &str) -> Fake<I, O> {
    let target = Cfn::concat([Cfn::pseudo(Pseudo::Partition), unique.into()]);
    Fake { call: Call { kind: CallKind::Function, placeholder: name.into(), target }, types: PhantomData }
}

/// A version whose ARN is written down.
fn imported<I, O>(arn: &str) -> Fake<I, O> {
    Fake {
        call: Call { kind: CallKind::Function, placeholder: "Imported".into(), target: arn.into() },
        types: PhantomData,
    }
}

/// The messages, each with its state.
fn messages<I, O>(machine: &Machine<I, O>) -> Vec<String> {
    let text = |d: &crate::diagnostic::Diagnostic| match d.state_name() {
        Some(state) => format!("{state}: {}", d.message()),
        None => d.message().to_owned(),
    };
    machine.diagnostics().iter().map(text).collect()
}

/// The states in JSON, if nothing is wrong.
#[track_caller]
fn states<I, O>(machine: &Machine<I, O>) -> Value {
    assert_eq!(messages(machine), Vec::<String>::new());
    let text = machine.definition().to_json().to_compact();
    let json: Value = serde_json::from_str(&text).expect("JSON");
    json["States"].clone()
}
