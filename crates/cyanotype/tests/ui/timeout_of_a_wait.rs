mod shared;
use shared::*;

fn main() {
    let _ = machine(|m| m.wait::<Request>("Wait", seconds(5)).timeout(seconds(9)).then(m.end()));
}
