mod shared;
use shared::*;

fn main() {
    let _ = machine(|m| {
        let failed = m.fail("Failed");
        m.task("Hello", &hello()).then(m.pass("Pass")).catch(["States.ALL"], failed).then(m.end())
    });
}
