mod shared;
use shared::*;

fn main() {
    let _ = machine::<Request, Request, _>(|m| m.wait("Wait", seconds(5)).then(m.fail("Failed").retry(Retry::all())));
}
