//! JSON that calls take.

use std::marker::PhantomData;

use super::{Data, Kind, Part};
use crate::flow::JsonPath;

/// JSON with data in it, for what has no Rust type: the arguments of services. [`payload!`](crate::payload) makes it.
#[derive(Debug, Clone)]
#[must_use = "a payload does nothing until a state has it"]
pub struct Payload<In, L = JsonPath> {
    part: Part,
    types: PhantomData<fn(In, L)>,
}

/// JSON with data in it: literals as they are, everything else in parentheses.
///
/// ```
/// use cyanotype::{payload, prelude::*};
/// use schemars::JsonSchema;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize, JsonSchema)]
/// struct Order {
///     id: String,
/// }
///
/// # let stack = App::new().stack("Shop");
/// let table = stack.resource("Orders", "AWS::DynamoDB::Table", tree!({ "KeySchema": [] }));
/// let machine: Machine<Order, serde_json::Value> = machine(|m| {
///     let item = payload!({
///         "TableName": (table.reference()),
///         "Key": { "id": { "S": (path!(Order => id)) } },
///         "ConsistentRead": true,
///     });
///     m.service("Read", "dynamodb:getItem", item).then(m.end())
/// });
/// assert!(machine.diagnostics().is_empty());
/// ```
#[macro_export]
macro_rules! payload {
    ({ $($key:literal : $value:tt),* $(,)? }) => {
        $crate::flow::Payload::object([$(($key, $crate::payload!($value))),*])
    };
    ([ $($value:tt),* $(,)? ]) => { $crate::flow::Payload::array([$($crate::payload!($value)),*]) };
    (null) => { $crate::flow::Payload::of($crate::flow::literal(())) };
    (($value:expr)) => { $crate::flow::Payload::of($value) };
    ($value:expr) => { $crate::flow::Payload::of($value) };
}

impl<In, L> Payload<In, L> {
    #[doc(hidden)]
    pub fn of(data: impl Data<In, L>) -> Self {
        Self { part: data.part(), types: PhantomData }
    }

    #[doc(hidden)]
    pub fn object<const N: usize>(members: [(&str, Self); N]) -> Self {
        let members = members.into_iter().map(|(name, payload)| (name.to_owned(), payload.part));
        Self { part: Part(Kind::Object(members.collect())), types: PhantomData }
    }

    #[doc(hidden)]
    pub fn array<const N: usize>(items: [Self; N]) -> Self {
        Self {
            part: Part(Kind::Array(items.into_iter().map(|item| item.part).collect())),
            types: PhantomData,
        }
    }
}

impl<In, L> Data<In, L> for Payload<In, L> {
    fn part(self) -> Part {
        self.part
    }
}
