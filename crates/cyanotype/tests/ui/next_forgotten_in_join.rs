mod shared;
use shared::*;

fn main() {
    let _ = machine(|m| m.join(|_out| m.wait::<Request>("Wait", seconds(5))).then(m.end()));
}
