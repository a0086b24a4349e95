mod shared;
use shared::*;

fn main() {
    let _: Machine<Request, Vec<Verdict>> = machine(|m| {
        m.map("Each", path!(Request => lines), |line| line.task("Hello", &hello()).then(line.end())).then(m.end())
    });
}
