//! Mistakes in definitions.

use super::*;

#[test]
fn free_text_is_not_filled_into_a_definition() {
    let filled = |value: fn(&Stack) -> Value<String>| {
        shop(move |stack| {
            let topic = "arn:aws:sns:eu-west-1:123456789012:news";
            let payload = payload!({ "TopicArn": topic, "Subject": (value(stack)) });
            let definition: Machine<serde_json::Value, serde_json::Value> =
                machine(|m| m.service("Send", "sns:publish", payload).timeout(seconds(5)).then(m.end()));
            StateMachine::new(stack, "Sender", definition, StateMachineProps::default());
        })
    };
    let says =
        |what: &str| format!("`Subject` in the definition is {what}, whose text could break the definition");
    let parameter = filled(|stack| stack.parameter("Stage", Parameter::string()));
    one_error(&parameter, &[&says("the parameter `Shop/Stage`"), "neither quotes nor backslashes"]);
    one_error(&filled(|_| Value::import("topic")), &[&says("an import of another app's export")]);
    let quoted = filled(|_| Value::concat(["a\"b".into(), Value::pseudo(Pseudo::Region)]));
    one_error(&quoted, &[&says("put together with \"a\\\"b\"")]);
    let acknowledged = filled(|stack| {
        stack.parameter("Stage", Parameter::string()).known_at_deploy("our pipeline gives an ARN")
    });
    assert_eq!(acknowledged.synth(&SynthOptions::default()).diagnostics(), []);
    let absent = filled(|stack| {
        let is_live = ConditionExpression::equals(Value::pseudo(Pseudo::Region), "x");
        stack.condition("IsLive", is_live).choose("a", Value::<String>::none())
    });
    one_error(&absent, &["`Subject` in the definition can be `AWS::NoValue`, which is no text"]);
}

#[test]
fn a_state_that_nothing_leads_to() {
    check(
        |stack| {
            let definition: Machine<Json, Json> = machine(|m| {
                let _lost = m.wait::<Json>("Lost", seconds(1)).then(m.end());
                m.pass("Start").then(m.end())
            });
            StateMachine::new(stack, "Greeting", definition, StateMachineProps::default())
        },
        "error: `Shop/Greeting`, state `Lost`: no path leads to this state\n  --> HERE\n  = help: make it the target of \
         an edge, or remove it",
    );
}

#[test]
fn a_state_s_name_of_81_characters() {
    let name = "x".repeat(81);
    let app = shop(|stack| {
        let definition: Machine<Json, Json> = machine(|m| m.pass(&name).then(m.end()));
        StateMachine::new(stack, "Greeting", definition, StateMachineProps::default())
    });
    let errors = errors(&app);
    assert!(errors.iter().any(|e| e.contains("has 1 to 80 characters, and this has 81")), "{errors:#?}");
}
