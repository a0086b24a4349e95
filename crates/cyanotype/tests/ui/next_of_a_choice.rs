mod shared;
use shared::*;

fn main() {
    let _ = machine(|m| {
        let decide = m.choice("Decide").when(root().is(Status::Ready), m.fail("Failed"));
        decide.then(m.end())
    });
}
