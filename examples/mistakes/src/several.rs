//! More than one mistake.

use cyanotype::prelude::*;

use crate::{limits, machines, names, references};

/// Some mistakes in one stack, not in the order of their lines.
pub(crate) fn several(stack: &Stack) {
    references::cycle(stack);
    names::duplicate_id(stack);
    machines::unreachable_state(stack);
    limits::long_description(stack);
    // Synth names the next line.
    stack.resource("Topic", "AWS::SNS::Topic", "News");
}
