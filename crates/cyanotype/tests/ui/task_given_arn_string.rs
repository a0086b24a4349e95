mod shared;
use shared::*;

fn main() {
    let arn = "arn:aws:lambda:eu-west-1:123456789012:function:hello";
    let _ = machine(|m| m.task("Hello", arn).then(m.end()));
}
