// The contract gives another type since today: a Choice that asks for the old one does not compile.
mod shared;
use shared::*;

cyanotype_contract::contract! {
    pub Review(Request) -> Status;
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
            .when(root().is(Verdict::Approved), m.succeed("Success"))
            .otherwise(m.fail("Failed"));
        m.task("Review", &review).then(decide)
    });
}
