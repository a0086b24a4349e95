//! An order, from its lines to the parcel.
//!
//! `fulfilment` prices the lines, asks a person where that is wise, charges and reserves at once, undoes both when
//! something fails, and has `shipping`, a machine of its own, send the parcel.

mod calls;
mod fulfilment;
mod shipping;

use cyanotype::prelude::*;
use order_fulfilment_types::{Parcel, Shipment};

use crate::calls::Calls;

/// The app.
pub fn app(_: &mut Context) -> anyhow::Result<App> {
    let app = App::new();
    let stack = app.stack("OrderFulfilment").description("From an order to a parcel");
    let calls = Calls::new(&stack);
    let customers = stack.resource("Customers", "AWS::SNS::Topic", tree!({}));

    let pack: Activity<Shipment, Parcel> = Activity::new(&stack, "Pack");
    let shipping =
        StateMachine::new(&stack, "Shipping", shipping::define(&pack), StateMachineProps::default());

    let fulfilment = StateMachine::new(
        &stack,
        "Fulfilment",
        fulfilment::define(&calls, &shipping.publish(), &customers),
        StateMachineProps::default(),
    );

    stack.output("FulfilmentArn", Output::of(fulfilment.arn()).description("Start executions of this"));
    stack.output("PackArn", Output::of(pack.arn()).description("Who packs asks for work here"));
    Ok(app)
}
