//! `publish` for Lambda: the contract is named here and in the infrastructure.

use cyanotype_contract::Contract;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use rust_handlers_types::{Comment, Publish, Published};

async fn publish(event: LambdaEvent<Comment>) -> Result<Published, Error> {
    Ok(rust_handlers_functions::publish(&event.payload))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(Publish::handler(publish, |event| &event.payload))).await
}
