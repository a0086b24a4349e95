mod shared;
use shared::*;

fn main() {
    let stack = App::new().stack("Shop");
    let nap: Machine<String, String> = machine(|m| m.wait("Wait", seconds(5)).then(m.end()));
    let nap = StateMachine::new(&stack, "Nap", nap, StateMachineProps::default());
    let live = nap.alias("live", &nap.publish());
    live.started_by(&stack, "Again", &nap);
}
