//! Whatever is called in whatever order, with whatever text: synth ends in an assembly or in diagnostics.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod call;
mod made;
mod rights;
mod traffic;

use std::sync::atomic::{AtomicUsize, Ordering};

use call::Call;
use camino::Utf8Path;
use cyanotype::{cfn::Assembly, prelude::*};
use made::Made;
use proptest::prelude::*;
use rights::RightsCall;
use serde_json::Value as Json;
use traffic::TrafficCall;

/// Any call, of one of the three kinds.
#[derive(Debug, Clone)]
enum Any {
    Made(Call),
    Rights(RightsCall),
    Traffic(TrafficCall),
}

/// Whether arguments are also what nobody should give, and calls. Many an app begins with one of each kind, so that
/// later calls find what they are about.
fn calls() -> impl Strategy<Value = (bool, Vec<Any>)> {
    any::<(bool, bool)>().prop_flat_map(|(wild, begun)| {
        let call = prop_oneof![
            4 => call::call(wild).prop_map(Any::Made),
            2 => rights::call(wild).prop_map(Any::Rights),
            2 => traffic::call(wild).prop_map(Any::Traffic),
        ];
        let calls = proptest::collection::vec(call, 0..50);
        (Just(wild), calls).prop_map(move |(wild, calls)| {
            let before = if begun { beginning() } else { vec![] };
            (wild, before.into_iter().chain(calls).collect())
        })
    })
}

/// One of each kind, in the second stack of two.
fn beginning() -> Vec<Any> {
    let made = [
        Call::Stack("Bank".into()),
        Call::Function(1, "Pay".into(), "exports.handler = async () => 1".into(), 1),
        Call::Publish(0),
        Call::Alias(0, 0, "live".into()),
        Call::Machine(1, "Payment".into(), vec![1], 1),
        Call::PublishMachine(0),
    ];
    let things =
        (0..rights::TYPES.len() as u8).map(|kind| RightsCall::Thing(1, format!("Thing{kind}"), kind, 1));
    let alias = TrafficCall::MachineAlias(0, 0, "live".into(), 1);
    made.into_iter().map(Any::Made).chain(things.map(Any::Rights)).chain([Any::Traffic(alias)]).collect()
}

impl Made {
    fn any(&mut self, app: &App, call: Any) {
        let _ = match call {
            Any::Made(call) => self.call(app, call),
            Any::Rights(call) => self.rights(call),
            Any::Traffic(call) => self.traffic(call),
        };
    }
}

/// How many assemblies a checker is given.
const SAMPLES: usize = 100;

/// Writes an assembly to where a checker finds it, if one asked for samples by naming a directory.
fn sample(assembly: &Assembly) {
    static TAKEN: AtomicUsize = AtomicUsize::new(0);
    let Ok(directory) = std::env::var("CYANOTYPE_SAMPLES") else { return };
    let number = TAKEN.fetch_add(1, Ordering::Relaxed);
    if number < SAMPLES {
        assembly.write(&Utf8Path::new(&directory).join(number.to_string()), &mut |_| ()).unwrap();
    }
}

proptest! {
    // The same cases on every run: what a change breaks is then seen with that change.
    #![proptest_config(ProptestConfig {
        cases: 1_000,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_calls_in_any_order_end_in_an_assembly_or_in_diagnostics(
        (wild, calls) in calls()
    ) {
        let app = App::new();
        let mut made = Made { wild, ..Made::default() };
        made.call(&app, Call::Stack("Shop".into()));
        // A raw property is the user's word for one that nobody knows.
        let has_raw = calls.iter().any(|call| matches!(call, Any::Made(Call::Raw(..))));
        for call in calls {
            made.any(&app, call);
        }
        let synthesis = app.synth(&SynthOptions::default());
        // A warning is often of what a checker would not have either.
        let is_clean = synthesis.diagnostics().is_empty() || !wild;
        if let (Some(assembly), true, false) = (synthesis.assembly(), is_clean, has_raw) {
            sample(assembly);
        }
        let has_error = synthesis.diagnostics().iter().any(|d| d.severity() == Severity::Error);
        prop_assert_eq!(synthesis.assembly().is_none(), has_error);
        // What is said can be said, in both forms, and is the same when it is said again.
        let said = serde_json::to_string(synthesis.diagnostics()).unwrap();
        let again = app.synth(&SynthOptions::default());
        prop_assert_eq!(said, serde_json::to_string(again.diagnostics()).unwrap());
        if let Some(assembly) = synthesis.assembly() {
            for file in assembly.file_names().filter(|name| name.ends_with(".json")) {
                let json: Result<Json, _> = serde_json::from_str(assembly.text(file).unwrap());
                prop_assert!(json.is_ok(), "{} is no JSON", file);
            }
        }
    }
}
