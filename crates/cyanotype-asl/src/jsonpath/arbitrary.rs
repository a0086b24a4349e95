//! Paths of any kind, for tests: each is read back from its text as it was.

use proptest::{collection::vec, option, prelude::*};

use super::{
    FilterExpression, FilterLiteral, FilterOperator, FilterValue, JsonPath, PathArgument, Root, Step,
};

/// Names that need quotes, and names that do not.
fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z_]{1,3}", "[a-z \\-'\"\\\\.,\\[\\]()@$?&|!=/~]{0,6}", "\\PC{0,4}"]
}

/// A path from one of these roots.
fn path_from(
    root: impl Strategy<Value = Root> + 'static,
    steps: BoxedStrategy<Vec<Step>>,
) -> BoxedStrategy<JsonPath> {
    (root, steps).prop_map(|(root, steps)| JsonPath { root, steps, doubts: vec![] }).boxed()
}

pub(crate) fn path() -> BoxedStrategy<JsonPath> {
    let root = prop_oneof![
        3 => Just(Root::Input),
        1 => Just(Root::Context),
        1 => "[a-zé][a-z0-9_]{0,3}".prop_map(Root::Variable),
    ];
    path_from(root, steps(2))
}

/// A path inside of another.
fn inner_path(depth: usize) -> BoxedStrategy<JsonPath> {
    path_from(prop_oneof![Just(Root::Item), Just(Root::Input), Just(Root::Context)], steps(depth))
}

fn steps(depth: usize) -> BoxedStrategy<Vec<Step>> {
    let indices = (any::<i32>(), vec(any::<i32>(), 1..3)).prop_map(|(first, mut others)| {
        others.push(first);
        Step::Indices(others)
    });
    let slice = (any::<i32>(), option::of(any::<i32>()), any::<bool>()).prop_map(|(one, other, turned)| {
        let (start, end) = if turned { (other, Some(one)) } else { (Some(one), other) };
        Step::Slice { start, end }
    });
    let plain = prop_oneof![
        6 => name().prop_map(Step::Field),
        1 => vec(name(), 2..4).prop_map(Step::Fields),
        2 => any::<i32>().prop_map(Step::Index),
        1 => indices,
        1 => slice,
        1 => Just(Step::Wildcard),
        1 => "@\\.length-[1-9]".prop_map(Step::Script),
    ];
    let step = match depth {
        0 => plain.boxed(),
        _ => prop_oneof![6 => plain, 1 => expression(depth - 1).prop_map(Step::Filter)].boxed(),
    };
    let steps = vec((step, any::<bool>()), 0..4).prop_map(|steps| {
        let descend = |(step, deep): (Step, bool)| deep.then_some(Step::Descendant).into_iter().chain([step]);
        steps.into_iter().flat_map(descend).collect::<Vec<_>>()
    });
    (steps, option::of(function(depth)))
        .prop_map(|(mut steps, function)| {
            steps.extend(function);
            steps
        })
        .boxed()
}

/// A function at the end of a path. Inside of another path it takes no arguments.
fn function(depth: usize) -> BoxedStrategy<Step> {
    let name = prop_oneof![Just("length".to_owned()), "[a-z]{1,3}"];
    let arguments = match depth {
        2 => vec(
            prop_oneof![
                path_from(
                    Just(Root::Input),
                    steps(0).prop_filter("simple names", |steps| is_simple(steps)).boxed()
                )
                .prop_map(PathArgument::Path),
                "-?[0-9]{1,3}".prop_map(PathArgument::Json),
                Just(PathArgument::Json(r#"{"a":["b",1]}"#.into())),
            ],
            0..3,
        )
        .boxed(),
        _ => Just(vec![]).boxed(),
    };
    (name, arguments).prop_map(|(name, arguments)| Step::Function { name, arguments }).boxed()
}

/// Quotes protect nothing in an argument, so names with brackets or commas in them cannot stand there.
fn is_simple(steps: &[Step]) -> bool {
    let simple = |name: &String| name.chars().all(|character| character.is_ascii_alphanumeric());
    steps.iter().all(|step| match step {
        Step::Field(name) => simple(name),
        Step::Fields(names) => names.iter().all(simple),
        Step::Script(_) => false,
        _ => true,
    })
}

fn expression(depth: usize) -> BoxedStrategy<FilterExpression> {
    let operator = proptest::sample::select(FilterOperator::ALL.to_vec());
    let value = |words: bool| {
        prop_oneof![
            inner_path(depth).prop_map(FilterValue::Path),
            literal(words).prop_map(FilterValue::Literal),
        ]
    };
    let comparison = (value(false), operator, value(true))
        .prop_map(|(left, operator, right)| FilterExpression::Compare { left, operator, right });
    prop_oneof![inner_path(depth).prop_map(FilterExpression::Exists), comparison]
        .prop_recursive(3, 8, 3, |inner| {
            prop_oneof![
                inner.clone().prop_map(|inner| FilterExpression::Not(Box::new(inner))),
                vec(inner.clone(), 2..4).prop_map(FilterExpression::And),
                vec(inner, 2..4).prop_map(FilterExpression::Or),
            ]
        })
        .boxed()
}

fn literal(bare: bool) -> BoxedStrategy<FilterLiteral> {
    let word = "[A-Z_][A-Za-z0-9_-]{0,4}".prop_map(FilterLiteral::Bare);
    let value = prop_oneof![
        Just(FilterLiteral::Null),
        any::<bool>().prop_map(FilterLiteral::Bool),
        "-?[0-9]{1,4}(\\.[0-9]{1,2})?([eE]-?[0-9])?".prop_map(FilterLiteral::Number),
        name().prop_map(FilterLiteral::String),
    ];
    // In a filter inside of a filter, brackets and quotes count in regular expressions too.
    let regex = ("([a-z.*()]|\\\\/){0,5}", "[dixmsuU]{0,2}")
        .prop_map(|(pattern, flags)| FilterLiteral::Regex { pattern, flags });
    let array = value.clone().prop_recursive(2, 6, 3, |item| vec(item, 0..3).prop_map(FilterLiteral::Array));
    let json = Just(FilterLiteral::Json(r#"{"a": [1, "b"]}"#.into()));
    match bare {
        true => prop_oneof![value, regex, array, json, word].boxed(),
        false => prop_oneof![value, regex, array, json].boxed(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_path_is_read_back_from_its_text(path in path()) {
        let text = path.to_string();
        let read = JsonPath::parse(&text);
        prop_assert_eq!(read.as_ref(), Ok(&path), "{}", text);
    }
}
