mod shared;
use shared::*;

fn main() {
    let _ = machine(|m| m.wait::<Request>("Wait", seconds(5)).retry(Retry::all()).then(m.end()));
}
