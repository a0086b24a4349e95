//! The actions of IAM, with the resources that it looks at for each.
//!
//! `actions.txt` has AWS's service authorization reference in short. `@` begins a service by its prefix. `=` is the ARN
//! of a kind of resource behind `arn:<partition>:`, with `~` for the Region, `^` for the account and `{Name}` for what
//! differs. A line of actions begins with the numbers of their kinds, `!` behind those that IAM always looks at; `?`
//! where there are too many to be told apart.
//!
//! Source:
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>

use std::{collections::HashMap, sync::OnceLock};

const TABLE: &str = include_str!("actions.txt");

/// An action as AWS writes it.
pub(super) struct Action {
    pub(super) name: &'static str,
    pub(super) kinds: Kinds,
}

/// What IAM looks at.
pub(super) enum Kinds {
    /// Resources of these kinds; without any, none can be named.
    These(Vec<Kind>),
    /// Too many to tell.
    Many,
}

pub(super) struct Kind {
    pub(super) pattern: &'static str,
    /// Whether the action always has one.
    pub(super) is_required: bool,
}

/// An action by its prefix and its name in any case, as IAM takes it.
pub(super) fn action(prefix: &str, name: &str) -> Option<Action> {
    let (lines, service) = services().get(prefix)?;
    let service = service.get_or_init(|| read_service(lines));
    let (name, kinds) = service.actions.get(&name.to_ascii_lowercase())?;
    Some(Action { name, kinds: read(kinds, &service.patterns) })
}

/// Whether a service has this prefix.
pub(super) fn has(prefix: &str) -> bool {
    services().contains_key(prefix)
}

/// The prefixes of all services.
pub(super) fn prefixes() -> impl Iterator<Item = &'static str> {
    services().keys().copied()
}

/// A service of the table.
struct Service {
    patterns: Vec<&'static str>,
    /// By the name in lower case: the name, and the numbers of its kinds.
    actions: HashMap<String, (&'static str, &'static str)>,
}

/// The lines of a service, and what they say, read when it is asked for.
type Section = (&'static str, OnceLock<Service>);

/// The table, by prefix.
fn services() -> &'static HashMap<&'static str, Section> {
    static SERVICES: OnceLock<HashMap<&str, Section>> = OnceLock::new();
    SERVICES.get_or_init(|| {
        let sections = TABLE.split('@').filter_map(|section| section.split_once('\n'));
        sections.map(|(prefix, lines)| (prefix, (lines, OnceLock::new()))).collect()
    })
}

fn read_service(lines: &'static str) -> Service {
    let patterns = lines.lines().filter_map(|line| line.strip_prefix('=')).collect();
    let groups = lines.lines().filter_map(|line| line.split_once('\t'));
    let actions = groups.flat_map(|(kinds, names)| {
        names.split(' ').map(move |name| (name.to_ascii_lowercase(), (name, kinds)))
    });
    Service { patterns, actions: actions.collect() }
}

fn read(kinds: &str, patterns: &[&'static str]) -> Kinds {
    if kinds == "?" {
        return Kinds::Many;
    }
    let kind = |number: &str| {
        let plain = number.trim_end_matches('!');
        let pattern = patterns.get(plain.parse::<usize>().ok()?)?;
        Some(Kind { pattern, is_required: plain != number })
    };
    Kinds::These(kinds.split(',').filter_map(kind).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_found_in_any_case_with_its_resources() {
        let found = action("dynamodb", "getitem").unwrap();
        assert_eq!(found.name, "GetItem");
        let Kinds::These(kinds) = found.kinds else { panic!("no kinds") };
        let patterns: Vec<_> = kinds.iter().map(|kind| (kind.pattern, kind.is_required)).collect();
        assert_eq!(patterns, [("dynamodb:~:^:table/{TableName}", true)]);
        assert!(action("dynamodb", "Nothing").is_none());
        assert!(action("nothing", "GetItem").is_none());
    }
}
