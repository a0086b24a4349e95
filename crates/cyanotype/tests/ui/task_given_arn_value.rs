mod shared;
use shared::*;

fn main() {
    let arn = function().arn();
    let _ = machine(|m| m.task("Hello", &arn).then(m.end()));
}
