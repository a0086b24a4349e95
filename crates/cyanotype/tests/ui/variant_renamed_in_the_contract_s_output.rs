// `Approved` is called `ThumbsUp` since today: the handler follows, and so must the Choice.
mod shared;
use shared::*;

#[derive(Serialize, Deserialize, JsonSchema)]
pub enum Answer {
    ThumbsUp,
    Rejected,
}

cyanotype_contract::contract! {
    pub Review(Request) -> Answer;
}

fn main() {
    let props = FunctionProps::builder()
        .runtime(Runtime::PROVIDED_AL2023)
        .handler("bootstrap")
        .code(Code::cargo("handlers", "review"))
        .build();
    let review = Function::of::<Review>(&App::new().stack("Test"), "Review", props).publish();
    let _ = machine(|m| {
        let decide = m
            .choice("Decide")
            .when(root().is(Answer::Approved), m.succeed("Success"))
            .otherwise(m.fail("Failed"));
        m.task("Review", &review).then(decide)
    });
}
