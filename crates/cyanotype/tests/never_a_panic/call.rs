//! Calls of what an app is made of, with any arguments.

use proptest::prelude::*;

/// One call of what an app is made of. A number picks among what there is by then.
#[derive(Debug, Clone)]
pub(crate) enum Call {
    Stack(String),
    Part(u8, String),
    Resource(u8, String, u8),
    Function(u8, String, String, u8),
    Image(u8, String, String, u8),
    Publish(u8),
    PublishMachine(u8),
    ImportMachine(u8, String),
    Activity(u8, String, u8),
    Alias(u8, u8, String),
    Allow(u8, u8),
    Environment(u8, String, u8),
    Raw(u8, String, u8),
    Machine(u8, String, Vec<u8>, u8),
    Flow(u8, String, String, u8),
    Asl(u8, String, String),
    Parameter(u8, String),
    Condition(u8, String, u8),
    Mapping(u8, String),
    Output(u8, String, u8),
    Tag(u8, String, u8),
    DependsOn(u8, u8),
    Keep(u8),
    Concat(Vec<u8>),
    Sub(String, String, u8),
    Import(String),
    Acknowledge(u8),
}

/// Names as people give them, and in a wild app as nobody should.
pub(crate) fn text(wild: bool) -> BoxedStrategy<String> {
    let name = "[A-Z][a-z]{2}".boxed();
    if !wild {
        return name;
    }
    prop_oneof![
        24 => name,
        1 => "\\PC{0,4}",
        1 => ".{0,90}",
        1 => ".{300,400}",
        1 => Just("${Hello}".to_owned()),
        1 => Just(String::new()),
    ]
    .boxed()
}

pub(crate) fn call(wild: bool) -> impl Strategy<Value = Call> {
    let n = any::<u8>;
    let text = || text(wild);
    prop_oneof![
        text().prop_map(Call::Stack),
        (n(), text()).prop_map(|(a, b)| Call::Part(a, b)),
        (n(), text(), n()).prop_map(|(a, b, c)| Call::Resource(a, b, c)),
        (n(), text(), text(), n()).prop_map(|(a, b, c, d)| Call::Function(a, b, c, d)),
        (n(), text(), text(), n()).prop_map(|(a, b, c, d)| Call::Image(a, b, c, d)),
        n().prop_map(Call::Publish),
        n().prop_map(Call::PublishMachine),
        (n(), text()).prop_map(|(a, b)| Call::ImportMachine(a, b)),
        (n(), text(), n()).prop_map(|(a, b, c)| Call::Activity(a, b, c)),
        (n(), n(), text()).prop_map(|(a, b, c)| Call::Alias(a, b, c)),
        (n(), n()).prop_map(|(a, b)| Call::Allow(a, b)),
        (n(), text(), n()).prop_map(|(a, b, c)| Call::Environment(a, b, c)),
        (n(), text(), n()).prop_map(|(a, b, c)| Call::Raw(a, b, c)),
        (n(), text(), proptest::collection::vec(n(), 0..4), n())
            .prop_map(|(a, b, c, d)| Call::Machine(a, b, c, d)),
        (n(), text(), text(), n()).prop_map(|(a, b, c, d)| Call::Flow(a, b, c, d)),
        (n(), text(), text()).prop_map(|(a, b, c)| Call::Asl(a, b, c)),
        (n(), text()).prop_map(|(a, b)| Call::Parameter(a, b)),
        (n(), text(), n()).prop_map(|(a, b, c)| Call::Condition(a, b, c)),
        (n(), text()).prop_map(|(a, b)| Call::Mapping(a, b)),
        (n(), text(), n()).prop_map(|(a, b, c)| Call::Output(a, b, c)),
        (n(), text(), n()).prop_map(|(a, b, c)| Call::Tag(a, b, c)),
        (n(), n()).prop_map(|(a, b)| Call::DependsOn(a, b)),
        n().prop_map(Call::Keep),
        proptest::collection::vec(n(), 0..4).prop_map(Call::Concat),
        (text(), text(), n()).prop_map(|(a, b, c)| Call::Sub(a, b, c)),
        text().prop_map(Call::Import),
        n().prop_map(Call::Acknowledge),
    ]
}

/// A number, in a wild app of any size.
pub(crate) fn number(wild: bool) -> BoxedStrategy<u32> {
    let fits = 1..=99_u32;
    if wild { prop_oneof![4 => fits, 1 => any::<u32>(), 1 => Just(0)].boxed() } else { fits.boxed() }
}
