//! What the machine calls.

use cyanotype::prelude::*;
use order_fulfilment_types::{Line, Payment, Priced, Question, Quote, Reservation};
use serde_json::Value;

/// Versions, so that what an order started with is what it ends with.
pub(crate) struct Calls {
    pub(crate) price: Version<Line, Priced>,
    pub(crate) ask: Version<Question, Value>,
    pub(crate) charge: Version<Quote, Payment>,
    pub(crate) poll: Version<Payment, Payment>,
    pub(crate) reserve: Version<Quote, Reservation>,
    pub(crate) refund: Version<Quote, Value>,
    pub(crate) release: Version<Quote, Value>,
}

impl Calls {
    pub(crate) fn new(stack: &Stack) -> Self {
        Self {
            price: published(stack, "Price", "price"),
            ask: published(stack, "Ask", "ask"),
            charge: published(stack, "Charge", "charge"),
            poll: published(stack, "Poll", "poll"),
            reserve: published(stack, "Reserve", "reserve"),
            refund: published(stack, "Refund", "refund"),
            release: published(stack, "Release", "release"),
        }
    }
}

/// All functions are one package, each another export of it.
fn published<I, O>(stack: &Stack, id: &str, export: &str) -> Version<I, O> {
    let props = FunctionProps::builder()
        .runtime(Runtime::NODEJS_22)
        .handler(format!("index.{export}"))
        .code(Code::directory(asset!("../handlers/orders")))
        .build();
    Function::new(stack, id, props).publish()
}
