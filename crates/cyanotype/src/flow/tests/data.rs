//! Shapes, payloads, variables, the context object.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::*;
use crate::{path, payload, shape};

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Order {
    order_id: String,
    customer: Customer,
    note: Option<String>,
    delay: u32,
    due: Timestamp,
}
#[derive(Serialize, Deserialize, JsonSchema)]
struct Customer {
    email: String,
}
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
struct Letter {
    to: String,
    subject: String,
    body: Option<String>,
    copy: Option<String>,
    sender: Sender,
    run: String,
}
#[derive(Serialize, Deserialize, JsonSchema)]
struct Sender {
    name: String,
}

/// The state `A` of a machine in which nothing is wrong.
#[track_caller]
fn check<I, O>(machine: &Machine<I, O>, expected: Value) {
    assert_eq!(states(machine)["A"], expected);
}

fn letter<L: Language>() -> Shape<Order, Letter, L> {
    shape!(Order => Letter {
        to: customer.email,
        subject: (format("Order {}: {}").with(path!(Order => order_id)).with("it's on its way")),
        body: (path!(Order => note?)),
        copy: (absent()),
        sender: (shape!(Order => Sender { name: (literal("The shop")) })),
        run: (context::execution_name()),
    })
}

/// Goes on where there is a note.
fn noted<'m, R, L: Language>(m: Scope<'m, R, L>, then: At<'m, Order>) -> At<'m, Order> {
    m.choice("Noted?").when(path!(Order => note?).is_present(), then).otherwise(m.fail("Not noted"))
}

#[test]
fn a_shape_is_parameters_in_jsonpath() {
    let machine: Machine<Order, Letter> = machine(|m| noted(m, m.shape("A", letter()).then(m.end())));
    check(
        &machine,
        json!({
            "Type": "Pass",
            "Parameters": {
                "To.$": "$.customer.email",
                "Subject.$": r"States.Format('Order {}: {}', $.orderId, 'it\'s on its way')",
                "Body.$": "$.note",
                "Sender": { "name": "The shop" },
                "Run.$": "$$.Execution.Name",
            },
            "End": true,
        }),
    );
}

#[test]
fn a_shape_is_an_output_in_jsonata() {
    let machine: Machine<Order, Letter> = jsonata_machine(|m| noted(m, m.shape("A", letter()).then(m.end())));
    check(
        &machine,
        json!({
            "Type": "Pass",
            "Output": {
                "To": "{% $states.input.customer.email %}",
                "Subject": r#"{% "Order " & $string($states.input.orderId) & ": " & $string("it's on its way") %}"#,
                "Body": "{% $states.input.note %}",
                "Sender": { "name": "The shop" },
                "Run": "{% $states.context.Execution.Name %}",
            },
            "End": true,
        }),
    );
}

#[test]
fn a_task_takes_a_part_of_the_data_or_a_shape_of_it() {
    let mail: Fake<String, String> = version("Mail", "mail");
    let send: Fake<Letter, u32> = version("Send", "send");
    let machine: Machine<Order, Order> = machine(|m| {
        let mail = m.task("A", &mail).input(path!(Order => customer.email)).into_field(path!(Order => note));
        mail.then(m.task("B", &send).input(letter()).discard_result()).then(m.end())
    });
    let states = states(&machine);
    let a = json!({
        "Type": "Task", "Resource": "${Mail}", "InputPath": "$.customer.email", "ResultPath": "$.note", "Next": "B",
    });
    assert_eq!(states["A"], a);
    assert_eq!(states["B"]["Parameters"]["To.$"], "$.customer.email");
    assert_eq!(states["B"]["ResultPath"], Value::Null);
}

#[test]
fn a_variable_is_set_and_read_in_both_languages() {
    let id = variable::<String>("id");
    let machine: Machine<Order, String> = machine(|m| {
        let keep = m.assign("A", id, path!(Order => order_id));
        let other = m.jsonata().assign("B", id, path!(Order => order_id));
        keep.then(other).then(m.recall("C", id)).then(m.jsonata().recall("D", id)).then(m.end())
    });
    let states = states(&machine);
    assert_eq!(states["A"]["Assign"], json!({ "id.$": "$.orderId" }));
    assert_eq!(states["B"]["Assign"], json!({ "id": "{% $states.input.orderId %}" }));
    assert_eq!(states["C"]["InputPath"], "$id");
    assert_eq!(states["D"]["Output"], "{% $id %}");
}

#[test]
fn work_sets_variables_from_its_result_and_catchers_from_the_error() {
    let hello: Fake<Order, Customer> = version("Hello", "hello");
    let (mail, cause, run) =
        (variable::<String>("mail"), variable::<String>("cause"), variable::<String>("run"));
    let machine: Machine<Order, Customer> = machine(|m| {
        m.task("A", &hello)
            .assign(mail, path!(Customer => email))
            .assign(run, context::execution_id())
            .catch(["States.ALL"], m.fail("Failed"))
            .assign_caught(cause, path!(ErrorOutput => cause))
            .then(m.end())
    });
    check(
        &machine,
        json!({
            "Type": "Task", "Resource": "${Hello}",
            "Assign": { "mail.$": "$.email", "run.$": "$$.Execution.Id" },
            "Catch": [{ "ErrorEquals": ["States.ALL"], "Assign": { "cause.$": "$.Cause" }, "Next": "Failed" }],
            "End": true,
        }),
    );
}

#[test]
fn a_rule_sets_a_variable() {
    let size = variable::<String>("size");
    let machine: Machine<Order, Order> = machine(|m| {
        let big = path!(Order => delay).more_than(9_u32);
        m.choice("A").when(big, m.end()).assign_when(size, literal("big")).otherwise(m.succeed("Small"))
    });
    assert_eq!(states(&machine)["A"]["Choices"][0]["Assign"], json!({ "size": "big" }));
    let nothing: Machine<Order, Order> =
        machine_without_rule(|m| m.choice("A").assign_when(size, literal("big")).otherwise(m.end()));
    assert!(messages(&nothing).contains(&"A: there is no rule that could set this variable".to_owned()));
}

fn machine_without_rule(
    define: impl for<'m> FnOnce(Scope<'m, Order>) -> At<'m, Order>,
) -> Machine<Order, Order> {
    machine(define)
}

#[test]
fn a_wait_reads_its_time_from_the_data() {
    let machine: Machine<Order, Order> = machine(|m| {
        m.wait_seconds("A", path!(Order => delay))
            .then(m.wait_until_at("B", path!(Order => due)))
            .then(m.wait_until("C", "2026-11-24T10:00:00Z"))
            .then(m.jsonata().wait_seconds("D", path!(Order => delay)))
            .then(m.jsonata().wait_until_at("E", path!(Order => due)))
            .then(m.end())
    });
    let states = states(&machine);
    assert_eq!(states["A"]["SecondsPath"], "$.delay");
    assert_eq!(states["B"]["TimestampPath"], "$.due");
    assert_eq!(states["C"]["Timestamp"], "2026-11-24T10:00:00Z");
    assert_eq!(states["D"]["Seconds"], "{% $states.input.delay %}");
    assert_eq!(states["E"]["Timestamp"], "{% $states.input.due %}");
}

#[test]
fn a_fail_says_what_the_data_says() {
    let fails = |jsonata: bool| -> Machine<Order, Order> {
        let hello: Fake<Order, Order> = version("Hello", "hello");
        machine(move |m| {
            let at = if jsonata {
                let failure = failure().error(literal("Lost")).cause(path!(ErrorOutput => cause));
                m.jsonata().fail_with("A", failure)
            } else {
                m.fail_with(
                    "A",
                    failure().error(path!(ErrorOutput => error)).cause(path!(ErrorOutput => cause)),
                )
            };
            m.task("Hello", &hello).catch(["States.ALL"], at).then(m.end())
        })
    };
    check(&fails(false), json!({ "Type": "Fail", "ErrorPath": "$.Error", "CausePath": "$.Cause" }));
    check(
        &fails(true),
        json!({ "Type": "Fail", "QueryLanguage": "JSONata", "Error": "Lost", "Cause": "{% $states.input.Cause %}" }),
    );
}

#[test]
fn jsonpath_has_no_lists_of_data() {
    let machine: Machine<Order, Value> = machine(|m| {
        m.template("A", payload!({ "all": [(path!(Order => order_id)), 1], "none": [1, null, "x"] }))
            .then(m.end())
    });
    assert_eq!(messages(&machine), ["A: JSONPath cannot make a list of data"]);
    let machine: Machine<Order, Value> = jsonata_machine(|m| {
        m.template("A", payload!({ "all": [(path!(Order => order_id)), 1, { "a": true }] })).then(m.end())
    });
    check(
        &machine,
        json!({ "Type": "Pass", "Output": { "all": ["{% $states.input.orderId %}", 1, { "a": true }] }, "End": true }),
    );
}

#[test]
fn a_literal_is_never_taken_for_a_path_or_an_expression() {
    let machine: Machine<Value, Value> =
        jsonata_machine(|m| m.pass_result("A", json!({ "a": "{% 1 %}" })).then(m.end()));
    assert_eq!(states(&machine)["A"]["Output"], json!({ "a": r#"{% "{% 1 %}" %}"# }));
    let machine: Machine<Value, Value> =
        super::machine(|m| m.template("A", payload!({ "a": (json!({ "b.$": "$.c" })) })).then(m.end()));
    assert_eq!(messages(&machine), ["A: a name in this JSON ends in `.$`, and would be read as a path"]);
}

#[test]
fn a_text_has_as_many_arguments_as_places() {
    let machine: Machine<Order, Value> = machine(|m| {
        m.template("A", payload!({ "a": (format("{} and {}").with(path!(Order => order_id))) })).then(m.end())
    });
    let found = messages(&machine);
    assert!(found.contains(&"A: \"{} and {}\" has 2 `{}`, and 1 are given".to_owned()), "{found:?}");
}

#[test]
fn a_result_is_shaped_before_it_goes_anywhere() {
    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Kept {
        letter: Option<Sender>,
        other: u32,
    }
    let hello: Fake<Kept, Customer> = version("Hello", "hello");
    let sender = || shape!(Customer => Sender { name: email });
    fn jsonata_sender() -> Shape<Customer, Sender, Jsonata> {
        shape!(Customer => Sender { name: email })
    }
    let machine: Machine<Kept, Kept> = machine(|m| {
        m.task("A", &hello).shape_result(sender()).into_field(path!(Kept => letter)).then(m.end())
    });
    let expected = json!({
        "Type": "Task", "Resource": "${Hello}",
        "ResultSelector": { "name.$": "$.email" }, "ResultPath": "$.letter", "End": true,
    });
    check(&machine, expected);
    let machine: Machine<Kept, Kept> = jsonata_machine(|m| {
        let task = m.task("A", &hello).shape_result(jsonata_sender());
        task.into_field(path!(Kept => letter)).then(m.end())
    });
    let merged = r#"{% $merge([$states.input, {"letter": {"name": $states.result.email}}]) %}"#;
    assert_eq!(states(&machine)["A"]["Output"], merged);
    let machine: Machine<Kept, Sender> =
        jsonata_machine(|m| m.task("A", &hello).shape_result(jsonata_sender()).then(m.end()));
    assert_eq!(states(&machine)["A"]["Output"], json!({ "name": "{% $states.result.email %}" }));
}

#[test]
fn a_variable_is_set_from_the_result_as_it_came_or_as_it_was_shaped() {
    let hello: Fake<Order, Customer> = version("Hello", "hello");
    let (raw, shaped) = (variable::<String>("raw"), variable::<String>("shaped"));
    fn sender<L>() -> Shape<Customer, Sender, L> {
        shape!(Customer => Sender { name: email })
    }
    let machine: Machine<Order, Sender> = machine(|m| {
        m.task("A", &hello).shape_result(sender()).assign(shaped, path!(Sender => name)).then(m.end())
    });
    assert_eq!(states(&machine)["A"]["Assign"], json!({ "shaped.$": "$.name" }));
    let machine: Machine<Order, Sender> = super::machine(|m| {
        m.task("A", &hello).assign(raw, path!(Customer => email)).shape_result(sender()).then(m.end())
    });
    let message = "A: `raw` is set from the result as it came, and JSONPath has only what it was shaped to";
    assert_eq!(messages(&machine), [message]);
    let machine: Machine<Order, Sender> = jsonata_machine(|m| {
        let task = m.task("A", &hello).assign(raw, path!(Customer => email)).shape_result(sender());
        task.assign(shaped, path!(Sender => name)).then(m.end())
    });
    let assign = json!({
        "raw": "{% $states.result.email %}", "shaped": r#"{% {"name": $states.result.email}.name %}"#,
    });
    assert_eq!(states(&machine)["A"]["Assign"], assign);
}

#[test]
fn a_part_of_a_variable_is_read_like_data() {
    let customer = variable::<Customer>("customer");
    let machine: Machine<Order, String> = machine(|m| {
        let keep = m.assign("Keep", customer, path!(Order => customer));
        let known = customer.at(path!(Customer => email)).is("x@example.com");
        let known = m
            .choice("Known?")
            .when(known, m.select("A", customer.at(path!(Customer => email))).then(m.end()));
        keep.then(known.otherwise(m.fail("Unknown")))
    });
    let states = states(&machine);
    let rule = json!({ "Variable": "$customer.email", "StringEquals": "x@example.com", "Next": "A" });
    assert_eq!(states["Known?"]["Choices"][0], rule);
    assert_eq!(states["A"]["OutputPath"], "$customer.email");
}

#[test]
fn a_result_goes_into_the_data_alone() {
    let hello: Fake<Order, Customer> = version("Hello", "hello");
    let kept = variable::<Option<Customer>>("kept");
    let machine: Machine<Order, Order> = machine(|m| {
        m.assign("Keep", kept, absent()).then(m.task("A", &hello).into_field(kept.value())).then(m.end())
    });
    let found = messages(&machine);
    let message = "A: a result goes into the data, and this is a place elsewhere".to_owned();
    assert!(found.contains(&message), "{found:?}");
}

#[test]
fn jsonpath_of_any_kind_is_written_as_it_is_given() {
    let count = variable::<u32>("count");
    let machine: Machine<Order, Order> = machine(|m| {
        m.assign("A", count, json_path("States.ArrayLength($..lines[?(@.count > 1)])")).then(m.end())
    });
    let assign = json!({ "count.$": "States.ArrayLength($..lines[?(@.count > 1)])" });
    assert_eq!(states(&machine)["A"]["Assign"], assign);
    let machine: Machine<Order, Order> =
        super::machine(|m| m.assign("A", count, json_path("$.[")).then(m.end()));
    assert_eq!(messages(&machine).len(), 1, "{:?}", messages(&machine));
}

#[test]
fn a_variable_is_set_once_in_a_state() {
    let hello: Fake<Order, Customer> = version("Hello", "hello");
    let mail = variable::<String>("mail");
    let machine: Machine<Order, Customer> = machine(|m| {
        m.task("A", &hello)
            .assign(mail, path!(Customer => email))
            .assign(mail, path!(Customer => email))
            .then(m.end())
    });
    assert_eq!(messages(&machine), ["A: the variable `mail` is set twice"]);
}
