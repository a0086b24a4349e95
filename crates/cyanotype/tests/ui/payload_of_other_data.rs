mod shared;
use shared::*;

fn main() {
    let _: Machine<Request, serde_json::Value> = machine(|m| {
        m.service("Send", "sqs:sendMessage", payload!({ "MessageBody": (path!(Line => price)) })).then(m.end())
    });
}
