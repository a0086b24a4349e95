//! Paths that nobody takes for one.

use indexmap::IndexMap;

use super::{Advice, text};
use crate::{Code, Json, JsonPath, Location};

pub(super) fn check(advice: &mut Advice, here: &Location, members: &IndexMap<String, Json>) {
    for field in ["Parameters", "ResultSelector", "ItemSelector"] {
        if let Some(template) = members.get(field) {
            texts(advice, here.clone().field(field), template);
        }
    }
    if let Some(path) = members.get("Result").and_then(text).filter(|text| text.starts_with("$.")) {
        let message = format!("'{path}' is a text here, and no path");
        let hint = "to pass on what is there, use 'Parameters' or 'InputPath'";
        advice.warn(Code::PassResultIsStatic, here.clone().field("Result"), message, hint);
    }
}

/// Texts that look like paths and are none.
fn texts(advice: &mut Advice, place: Location, template: &Json) {
    let mut todo = vec![(place, template)];
    while let Some((place, json)) = todo.pop() {
        match json {
            Json::Object(members) => {
                for (name, value) in members.iter().filter(|(name, _)| !name.ends_with(".$")) {
                    let place = place.clone().field(name);
                    let found = text(value);
                    // `$.a + $.b` is for whoever is called.
                    let looks = |text: &&str| {
                        let is_path = text.starts_with("$.") || text.starts_with("$$.");
                        (is_path && JsonPath::parse(text).is_ok()) || text.starts_with("States.")
                    };
                    if let Some(path) = found.filter(looks) {
                        let message =
                            format!("'{path}' looks like a path, and is a text: its name has no '.$'");
                        advice.warn(Code::NoDollar, place, message, &format!("name it `{name}.$`"));
                    } else {
                        todo.push((place, value));
                    }
                }
            }
            Json::Array(items) => {
                todo.extend(items.iter().enumerate().map(|(n, item)| (place.clone().index(n), item)));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::test::check;

    #[test]
    fn what_looks_like_a_path_is_named_like_one() {
        check(
            r#""Type": "Pass", "Parameters": { "a.$": "$.a", "b": ["$.a + $.b", { "c": "$.c" }] }"#,
            &[
                "NO_DOLLAR: '$.c' looks like a path, and is a text: its name has no '.$' at /States/A/Parameters/b[1]/c",
            ],
        );
    }
}
