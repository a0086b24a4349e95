mod shared;
use shared::*;

fn main() {
    let _: Machine<Request, Vec<u32>> = machine(|m| {
        let failed = m.fail("Failed");
        m.map("Each", path!(Request => lines), |line| {
            line.task("Price", &price()).catch(["States.ALL"], failed).then(line.end())
        })
        .then(m.end())
    });
}

fn price() -> Version<Line, u32> {
    Version::import("arn:aws:lambda:eu-west-1:123456789012:function:price:7").unwrap()
}
