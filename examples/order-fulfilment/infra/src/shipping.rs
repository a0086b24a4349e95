//! The machine that ships.

use cyanotype::prelude::*;
use order_fulfilment_types::{Parcel, Shipment};

/// Whoever packs takes the work from an activity, and says once an hour that they are still at it.
pub(crate) fn define(pack: &Activity<Shipment, Parcel>) -> Machine<Shipment, Parcel> {
    machine(|m| {
        let lost = m.fail("Lost").error("ParcelLost").cause("nobody packed it");
        m.activity("Pack", pack)
            .timeout(seconds(2 * 24 * 3_600))
            .heartbeat(seconds(3_600))
            .catch(["States.Timeout", "States.HeartbeatTimeout"], lost)
            .then(m.end())
    })
}
