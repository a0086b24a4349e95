//! Invariant 7 by property: days in any order, with anything added, removed or changed between them, leave everything
//! that an execution of an earlier day can name or need, with at least its rights.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should say where"
)]

mod cloudformation;
mod days;
mod executions;
mod template;

use std::collections::BTreeMap;

use cloudformation::{Refused, World};
use days::Day;
use executions::Execution;
use proptest::prelude::*;
use serde_json::Value;

/// Deploys a day as the CDK CLI would: each stack; stacks that the app no longer has are deleted.
fn deploy(world: &mut World, day: &Day) -> Result<(), Refused> {
    let templates: BTreeMap<String, Value> = day.synth();
    // By name, which is the order in which they need each other.
    for (stack, template) in &templates {
        world.deploy(stack, template)?;
    }
    for stack in world.stack_names().iter().filter(|stack| !templates.contains_key(*stack)) {
        world.delete_stack(stack);
    }
    Ok(())
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
    fn an_execution_keeps_all_that_it_can_name_or_needs(a in days::day(), b in days::day(), returns in any::<bool>()) {
        let mut world = World::default();
        if deploy(&mut world, &a).is_err() {
            return Ok(());
        }
        let executions = Execution::start_all(&world);
        let days = if returns { vec![&b, &a, &b] } else { vec![&b] };
        for (n, day) in days.into_iter().enumerate() {
            let deployed = deploy(&mut world, day);
            let is_half = deployed.is_err() && day.stacks() > 1;
            match deployed {
                // A refused update is rolled back: nothing that was there has changed.
                Ok(()) | Err(Refused::NameTaken(_) | Refused::ExportInUse(_)) => {}
                // What was published, then not published, and then published again as it was is nothing new to Lambda:
                // the salt is the way out. On the first day after another it must not happen.
                Err(Refused::NothingToPublish(_)) if n > 0 => {}
                Err(Refused::NothingToPublish(version)) => prop_assert!(false, "{version} exists"),
                Err(Refused::NothingHandedOver(what)) => prop_assert!(false, "nobody hands over {what}"),
            }
            for execution in &executions {
                if let Some(lost) = execution.lost(&world) {
                    prop_assert!(false, "deploy {n}: {lost}");
                }
            }
            // One stack is of this day now, and the other one of the day before. What left the one and returns is
            // another resource, which the other one then has under the same ID: it is nobody's to hold.
            if is_half {
                break;
            }
        }
    }
}

/// The property can fail: a stack that retains nothing loses what an execution needs.
#[test]
fn an_ephemeral_stack_loses_what_an_execution_needs() {
    let mut world = World::default();
    deploy(&mut world, &Day::article(true)).unwrap();
    let executions = Execution::start_all(&world);
    assert_eq!(executions.len(), 1);
    deploy(&mut world, &Day::empty()).unwrap();
    assert!(executions[0].lost(&world).is_some());
}

#[test]
fn the_same_stack_with_retention_loses_nothing() {
    let mut world = World::default();
    deploy(&mut world, &Day::article(false)).unwrap();
    let executions = Execution::start_all(&world);
    deploy(&mut world, &Day::empty()).unwrap();
    assert_eq!(executions[0].lost(&world), None);
}

/// A running execution starts the version that its definition names, after the nested machine has changed.
#[test]
fn a_nested_machine_that_changes_keeps_what_a_running_execution_starts() {
    for ephemeral in [true, false] {
        let mut world = World::default();
        deploy(&mut world, &Day::nested(ephemeral, true)).unwrap();
        let executions = Execution::start_all(&world);
        deploy(&mut world, &Day::nested(ephemeral, false)).unwrap();
        let lost: Vec<_> = executions.iter().filter_map(|execution| execution.lost(&world)).collect();
        assert_eq!(lost.is_empty(), !ephemeral, "{lost:?}");
    }
}
