mod shared;
use shared::*;

fn main() {
    let _: Machine<Request, (Verdict,)> =
        machine(|m| m.parallel("Both", (branch(|b| b.task("Hello", &hello())),)).then(m.end()));
}
