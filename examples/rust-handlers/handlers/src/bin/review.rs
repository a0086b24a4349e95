//! `review` for Lambda: the contract is named here and in the infrastructure.

use cyanotype_contract::Contract;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use rust_handlers_types::{Comment, Review, Verdict};

async fn review(event: LambdaEvent<Comment>) -> Result<Verdict, Error> {
    Ok(rust_handlers_functions::review(&event.payload))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(Review::handler(review, |event| &event.payload))).await
}
