//! The stamp at the end of a description.

use super::*;

#[test]
fn a_description_ends_with_the_stamp() {
    let (template, fingerprint) = published(props!(description("Greets")), |_, _| ());
    assert_eq!(property(&template, "Hello", "Description"), format!("Greets [cyanotype:{fingerprint}]"));
    let (template, fingerprint) = published(props!(), |_, _| ());
    assert_eq!(property(&template, "Hello", "Description"), format!("[cyanotype:{fingerprint}]"));
}

#[test]
fn an_unpublished_functions_description_has_no_stamp() {
    let template = shop_template(|stack| Fun::new(stack, "Hello", props!(description("Greets"))));
    assert_eq!(property(&template, "Hello", "Description"), "Greets");
}

#[test]
fn a_description_of_231_characters_leaves_room_for_the_stamp() {
    let (template, _) = published(props!(description("é".repeat(231))), |_, _| ());
    let description = property(&template, "Hello", "Description");
    assert_eq!(description.as_str().map(|text| text.chars().count()), Some(256));
}

#[test]
fn a_description_of_232_characters_is_an_error_of_a_published_function() {
    let of = |publish: bool| {
        shop(|stack| {
            let hello: Fun = Function::new(stack, "Hello", props!(description("x".repeat(232))));
            publish.then(|| hello.publish())
        })
    };
    one_error(&of(true), &["Shop/Hello: its description has 232 characters", "shorten it to 231"]);
    assert_eq!(errors(&of(false)), [""; 0]);
}

#[test]
fn a_description_that_the_deploy_knows_is_an_error_of_a_published_function() {
    let of = |publish: bool| {
        shop(|stack| {
            let region = Value::concat(["in ".into(), Value::pseudo(Pseudo::Region)]);
            let hello: Fun = Function::new(stack, "Hello", props!(description(region)));
            publish.then(|| hello.publish())
        })
    };
    one_error(&of(true), &["Shop/Hello: its description is known to the deploy alone"]);
    assert_eq!(errors(&of(false)), [""; 0]);
}
