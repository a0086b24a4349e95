//! What names what.

use cyanotype::prelude::*;

use crate::right::function;

/// Three functions in a circle, each of which is told the ARN of the next.
pub(crate) fn cycle(stack: &Stack) {
    // Synth names the next line.
    let take = function(stack, "Take");
    let make = function(stack, "Make");
    let ship = function(stack, "Ship");
    take.environment("NEXT", make.arn());
    make.environment("NEXT", ship.arn());
    ship.environment("NEXT", take.arn());
}

/// A topic of one app that is handed to a function of another.
pub(crate) fn another_app(stack: &Stack) {
    let news = App::new().stack("News").resource("Topic", "AWS::SNS::Topic", tree!({}));
    // Synth names the next line.
    let hello = function(stack, "Hello");
    hello.environment("TOPIC", news.reference());
}
