//! What AWS takes, and a careful author would not write.

mod choice;
mod data;
mod errors;
mod idle;
mod numbers;
mod shape;
mod task;
mod template;

use indexmap::IndexMap;

use crate::{Code, Document, Finding, Json, Location, Severity};

impl Document<'_> {
    /// Warnings about what is no fault: a Task that waits for ever, a function that is called once and no more, a path
    /// that is not taken for one or leads to what an earlier state has dropped, a catcher or a rule that nothing
    /// reaches.
    ///
    /// ```
    /// use cyanotype_asl::Document;
    ///
    /// let text = r#"{ "StartAt": "A", "States": { "A": { "Type": "Pass", "Result": "$.a", "End": true } } }"#;
    /// let advice: Vec<_> = Document::parse(text)?.advise().iter().map(ToString::to_string).collect();
    /// assert_eq!(advice, ["PASS_RESULT_IS_STATIC: '$.a' is a text here, and no path at /States/A/Result"]);
    /// # Ok::<(), cyanotype_asl::SyntaxError>(())
    /// ```
    #[must_use]
    pub fn advise(&self) -> Vec<Finding> {
        let mut advice = Advice { findings: vec![] };
        let by_default = is_jsonata(self.json());
        // Scopes within scopes, kept in a list instead of recursion.
        let mut todo = vec![(Location::root(), self.json())];
        while let Some((place, scope)) = todo.pop() {
            let Some(Json::Object(states)) = member(scope, "States") else { continue };
            idle::check(&mut advice, &place, states);
            for (name, state) in states {
                let Json::Object(members) = state else { continue };
                let here = place.clone().field("States").field(name);
                advice.state(&here, members, by_default || is_jsonata(state));
                if let Some(Json::Array(branches)) = members.get("Branches") {
                    let branches = branches.iter().enumerate();
                    todo.extend(
                        branches.map(|(n, branch)| (here.clone().field("Branches").index(n), branch)),
                    );
                }
                for field in ["ItemProcessor", "Iterator"] {
                    todo.extend(members.get(field).map(|inner| (here.clone().field(field), inner)));
                }
            }
        }
        if !by_default {
            data::check(&mut advice, self.json());
        }
        advice.findings
    }
}

struct Advice {
    findings: Vec<Finding>,
}

impl Advice {
    fn state(&mut self, here: &Location, members: &IndexMap<String, Json>, jsonata: bool) {
        let kind = members.get("Type").and_then(text).unwrap_or_default();
        if kind == "Task" {
            task::check(self, here, members);
        }
        errors::check(self, here, members);
        if kind == "Choice" {
            choice::check(self, here, members, jsonata);
        }
        if !jsonata {
            template::check(self, here, members);
        }
    }

    fn warn(&mut self, code: Code, location: Location, message: impl Into<String>, hint: &str) {
        let (message, hint) = (message.into(), Some(hint.to_owned()));
        let state = location.state().map(str::to_owned);
        self.findings.push(Finding { code, severity: Severity::Warning, location, state, message, hint });
    }
}

fn is_jsonata(owner: &Json) -> bool {
    member(owner, "QueryLanguage").and_then(text) == Some("JSONata")
}

fn member<'j>(json: &'j Json, name: &str) -> Option<&'j Json> {
    match json {
        Json::Object(members) => members.get(name),
        _ => None,
    }
}

fn text(json: &Json) -> Option<&str> {
    match json {
        Json::String(text) => text.as_literal(),
        _ => None,
    }
}

#[cfg(test)]
mod test {
    use crate::{Code, Document};

    /// What is said of one state, beside what every Task without a timeout is told.
    #[track_caller]
    pub(super) fn check(state: &str, expected: &[&str]) {
        let text = format!(r#"{{ "StartAt": "A", "States": {{ "A": {{ {state}, "End": true }} }} }}"#);
        check_all(&text, expected);
    }

    /// What is said of a definition.
    #[track_caller]
    pub(super) fn check_all(text: &str, expected: &[&str]) {
        let advice = Document::parse(text).unwrap().advise();
        let found: Vec<_> = advice.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
        assert!(advice.iter().all(|finding| finding.code != Code::SchemaValidationFailed));
    }
}
