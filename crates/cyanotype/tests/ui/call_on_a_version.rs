mod shared;
use shared::*;

fn main() {
    let hello = function().publish();
    let _: Machine<Request, serde_json::Value> =
        machine(|m| m.service("Save", "dynamodb:putItem", payload!({})).on(&hello).then(m.end()));
}
