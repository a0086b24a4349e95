//! Whether the rules of a Choice name every value of a closed set.

use serde_json::Value;

use super::{
    condition::{Check, Node, Op},
    guard::Placed,
    path::Spot,
};

/// What the rules of a Choice ask for, as long as all of them ask whether one place is one of its values.
#[derive(Debug, Default)]
pub(super) struct Coverage {
    asked: Option<Asked>,
    /// Some rule asks for something else, so that nothing can be said.
    mixed: bool,
}

#[derive(Debug)]
struct Asked {
    spot: Spot,
    values: Vec<Value>,
    named: Vec<Value>,
}

impl Coverage {
    pub(super) fn add(&mut self, nodes: &[Node], placed: &[Placed<'_>]) {
        let one_of = nodes.iter().all(|node| matches!(node, Node::Test(_) | Node::Any(_)));
        if !one_of || !placed.iter().all(|placed| self.add_test(placed)) {
            self.mixed = true;
        }
    }

    /// A rule that asks for who knows what.
    pub(super) fn add_other(&mut self) {
        self.mixed = true;
    }

    /// Whether it can be said that the rules name every value.
    pub(super) fn is_complete(&self) -> bool {
        self.asked.is_some() && !self.mixed && self.missing().is_empty()
    }

    /// The values that no rule names, if that can be said.
    pub(super) fn missing(&self) -> Vec<&Value> {
        match &self.asked {
            Some(asked) if !self.mixed => {
                asked.values.iter().filter(|value| !asked.named.contains(value)).collect()
            }
            _ => vec![],
        }
    }

    fn add_test(&mut self, Placed { test, place, .. }: &Placed<'_>) -> bool {
        let (Check::Compare(Op::Is, Ok(value)), Some(place)) = (&test.check, place) else { return false };
        let booleans = || place.types.as_deref() == Some(&["boolean"]);
        let values = match &place.values {
            _ if place.optional => return false,
            Some(values) => values.clone(),
            None if booleans() => vec![true.into(), false.into()],
            None => return false,
        };
        let asked =
            self.asked.get_or_insert_with(|| Asked { spot: place.spot.clone(), values, named: vec![] });
        asked.named.push(value.clone());
        asked.spot == place.spot
    }
}
