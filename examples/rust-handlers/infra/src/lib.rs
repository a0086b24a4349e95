//! Comments, from whoever writes one to everybody: three Rust handlers of the same workspace, and a machine.
//!
//! The functions are named by their contracts, of which the handlers' binaries name the same. Nothing here depends on
//! the handlers: `synth` has cargo build them.

use cyanotype::prelude::*;
use rust_handlers_types::{Comment, Mask, Publish, Published, Review, Verdict};

/// The app. `-c architecture=arm64` has the handlers built for that; they are built for x86_64 otherwise, which more
/// machines can link.
pub fn app(cx: &mut Context) -> anyhow::Result<App> {
    let architecture = match cx.get("architecture", "x86_64".to_owned()).as_str() {
        "x86_64" => Architecture::X86_64,
        "arm64" => Architecture::Arm64,
        other => anyhow::bail!("`-c architecture={other}`: Lambda has arm64 and x86_64"),
    };
    let rust = |binary| {
        FunctionProps::builder()
            .runtime(Runtime::PROVIDED_AL2023)
            .handler("bootstrap")
            .architecture(architecture)
            .code(Code::cargo("rust-handlers-functions", binary))
            .build()
    };

    let app = App::new();
    let stack = app.stack("Comments").description("Comments are looked at before they are shown");
    let review = Function::of::<Review>(&stack, "Review", rust("review")).publish();
    let mask = Function::of::<Mask>(&stack, "Mask", rust("mask")).publish();
    let publish = Function::of::<Publish>(&stack, "Publish", rust("publish")).publish();

    let machine = moderation(&review, &mask, &publish);
    let moderation = StateMachine::new(&stack, "Moderation", machine, StateMachineProps::default());
    stack.output("MachineArn", Output::of(moderation.arn()).description("Start executions of this"));
    Ok(app)
}

/// Reviews a comment, and publishes it, perhaps without some of its words.
fn moderation(
    review: &Version<Comment, Verdict>,
    mask: &Version<Comment, Comment>,
    publish: &Version<Comment, Published>,
) -> Machine<Comment, Published> {
    machine(|m| {
        let review = m.task("Review", review).retry(Retry::lambda_transient());
        let mask = m.task("Mask", mask).retry(Retry::lambda_transient());
        let publish = m.task("Publish", publish).retry(Retry::lambda_transient()).then(m.end());
        let spam = m.fail("Spam").error("CommentRefused").cause("it wants to sell something");

        let verdict = || path!(Comment => verdict?);
        let decide = m
            .choice("Decide")
            .when(verdict().is(Verdict::Fine), publish)
            .when(verdict().is(Verdict::Rude), mask.then(publish))
            .when(verdict().is(Verdict::Spam), spam)
            .no_default();
        review.into_field(path!(Comment => verdict)).then(decide)
    })
}
