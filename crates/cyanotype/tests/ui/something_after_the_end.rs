mod shared;
use shared::*;

fn main() {
    let _ = machine(|m| m.succeed("Done").then(m.fail("Failed")));
}
