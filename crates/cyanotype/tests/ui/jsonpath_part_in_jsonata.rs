mod shared;
use shared::*;

/// A part of a JSONPath machine.
fn part<'m, R>(m: Scope<'m, R>) -> Open<'m, Request, Verdict> {
    m.task("Hello", &hello()).then(m.pass("Done"))
}

fn main() {
    let _: Machine<Request, Verdict> = jsonata_machine(|m| part(m).then(m.end()));
}
