//! The table of actions says what AWS's service authorization reference says.

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde_json::Value;

use super::golden;

/// More kinds of resources than these cannot be told apart by a call's arguments.
const MOST: usize = 8;

/// Written anew with `CYANOTYPE_BLESS` set, for the services that it has.
#[test]
fn the_table_is_what_aws_publishes() {
    let Some(root) = golden() else { return };
    let text = fs::read_to_string(root.join("iam/service-authorization.json")).unwrap();
    let known: Value = serde_json::from_str(&text).unwrap();
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/iam/needs/sdk/actions.txt");
    let table = fs::read_to_string(&path).unwrap();
    let prefixes = table.lines().filter_map(|line| line.strip_prefix('@'));
    let fresh: String = prefixes.map(|prefix| section(prefix, &known[prefix])).collect();
    if std::env::var_os("CYANOTYPE_BLESS").is_some() {
        fs::write(&path, &fresh).unwrap();
    }
    let wrong = fresh.lines().zip(table.lines()).find(|(fresh, old)| fresh != old);
    assert!(fresh == table, "{} is not what AWS publishes: {wrong:?}", path.display());
    println!("table: {} services, {} bytes", table.matches('@').count(), table.len());
}

/// Kinds of resources by their names, and whether an action always has one.
type Kinds = Vec<(String, bool)>;

fn section(prefix: &str, service: &Value) -> String {
    let resources = service["resources"].as_object().unwrap();
    let order = order(service);
    let mut groups: BTreeMap<Option<Kinds>, Vec<&str>> = BTreeMap::new();
    for (action, facts) in service["actions"].as_object().unwrap() {
        let mut kinds: Vec<&str> =
            facts["resources"].as_array().unwrap().iter().map(|kind| kind.as_str().unwrap()).collect();
        kinds.sort_unstable();
        if kinds.len() > MOST {
            kinds.retain(|kind| kind.ends_with('*'));
            if kinds.is_empty() || kinds.len() > MOST {
                groups.entry(None).or_default().push(action);
                continue;
            }
        }
        let kinds =
            kinds.into_iter().map(|kind| (kind.trim_end_matches('*').to_owned(), kind.ends_with('*')));
        let kinds = kinds.filter(|(kind, _)| resources.contains_key(kind)).collect();
        groups.entry(Some(kinds)).or_default().push(action);
    }
    let used = |name: &&str| groups.keys().flatten().flatten().any(|(kind, _)| kind == name);
    let used: Vec<&str> = order.into_iter().filter(used).collect();
    let mut lines: Vec<String> = groups
        .iter()
        .map(|(kinds, actions)| {
            let number = |(kind, is_required): &(String, bool)| {
                let at = used.iter().position(|name| name == kind).unwrap();
                format!("{at}{}", if *is_required { "!" } else { "" })
            };
            let kinds = kinds.as_ref().map(|kinds| kinds.iter().map(number).collect::<Vec<_>>().join(","));
            let mut actions = actions.clone();
            actions.sort_unstable();
            format!("{}\t{}", kinds.unwrap_or("?".into()), actions.join(" "))
        })
        .collect();
    lines.sort_unstable();
    let patterns = used.iter().map(|name| {
        let pattern = resources[*name].as_str().unwrap();
        let short = pattern.replacen("arn:${Partition}:", "", 1).replace("${Region}", "~");
        format!("={}", short.replace("${Account}", "^").replace("${", "{"))
    });
    let lines: Vec<String> = patterns.chain(lines).collect();
    format!("@{prefix}\n{}\n", lines.join("\n"))
}

/// The kinds of resources of a service, by name: whether a reader of JSON keeps its order is another crate's matter.
fn order(service: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = service["resources"].as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}
