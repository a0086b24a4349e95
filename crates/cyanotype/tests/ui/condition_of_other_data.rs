mod shared;
use shared::*;

fn main() {
    let _ = machine(|m| {
        let big = path!(Line => price).more_than(5);
        let ready = path!(Request => status).is(Status::Ready);
        m.choice("Big?").when(ready, m.end()).when(big, m.end()).otherwise(m.fail("Failed"))
    });
}
