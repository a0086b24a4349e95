mod shared;
use shared::*;

fn main() {
    let _ = machine(|m| m.task("Hello", &hello()).then(m.pass("Pass")).timeout(seconds(5)).then(m.end()));
}
