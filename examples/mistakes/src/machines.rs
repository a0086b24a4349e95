//! State machines.

use cyanotype::prelude::*;

/// A state that was taken out of the path and not out of the program.
pub(crate) fn unreachable_state(stack: &Stack) {
    let definition: Machine<String, String> = machine(|m| {
        // Synth names the next line.
        let _pause = m.wait::<String>("Pause", seconds(1)).then(m.end());
        m.pass("Start").then(m.end())
    });
    StateMachine::new(stack, "Greeting", definition, StateMachineProps::default());
}

/// A sentence for a name.
pub(crate) fn long_state_name(stack: &Stack) {
    let name = "Ask whether the order is paid for, and if so, whether all of it is in the store..";
    let definition: Machine<String, String> = machine(|m| {
        // Synth names the next line.
        m.pass(name).then(m.end())
    });
    StateMachine::new(stack, "Greeting", definition, StateMachineProps::default());
}
