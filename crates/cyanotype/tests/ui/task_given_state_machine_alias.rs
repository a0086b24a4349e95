mod shared;
use shared::*;

fn main() {
    let nap: Machine<Request, Request> = machine(|m| m.wait("Wait", seconds(5)).then(m.end()));
    let nap = StateMachine::new(&App::new().stack("Test"), "Nap", nap, StateMachineProps::default());
    let live = nap.alias("live", &nap.publish());
    let _ = machine(|m| m.task("Nap", &live).then(m.end()));
}
