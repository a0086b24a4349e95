mod shared;
use shared::*;

fn main() {
    let _: Machine<Request, Vec<Line>> = machine(|m| {
        let mut inside = None;
        let map = m.map("Each", path!(Request => lines), |line| {
            let start = line.pass("Each line").then(line.end());
            inside = Some(start);
            start
        });
        map.then(m.end())
    });
}
