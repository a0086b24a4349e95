mod shared;
use shared::*;

fn main() {
    let _: Machine<Request, (Verdict, u32)> = machine(|m| {
        let both = (
            branch(|b| b.task("Hello", &hello()).then(b.end())),
            branch(|b| b.task("Price", &price()).then(b.end())),
        );
        m.parallel("Both", both).then(m.end())
    });
}

fn price() -> Version<Line, u32> {
    Version::import("arn:aws:lambda:eu-west-1:123456789012:function:price:7").unwrap()
}
