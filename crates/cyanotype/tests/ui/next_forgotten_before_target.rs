mod shared;
use shared::*;

fn main() {
    let _ = machine(|m| {
        m.choice("Decide")
            .when(root().is(Status::Ready), m.wait("Pause", seconds(5)))
            .otherwise(m.fail("Failed"))
    });
}
