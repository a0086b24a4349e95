mod shared;
use shared::*;

fn main() {
    let _: Machine<Request, Vec<u32>> = machine(|m| {
        m.map("Each", path!(Request => id), |each| each.pass("Each").then(each.end())).then(m.end())
    });
}
