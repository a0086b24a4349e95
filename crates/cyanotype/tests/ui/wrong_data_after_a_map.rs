mod shared;
use shared::*;

fn main() {
    let _: Machine<Request, Verdict> = machine(|m| {
        let map = m.map("Each", path!(Request => lines), |line| line.task("Price", &price()).then(line.end()));
        map.then(m.task("Hello", &hello())).then(m.end())
    });
}

fn price() -> Version<Line, u32> {
    Version::import("arn:aws:lambda:eu-west-1:123456789012:function:price:7").unwrap()
}
