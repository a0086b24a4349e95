//! Machines at random: whatever compiles, AWS takes.

use std::cell::Cell;

use cyanotype_asl::{Definition, Kind as MachineKind, Severity as Level};
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{diagnostic::Severity, path, payload};

/// A state and what is within it; what follows it is the next of its list.
#[derive(Debug, Clone)]
enum Step {
    Wait(u32),
    Pass,
    Result,
    Task(Task),
    Map(Vec<Step>, bool),
    Parallel(Vec<Vec<Step>>),
    Choice(Vec<Step>),
    Join(Vec<Step>),
    Cycle(Vec<Step>),
    Assign,
    Recall,
    Template,
    Service,
    Callback,
    Nested,
    Fail,
}

#[derive(Debug, Clone)]
struct Task {
    retry: bool,
    catch: bool,
    catch_into: bool,
    input: bool,
    into: bool,
    select: bool,
}

fn task() -> impl Strategy<Value = Task> {
    let any = any::<bool>;
    (any(), any(), any(), any(), any(), any()).prop_map(|(retry, catch, catch_into, input, into, select)| {
        Task { retry, catch, catch_into, input, into, select }
    })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let leaf = prop_oneof![
        (0_u32..100).prop_map(Step::Wait),
        Just(Step::Pass),
        Just(Step::Result),
        task().prop_map(Step::Task),
        Just(Step::Assign),
        Just(Step::Recall),
        Just(Step::Template),
        Just(Step::Service),
        Just(Step::Callback),
        Just(Step::Nested),
        Just(Step::Fail),
    ];
    let step = leaf.prop_recursive(4, 40, 5, |inner| {
        let steps = || proptest::collection::vec(inner.clone(), 0..5);
        prop_oneof![
            (steps(), any::<bool>()).prop_map(|(steps, distributed)| Step::Map(steps, distributed)),
            proptest::collection::vec(steps(), 1..3).prop_map(Step::Parallel),
            steps().prop_map(Step::Choice),
            steps().prop_map(Step::Join),
            steps().prop_map(Step::Cycle),
        ]
    });
    proptest::collection::vec(step, 0..6)
}

/// Counts states, so that each has a name of its own.
struct Names(Cell<usize>);

impl Names {
    fn next(&self) -> String {
        self.0.set(self.0.get() + 1);
        format!("State {}", self.0.get())
    }
}

fn field(name: &'static str) -> Path<Value, Value> {
    root::<Value>().get(name)
}

/// Makes the states of a list, and an end of the scope after them.
fn build<'m, L: Language>(m: Scope<'m, Value, L>, names: &Names, steps: &[Step]) -> At<'m, Value> {
    let Some((step, rest)) = steps.split_first() else { return m.pass(&names.next()).then(m.end()) };
    let rest = || build(m, names, rest);
    let name = names.next();
    let hello: Fake<Value, Value> = version("Hello", "hello");
    match step {
        Step::Wait(time) => m.wait(&name, seconds(*time)).then(rest()),
        Step::Pass => m.pass(&name).comment("x").then(rest()),
        Step::Result => m.pass_result(&name, json!({ "a": ["{% 1 %}", "$.x"] })).then(rest()),
        Step::Task(task) => {
            let mut work = m.task(&name, &hello).timeout(seconds(60));
            if task.input {
                work = work.input(field("in"));
            }
            if task.into {
                let work = work.into_field(field("out"));
                return errors(m, names, task, work).then(rest());
            }
            let work = errors(m, names, task, work);
            if task.select { work.select(field("part")).then(rest()) } else { work.then(rest()) }
        }
        Step::Map(within, distributed) => {
            let list = items(field("items")).max_concurrency(3);
            let map = if *distributed {
                let all = list.distributed(ExecutionType::Standard).tolerated_failures(1);
                m.map(&name, all, |item: Scope<'_, Value, L>| build(item, names, within))
            } else {
                m.map(&name, list, |item: Scope<'_, Value, L>| build(item, names, within))
            };
            map.assume::<Value>().then(rest())
        }
        Step::Parallel(branches) => {
            let branches: Vec<_> = branches.iter().map(|steps| branch(|b| build(b, names, steps))).collect();
            m.parallel(&name, branches).assume::<Value>().then(rest())
        }
        Step::Choice(within) => {
            let condition = field("a").is_present().and(field("a").is(1).or(!field("a").more_than(3)));
            m.choice(&name).when(condition, build(m, names, within)).otherwise(rest())
        }
        Step::Join(within) => {
            let join = m.join(|out| {
                let steps = build_to(m, names, within, out);
                m.choice(&name)
                    .when(field("b").is_null(), out)
                    .when(field("c").is("x"), m.end())
                    .otherwise(steps)
            });
            join.then(rest())
        }
        Step::Cycle(within) => m.cycle(|again| {
            let round = build_to(m, names, within, again);
            m.choice(&name).when(field("d").is_present(), round).otherwise(rest())
        }),
        Step::Assign => m.assign(&name, variable::<Value>("kept"), field("a")).then(rest()),
        Step::Recall => {
            let kept = variable::<Value>("kept");
            m.assign(&name, kept, root::<Value>()).then(m.recall(&names.next(), kept)).then(rest())
        }
        Step::Template => {
            let text = format("{} of {}").with(field("a")).with("b");
            let payload = payload!({ "a": (text), "b": { "c": (context::execution_id()), "d": [1, null] } });
            m.template(&name, payload).then(rest())
        }
        Step::Service => {
            let message = payload!({ "TopicArn": (Cfn::pseudo(Pseudo::StackName)), "Message": (field("a")) });
            m.service(&name, "sns:publish", message).timeout(seconds(5)).discard_result().then(rest())
        }
        Step::Callback => {
            let question = m.template(&names.next(), payload!({ "a": (context::execution_id()) }));
            let token = payload!({ "token": (context::task_token()) });
            question.then(m.callback(&name, &hello).input(token).timeout(seconds(60))).then(rest())
        }
        Step::Nested => {
            let Fake { call, .. } = version::<(), ()>("Child", "child");
            let call = Call { kind: CallKind::Machine, ..call };
            let child: Fake<Value, Execution<Value>> = Fake { call, types: PhantomData };
            let task = m.task(&name, &child).timeout(seconds(60));
            task.select(path!(Execution<Value> => output)).then(rest())
        }
        Step::Fail => m.pass::<Value>(&name).then(m.fail(&names.next()).error("E").cause("c")),
    }
}

/// The same, with what comes after in place of an end.
fn build_to<'m, L: Language>(
    m: Scope<'m, Value, L>,
    names: &Names,
    steps: &[Step],
    to: At<'m, Value>,
) -> At<'m, Value> {
    steps.iter().rev().fold(m.pass(&names.next()).then(to), |to, step| match step {
        Step::Wait(time) => m.wait(&names.next(), seconds(*time)).then(to),
        Step::Parallel(branches) => {
            let branches: Vec<_> = branches.iter().map(|steps| branch(|b| build(b, names, steps))).collect();
            m.parallel(&names.next(), branches).assume::<Value>().then(to)
        }
        _ => m.pass(&names.next()).then(to),
    })
}

fn errors<'m, L: Language, W: UnderConstruction>(
    m: Scope<'m, Value, L>,
    names: &Names,
    task: &Task,
    mut work: Fragment<'m, Value, Working<Value, W>>,
) -> Fragment<'m, Value, Working<Value, W>> {
    if task.retry {
        work = work.retry(Retry::lambda_transient()).retry(Retry::on(["A"]).backoff(1.5).jitter());
    }
    if task.catch_into {
        work = work.catch_into(["B"], field("error"), m.pass(&names.next()).then(m.end()));
    }
    if task.catch {
        work = work.catch(["States.ALL"], m.fail(&names.next()));
    }
    work
}

#[track_caller]
fn check(machine: &Machine<Value, Value>) {
    let errors: Vec<_> = machine.diagnostics().iter().filter(|d| d.severity() == Severity::Error).collect();
    let definition = machine.definition();
    assert!(errors.is_empty(), "{errors:?}\n{}", definition.to_json().to_pretty());
    let findings = definition.validate(MachineKind::Standard);
    assert!(findings.iter().all(|finding| finding.severity == Level::Warning), "{findings:?}");
    assert_eq!(Definition::from_json(&definition.to_json()).as_ref(), Ok(definition));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_compiles_is_taken(steps in steps()) {
        check(&machine(|m| build(m, &Names(Cell::new(0)), &steps)));
        check(&jsonata_machine(|m| build(m, &Names(Cell::new(0)), &steps)));
    }
}
