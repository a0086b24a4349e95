//! Definitions with policies that others wrote for them.

use std::collections::{BTreeMap, BTreeSet};

use cyanotype::iam::{MACHINE_NAME, needs};
use serde_json::{Value, json};

use super::{
    definition, folder,
    policy::{Right, fits, rights},
    reviewed::{JUSTIFIED, SURPLUS},
};

/// A definition and a policy, both with all values made up that only a deploy knows.
struct Pair {
    name: String,
    ours: Vec<Right>,
    theirs: Vec<Right>,
}

#[test]
fn every_need_of_theirs_is_allowed_and_nothing_else() {
    let (Some(cdk), Some(plugin)) = (folder("iam/cdk"), folder("iam/serverless-step-functions")) else {
        return;
    };
    let files = cdk.len() + plugin.len();
    let mut pairs: Vec<Pair> = cdk.into_iter().map(|(name, case)| of_cdk(name, &case)).collect();
    pairs.extend(plugin.into_iter().flat_map(|(name, case)| of_plugin(&name, &case)));

    let (mut covered, mut surplus, mut exact, mut justified) = (0, 0, 0, 0);
    let (mut wrong, mut used) = (vec![], BTreeSet::new());
    for Pair { name, ours, theirs } in &pairs {
        for right in theirs {
            if ours.iter().any(|own| own.meets(right)) {
                covered += 1;
            } else if let Some(at) = SURPLUS.iter().position(|(action, part, _)| {
                fits(&action.to_lowercase(), &right.action.to_lowercase())
                    && fits(part, &format!("{name} {}", right.resource))
            }) {
                surplus += 1;
                used.insert(("surplus", at));
            } else {
                wrong.push(format!("{name}: not allowed: {} on {}", right.action, right.resource));
            }
        }
        for own in ours {
            if theirs.iter().any(|right| right.covers(own)) {
                exact += 1;
            } else if let Some(at) = JUSTIFIED.iter().position(|reviewed| {
                fits(reviewed.action, &own.action)
                    && fits(reviewed.place, &format!("{name} {}", own.resource))
            }) {
                justified += 1;
                used.insert(("justified", at));
            } else {
                wrong.push(format!(
                    "{name}: beyond theirs: {} on {} {:?}",
                    own.action, own.resource, own.conditions
                ));
            }
        }
    }
    println!(
        "policies: {} pairs of {files} files; of their rights {covered} are needs and allowed, {surplus} are surplus; of ours \
         {exact} are theirs too, {justified} are justified differences, {} wrong",
        pairs.len(),
        wrong.len()
    );
    for (at, (action, part, _)) in SURPLUS.iter().enumerate() {
        if !used.contains(&("surplus", at)) {
            wrong.push(format!("no case has the surplus {action} in {part}"));
        }
    }
    for (at, reviewed) in JUSTIFIED.iter().enumerate() {
        assert!(reviewed.page.starts_with("https://docs.aws.amazon.com/"), "{}", reviewed.why);
        if !used.contains(&("justified", at)) {
            wrong.push(format!("no case has the difference {} in {}", reviewed.action, reviewed.place));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A machine out of a template of the CDK's.
fn of_cdk(name: String, case: &Value) -> Pair {
    let machine = case["source"]["logical_id"].as_str().unwrap();
    let definition = match &case["definition"] {
        Value::String(text) => serde_json::from_str(text).unwrap(),
        other => other.clone(),
    };
    pair(name, machine, &definition, &case["statements"])
}

/// The machines of a configuration of the plugin's, each with the role that it was given.
fn of_plugin(name: &str, case: &Value) -> Vec<Pair> {
    let mut pairs = vec![];
    for (key, machine) in case["input"]["stateMachines"].as_object().unwrap() {
        let id = machine["id"].as_str().unwrap_or(key);
        let role = match &case["resources"][format!("{id}Role")] {
            Value::Null => &case["pre_resources"][format!("{id}Role")],
            role => role,
        };
        let policies = role["Properties"]["Policies"].as_array().into_iter().flatten();
        let statements: Vec<Value> = policies
            .flat_map(|policy| policy["PolicyDocument"]["Statement"].as_array().unwrap().clone())
            .collect();
        // Some cases are about other things, and have the word `definition` for one.
        if statements.is_empty() || !machine["definition"]["States"].is_object() {
            continue;
        }
        let machine_name = machine["name"].as_str().unwrap_or(key);
        let mut definition = machine["definition"].clone();
        repair(&mut definition["States"]);
        pairs.push(pair(
            format!("{name} {key}"),
            machine_name,
            &flat(&definition),
            &flat(&json!(statements)),
        ));
    }
    pairs
}

fn pair(name: String, machine: &str, written: &Value, statements: &Value) -> Pair {
    let kinds = kinds(statements);
    let activities = activities(written, &kinds);
    let made_up = |name: &str| value(name, machine, &kinds, &activities);
    let text = filled(&written.to_string(), made_up);
    let found = needs(&definition(&text));
    let policy = filled(&found.policy().to_json().to_compact(), made_up);
    let policy: Value = serde_json::from_str(&policy).unwrap();
    hand_on(&name, &policy);
    let theirs: Value = serde_json::from_str(&filled(&statements.to_string(), made_up)).unwrap();
    Pair {
        name,
        ours: rights(policy["Statement"].as_array().unwrap()),
        theirs: rights(theirs.as_array().unwrap()),
    }
}

/// Writes a policy where other people's checkers look, if a variable says where that is.
fn hand_on(name: &str, policy: &Value) {
    if let Ok(directory) = std::env::var("CYANOTYPE_POLICIES") {
        let fits = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        let file: String = name.chars().map(fits).collect();
        std::fs::write(format!("{directory}/{file}.json"), policy.to_string()).unwrap();
    }
}

/// States that the plugin's cases leave unfinished come to an end, and a Map has its states where they belong.
fn repair(states: &mut Value) {
    for state in states.as_object_mut().unwrap().values_mut() {
        let ends = ["Next", "End"].iter().any(|field| state.get(field).is_some());
        if !ends && !matches!(state["Type"].as_str(), Some("Choice" | "Succeed" | "Fail")) {
            state["End"] = json!(true);
        }
        if let Some(states) = state.as_object_mut().unwrap().remove("States") {
            let start = state.as_object_mut().unwrap().remove("StartAt").unwrap();
            state["ItemProcessor"]["StartAt"] = start;
            state["ItemProcessor"]["States"] = states;
        }
        for field in ["ItemProcessor", "Iterator"] {
            if state[field]["States"].is_object() {
                repair(&mut state[field]["States"]);
            }
        }
        for branch in state["Branches"].as_array_mut().into_iter().flatten() {
            repair(&mut branch["States"]);
        }
        // Reading a field that is not there has made it.
        state.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    }
}

/// A value with `${Name}` for its intrinsics.
fn flat(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(flat).collect(),
        Value::String(text) => text.replace("#{", "${").into(),
        Value::Object(members) => {
            let one = members.iter().next().filter(|_| members.len() == 1);
            match one.map(|(name, inner)| (name.as_str(), flat(inner))) {
                Some(("Ref", name)) => format!("${{{}}}", name.as_str().unwrap()).into(),
                Some(("Fn::GetAtt", names)) => {
                    format!("${{{}.{}}}", names[0].as_str().unwrap(), names[1].as_str().unwrap()).into()
                }
                Some(("Fn::Join", parts)) => {
                    let texts: Vec<_> =
                        parts[1].as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
                    texts.join(parts[0].as_str().unwrap()).into()
                }
                Some(("Fn::Sub", Value::String(text))) => text.into(),
                Some(("Fn::Sub", parts)) => {
                    let mut text = parts[0].as_str().unwrap().to_owned();
                    for (name, value) in parts[1].as_object().unwrap() {
                        text = text.replace(&format!("${{{name}}}"), value.as_str().unwrap());
                    }
                    text.into()
                }
                _ => Value::Object(members.iter().map(|(name, inner)| (name.clone(), flat(inner))).collect()),
            }
        }
        other => other.clone(),
    }
}

/// Which service what a name stands for is of, by what is allowed on it.
fn kinds(statements: &Value) -> BTreeMap<String, String> {
    let mut kinds = BTreeMap::new();
    for statement in statements.as_array().unwrap() {
        let list = |value: &Value| match value {
            Value::Array(items) => items.clone(),
            other => vec![other.clone()],
        };
        let actions = list(&statement["Action"]);
        let action = actions[0].as_str().unwrap();
        let service = match action {
            "events:RetrieveConnectionCredentials" => "connection",
            _ => action.split_once(':').map_or("", |(service, _)| service),
        };
        for resource in list(&statement["Resource"]) {
            let resource = resource.as_str().unwrap().to_owned();
            if let Some((name, _)) = resource.strip_prefix("${").and_then(|rest| rest.split_once('}')) {
                let id = name.split('.').next().unwrap();
                kinds.entry(id.to_owned()).or_insert_with(|| service.to_owned());
            }
        }
    }
    kinds
}

/// What stands as the whole resource of a Task and is no function is an activity.
fn activities(definition: &Value, kinds: &BTreeMap<String, String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut todo = vec![definition];
    while let Some(value) = todo.pop() {
        match value {
            Value::Array(items) => todo.extend(items),
            Value::Object(members) => {
                let resource = members.get("Resource").and_then(Value::as_str).unwrap_or_default();
                if let Some(name) = resource.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'))
                    && kinds.get(name.split('.').next().unwrap()).is_none_or(|kind| kind != "lambda")
                {
                    found.insert(name.to_owned());
                }
                todo.extend(members.values());
            }
            _ => {}
        }
    }
    found
}

/// A text with a value for each `${Name}`.
fn filled(text: &str, value: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, after) = after.split_once('}').unwrap();
        out += before;
        out += &value(name);
        rest = after;
    }
    out + rest
}

const OWN: &str = "us-east-1:111122223333";

/// A made-up value, the same on both sides.
fn value(
    name: &str,
    machine: &str,
    kinds: &BTreeMap<String, String>,
    activities: &BTreeSet<String>,
) -> String {
    let (id, attribute) = name.split_once('.').unwrap_or((name, ""));
    let kind = kinds.get(id).map_or("", String::as_str);
    let arn = match kind {
        "lambda" => format!("arn:aws:lambda:{OWN}:function:{id}"),
        "sqs" => format!("arn:aws:sqs:{OWN}:{id}"),
        "sns" => format!("arn:aws:sns:{OWN}:{id}"),
        "s3" => format!("arn:aws:s3:::{id}"),
        "kms" => format!("arn:aws:kms:{OWN}:key/{id}"),
        "iam" | "sts" => format!("arn:aws:iam::111122223333:role/{id}"),
        "states" => format!("arn:aws:states:{OWN}:stateMachine:{id}"),
        "codebuild" => format!("arn:aws:codebuild:{OWN}:project/{id}"),
        "dynamodb" => format!("arn:aws:dynamodb:{OWN}:table/{id}"),
        "events" => format!("arn:aws:events:{OWN}:event-bus/{id}"),
        "connection" => format!("arn:aws:events:{OWN}:connection/{id}/1"),
        "logs" => format!("arn:aws:logs:{OWN}:log-group:{id}:*"),
        "ecs" => format!("arn:aws:ecs:{OWN}:task-definition/{id}:1"),
        _ => format!("arn:aws:ecs:{OWN}:cluster/{id}"),
    };
    match (name, attribute, kind) {
        ("AWS::Partition", ..) => "aws".into(),
        ("AWS::Region", ..) => "us-east-1".into(),
        ("AWS::AccountId", ..) => "111122223333".into(),
        ("AWS::URLSuffix", ..) => "amazonaws.com".into(),
        (MACHINE_NAME, ..) => machine.into(),
        _ if activities.contains(name) => format!("arn:aws:states:{OWN}:activity:{id}"),
        // What the recording has of an intrinsic that takes an ARN apart.
        _ if name.starts_with("Fn::") => "*".into(),
        (_, "Arn", _) => arn,
        (_, "SecretArn", _) => format!("arn:aws:secretsmanager:{OWN}:secret:events!connection/{id}/1-abcdef"),
        (_, "GuardrailArn", _) => format!("arn:aws:bedrock:{OWN}:guardrail/{id}"),
        (_, "", "states" | "sns" | "ecs") => arn,
        (_, "", "lambda")
            if kinds.contains_key(id) && kinds.len() > 1 && activities.is_empty() && is_reference(id) =>
        {
            arn
        }
        (_, "", "sqs") => format!("https://sqs.us-east-1.amazonaws.com/111122223333/{id}"),
        _ => id.into(),
    }
}

/// Names that the plugin's cases use for what is an ARN to them.
fn is_reference(id: &str) -> bool {
    id.starts_with("MyFunction")
}
