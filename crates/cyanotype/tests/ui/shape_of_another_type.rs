mod shared;
use shared::*;

#[derive(Serialize, Deserialize, JsonSchema)]
struct Letter {
    to: String,
}

fn main() {
    let _: Machine<Request, Letter> = machine(|m| m.shape("Letter", shape!(Request => Letter { to: id })).then(m.end()));
}
