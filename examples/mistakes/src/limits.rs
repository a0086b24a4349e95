//! What CloudFormation and Lambda take at most.

use cyanotype::prelude::*;

use crate::right::function;

/// A dashboard as large as a template may be.
pub(crate) fn large_template(stack: &Stack) {
    let body = tree!({ "DashboardBody": "x".repeat(1_048_576) });
    stack.resource("Dashboard", "AWS::CloudWatch::Dashboard", body);
}

/// A queue for each of 501 customers.
pub(crate) fn many_resources(stack: &Stack) {
    for customer in 0..501 {
        stack.resource(format!("Orders{customer}"), "AWS::SQS::Queue", tree!({}));
    }
}

/// A certificate in a variable, and a variable of Lambda's own.
pub(crate) fn large_environment(stack: &Stack) {
    // Synth names the next line.
    let hello: Function<String, String> = function(stack, "Hello");
    hello.environment("CERTIFICATE", "MIIF".repeat(1_024));
    hello.environment("AWS_REGION", "eu-west-1");
}

/// A bundle that was pasted into the template.
pub(crate) fn large_inline_code(stack: &Stack) {
    // Synth names the next line.
    let _: Function<String, String> = Function::new(
        stack,
        "Hello",
        FunctionProps::builder()
            .runtime(Runtime::NODEJS_22)
            .handler("index.handler")
            .code(Code::inline("/".repeat((4 << 20) + 1)))
            .build(),
    );
}

/// A description that Lambda takes, but not with the stamp that a published function's ends with.
pub(crate) fn long_description(stack: &Stack) {
    // Synth names the next line.
    let hello: Function<String, String> = Function::new(
        stack,
        "Hello",
        FunctionProps::builder()
            .runtime(Runtime::NODEJS_22)
            .handler("index.handler")
            .code(Code::inline("exports.handler = async () => 'Hello'"))
            .description("Says hello. ".repeat(21))
            .build(),
    );
    hello.publish();
    function(stack, "Other").publish();
}
