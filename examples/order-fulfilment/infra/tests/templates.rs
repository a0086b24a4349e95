//! What the example becomes, whole.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use cyanotype::{Context, prelude::SynthOptions};

#[test]
fn the_template_and_its_definitions() {
    let app = order_fulfilment_infra::app(&mut Context::default()).unwrap();
    let synthesis = app.synth(&SynthOptions::default());
    assert_eq!(synthesis.diagnostics(), []);
    let assembly = synthesis.assembly().unwrap();
    for file in ["template.json", "Fulfilment.asl.json", "Shipping.asl.json"] {
        insta::assert_snapshot!(file, assembly.text(&format!("OrderFulfilment.{file}")).unwrap());
    }
}
