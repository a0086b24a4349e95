//! What Tasks call, and the placeholders that stand for it.

use cyanotype_asl::{Segment, Text};
use cyanotype_cfn::{Pseudo, Value};
use indexmap::IndexMap;

use crate::flow::Call;

#[derive(Debug, Default)]
pub(in crate::flow) struct Calls {
    /// By placeholder, in order of first use.
    pub(in crate::flow) substitutions: IndexMap<String, Value<String>>,
    /// By state.
    pub(in crate::flow) tasks: IndexMap<String, Value<String>>,
}

impl Calls {
    /// The ARN of what a Task calls: as it is written down, else a placeholder.
    pub(in crate::flow) fn called(&mut self, state: &str, call: &Call) -> Text {
        self.tasks.insert(state.into(), call.target.clone());
        self.text(&call.placeholder, &call.target)
    }

    /// A value of the template: as it is written down, else a placeholder that has, where it can, the name wanted.
    pub(in crate::flow) fn text(&mut self, wanted: &str, value: &Value<String>) -> Text {
        match value.as_literal() {
            Some(literal) => literal.into(),
            None => Text::placeholder(self.placeholder(wanted, value)),
        }
    }

    /// The ARN of an integration with a service.
    pub(in crate::flow) fn integration(&mut self, action: &str) -> Text {
        let mut arn = Text::from("arn:");
        arn.extend(self.text("Partition", &Value::pseudo(Pseudo::Partition)));
        arn.push(Segment::Literal(format!(":states:::{action}")));
        arn
    }

    /// One target has one placeholder. Another target of the same name gets a number.
    fn placeholder(&mut self, wanted: &str, value: &Value<String>) -> String {
        let wanted = plain(wanted);
        let mut name = wanted.clone();
        let mut number = 2_u32;
        loop {
            match self.substitutions.get(&name) {
                Some(target) if target == value => return name,
                Some(_) => name = format!("{wanted}{number}"),
                None => {
                    self.substitutions.insert(name.clone(), value.clone());
                    return name;
                }
            }
            number += 1;
        }
    }
}

/// A name as `Fn::Sub` takes it: ASCII letters and digits.
fn plain(name: &str) -> String {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    if plain.is_empty() { "Target".into() } else { plain }
}
