//! What Tasks call, and the placeholders that stand for it.

use cyanotype_asl::Text;
use cyanotype_cfn::Value;
use indexmap::IndexMap;

use crate::flow::Call;

#[derive(Debug, Default)]
pub(super) struct Calls {
    /// By placeholder, in order of first use.
    pub(super) substitutions: IndexMap<String, Value<String>>,
    /// By state.
    pub(super) tasks: IndexMap<String, Value<String>>,
}

impl Calls {
    /// The text of a Task's `Resource`: the ARN where it is written down, else a placeholder.
    pub(super) fn resource(&mut self, state: &str, call: &Call) -> Text {
        self.tasks.insert(state.into(), call.target.clone());
        match call.target.as_literal() {
            Some(arn) => arn.into(),
            None => Text::placeholder(self.placeholder(call)),
        }
    }

    /// One target has one placeholder. Another target of the same name gets a number.
    fn placeholder(&mut self, call: &Call) -> String {
        let wanted = plain(&call.placeholder);
        let mut name = wanted.clone();
        let mut number = 2_u32;
        loop {
            match self.substitutions.get(&name) {
                Some(target) if *target == call.target => return name,
                Some(_) => name = format!("{wanted}{number}"),
                None => {
                    self.substitutions.insert(name.clone(), call.target.clone());
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
