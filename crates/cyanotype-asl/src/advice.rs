//! What AWS takes, and a careful author would not write.

use indexmap::IndexMap;

use crate::{Code, Document, Finding, Json, Location, Severity};

/// What a Task should try again: Lambda's own errors, which pass.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception>
const LAMBDA_TRANSIENT: [&str; 4] = [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
];

impl Document<'_> {
    /// Warnings about what is no fault: a Task that waits for ever, a function that is called once and no more, a path
    /// that is not taken for one, a catcher that nothing reaches.
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
        let jsonata =
            |scope: &Json| member(scope, "QueryLanguage").is_some_and(|l| *l == Json::from("JSONata"));
        let by_default = jsonata(self.json());
        // Scopes within scopes, kept in a list instead of recursion.
        let mut todo = vec![(Location::root(), self.json())];
        while let Some((place, scope)) = todo.pop() {
            let Some(Json::Object(states)) = member(scope, "States") else { continue };
            for (name, state) in states {
                let Json::Object(members) = state else { continue };
                let here = place.clone().field("States").field(name);
                advice.state(&here, members, by_default || jsonata(state));
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
            self.task(here, members);
        }
        if let Some(Json::Array(catchers)) = members.get("Catch") {
            self.catchers(here, catchers);
        }
        if jsonata {
            return;
        }
        for field in ["Parameters", "ResultSelector", "ItemSelector"] {
            if let Some(template) = members.get(field) {
                self.template(here.clone().field(field), template);
            }
        }
        if let Some(path) = members.get("Result").and_then(text).filter(|text| text.starts_with("$.")) {
            let message = format!("'{path}' is a text here, and no path");
            let hint = "to pass on what is there, use 'Parameters' or 'InputPath'";
            self.warn(Code::PassResultIsStatic, here.clone().field("Result"), message, hint);
        }
    }

    fn task(&mut self, here: &Location, members: &IndexMap<String, Json>) {
        if !members.contains_key("TimeoutSeconds") && !members.contains_key("TimeoutSecondsPath") {
            let message =
                "the Task has no timeout: a call that never answers holds the execution for up to a year";
            self.warn(Code::Advice, here.clone(), message, "give it `TimeoutSeconds`");
        }
        let resource = members.get("Resource").and_then(text).unwrap_or_default();
        let calls_lambda = resource.contains(":lambda:");
        let missing: Vec<_> =
            LAMBDA_TRANSIENT.iter().filter(|error| !retries(members.get("Retry"), error)).copied().collect();
        if calls_lambda && !missing.is_empty() {
            let message = "the Task does not try again when Lambda itself fails for a moment";
            let hint = format!("add a Retry for {}", missing.join(", "));
            self.warn(Code::Advice, here.clone(), message, &hint);
        }
    }

    /// Errors that an earlier catcher has taken already.
    fn catchers(&mut self, here: &Location, catchers: &[Json]) {
        let mut taken: Vec<&str> = vec![];
        for (index, catcher) in catchers.iter().enumerate() {
            let Some(Json::Array(errors)) = member(catcher, "ErrorEquals") else { continue };
            let errors: Vec<_> = errors.iter().filter_map(text).collect();
            if !errors.is_empty() && errors.iter().all(|error| taken.contains(error)) {
                let place = here.clone().field("Catch").index(index);
                let hint = "the first that names an error takes it: remove this one, or let it name another";
                self.warn(Code::Advice, place, "an earlier catcher takes all that this one names", hint);
            }
            taken.extend(errors);
        }
    }

    /// Texts that look like paths and are none.
    fn template(&mut self, place: Location, template: &Json) {
        let mut todo = vec![(place, template)];
        while let Some((place, json)) = todo.pop() {
            match json {
                Json::Object(members) => {
                    for (name, value) in members.iter().filter(|(name, _)| !name.ends_with(".$")) {
                        let place = place.clone().field(name);
                        let found = text(value);
                        let looks = |text: &&str| {
                            text.starts_with("$.") || text.starts_with("$$.") || text.starts_with("States.")
                        };
                        if let Some(path) = found.filter(looks) {
                            let message =
                                format!("'{path}' looks like a path, and is a text: its name has no '.$'");
                            self.warn(Code::NoDollar, place, message, &format!("name it `{name}.$`"));
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

    fn warn(&mut self, code: Code, location: Location, message: impl Into<String>, hint: &str) {
        let (message, hint) = (message.into(), Some(hint.to_owned()));
        let state = location.state().map(str::to_owned);
        self.findings.push(Finding { code, severity: Severity::Warning, location, state, message, hint });
    }
}

/// Whether a retrier takes the error.
fn retries(retriers: Option<&Json>, error: &str) -> bool {
    let Some(Json::Array(retriers)) = retriers else { return false };
    retriers.iter().filter_map(|retrier| member(retrier, "ErrorEquals")).any(|errors| match errors {
        Json::Array(errors) => {
            let takes = |name: &str| name == error || name == "States.ALL" || name == "States.TaskFailed";
            errors.iter().filter_map(text).any(takes)
        }
        _ => false,
    })
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
mod tests {
    use super::*;

    #[track_caller]
    fn check(state: &str, expected: &[&str]) {
        let text = format!(r#"{{ "StartAt": "A", "States": {{ "A": {{ {state}, "End": true }} }} }}"#);
        let found: Vec<_> =
            Document::parse(&text).unwrap().advise().iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_task_has_a_timeout() {
        let task = r#""Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage""#;
        let message =
            "ADVICE: the Task has no timeout: a call that never answers holds the execution for up to a year";
        check(task, &[&format!("{message} at /States/A")]);
        check(&format!(r#"{task}, "TimeoutSeconds": 1"#), &[]);
        check(&format!(r#"{task}, "TimeoutSecondsPath": "$.t""#), &[]);
    }

    #[test]
    fn a_function_is_called_again_when_lambda_fails_for_a_moment() {
        let task = r#""Type": "Task", "TimeoutSeconds": 1, "Resource": "arn:aws:states:::lambda:invoke""#;
        let message =
            "ADVICE: the Task does not try again when Lambda itself fails for a moment at /States/A";
        check(task, &[message]);
        let retry = |errors: &str| format!(r#"{task}, "Retry": [{{ "ErrorEquals": [{errors}] }}]"#);
        check(&retry(r#""Lambda.ServiceException""#), &[message]);
        let four = LAMBDA_TRANSIENT.map(|error| format!("\"{error}\"")).join(",");
        check(&retry(&four), &[]);
        check(&retry(r#""States.ALL""#), &[]);
    }

    #[test]
    fn what_looks_like_a_path_is_named_like_one() {
        check(
            r#""Type": "Pass", "Parameters": { "a.$": "$.a", "b": ["x", { "c": "$.c" }] }"#,
            &[
                "NO_DOLLAR: '$.c' looks like a path, and is a text: its name has no '.$' at /States/A/Parameters/b[1]/c",
            ],
        );
    }

    #[test]
    fn a_catcher_can_match() {
        let catch = |catchers: &str| format!(r#""Type": "Parallel", "Branches": [], "Catch": [{catchers}]"#);
        check(&catch(r#"{ "ErrorEquals": ["A", "B"] }, { "ErrorEquals": ["B", "C"] }"#), &[]);
        check(
            &catch(r#"{ "ErrorEquals": ["A", "B"] }, { "ErrorEquals": ["B"] }"#),
            &["ADVICE: an earlier catcher takes all that this one names at /States/A/Catch[1]"],
        );
    }
}
