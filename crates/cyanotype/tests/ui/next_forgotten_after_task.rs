mod shared;
use shared::*;

fn main() {
    let _ = machine(|m| m.wait("Wait", seconds(5)).then(m.task("Hello", &hello())));
}
