//! Calls of any kind, for tests: each is read back from its text as it was.

use proptest::{collection::vec, prelude::*};

use super::{Argument, Function, IntrinsicCall, Places, Template};
use crate::jsonpath::arbitrary::path;

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z '{}\\\\,()\"$]{0,6}", "\\PC{0,4}"]
}

fn call() -> impl Strategy<Value = IntrinsicCall> {
    let literal = prop_oneof![
        text().prop_map(Argument::String),
        any::<i64>().prop_map(|number| Argument::Number(number.into())),
        (-1_000_000_i32..1_000_000).prop_map(|number| {
            let number = serde_json::Number::from_f64(f64::from(number) / 64.0);
            number.map_or(Argument::Null, Argument::Number)
        }),
        any::<bool>().prop_map(Argument::Bool),
        Just(Argument::Null),
        path().prop_map(Argument::Path),
    ];
    let argument = literal.prop_recursive(4, 16, 4, |argument| {
        (proptest::sample::select(Function::ALL.to_vec()), vec(argument, 0..4))
            .prop_map(|(function, arguments)| Argument::Call(make(function, arguments, vec![String::new()])))
    });
    let function = proptest::sample::select(Function::ALL.to_vec());
    (function, vec(argument, 0..4), vec(text(), 1..4))
        .prop_map(|(function, arguments, pieces)| make(function, arguments, pieces))
}

/// A text that comes first in a Format is a template.
fn make(function: Function, mut arguments: Vec<Argument>, pieces: Vec<String>) -> IntrinsicCall {
    if let (Function::Format, Some(first @ Argument::String(_))) = (function, arguments.first_mut()) {
        *first = Argument::Template(Template { pieces });
    }
    IntrinsicCall { function, arguments, places: Places::default() }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1_000,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_call_is_read_back_from_its_text(call in call()) {
        let text = call.to_string();
        let read = IntrinsicCall::parse(&text);
        prop_assert_eq!(read.as_ref(), Ok(&call), "{}", text);
    }
}
