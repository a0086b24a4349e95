//! Names.

use cyanotype::prelude::*;

/// Two queues of one name: both places are named.
pub(crate) fn duplicate_id(stack: &Stack) {
    // Synth names the next line.
    stack.resource("Orders", "AWS::SQS::Queue", tree!({}));
    // Synth names the next line.
    stack.resource("Orders", "AWS::SQS::Queue", tree!({ "FifoQueue": true }));
}
