mod shared;
use shared::*;

fn main() {
    let _: Machine<Request, Vec<Line>> = machine(|m| {
        let map = m.map("Each", path!(Request => lines), |line| line.pass("Each line").then(line.end()));
        map.timeout(seconds(60)).then(m.end())
    });
}
