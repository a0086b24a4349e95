//! `mask` for Lambda: the contract is named here and in the infrastructure.

use cyanotype_contract::Contract;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use rust_handlers_types::{Comment, Mask};

async fn mask(event: LambdaEvent<Comment>) -> Result<Comment, Error> {
    Ok(rust_handlers_functions::mask(event.payload))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(Mask::handler(mask, |event| &event.payload))).await
}
