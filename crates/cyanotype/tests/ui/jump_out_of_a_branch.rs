mod shared;
use shared::*;

fn main() {
    let _: Machine<Request, (Verdict,)> = machine(|m| {
        let outside: At<'_, Verdict> = m.pass("Outside").then(m.fail("Failed"));
        let branch = branch(|b: Scope<'_, Verdict>| b.task("Hello", &hello()).then(outside));
        m.parallel("Both", (branch,)).then(m.end())
    });
}
