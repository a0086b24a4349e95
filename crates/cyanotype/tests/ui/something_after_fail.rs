mod shared;
use shared::*;

fn main() {
    let _ = machine(|m| m.task("Hello", &hello()).then(m.fail("Failed").then(m.succeed("Done"))));
}
