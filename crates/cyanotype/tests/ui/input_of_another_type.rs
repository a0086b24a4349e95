mod shared;
use shared::*;

fn main() {
    let _: Machine<Line, Verdict> = machine(|m| m.task("Hello", &hello()).input(path!(Line => price)).then(m.end()));
}
