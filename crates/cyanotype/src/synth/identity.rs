//! What an element is to whoever refers to it, and the canonical texts that are made of that.

use std::borrow::Cow;

use cyanotype_cfn::{Key, Tree};

use super::{
    canonical::{Canonical, Seen, quoted, short_hash, write_set},
    model::{Identity, Model},
};
use crate::{
    app::{Body, Element},
    iam::Statement,
    lambda::is_unordered,
};

/// What an element is to whoever refers to it.
pub(super) fn identity_of<'m>(model: &'m Model<'_>, seen: Seen<'_>) -> Cow<'m, str> {
    let key = seen.key;
    let Some(element) = model.element(key) else { return Cow::default() };
    let path = || model.path(key).into();
    match &element.body {
        Body::Resource(_) => {
            let seen_as = model.nodes.get(key).and_then(|node| node.seen(seen.attribute));
            match seen_as.or(model.ids.get(key).map(String::as_str)) {
                Some(known) => known.into(),
                None => shallow_identity_of(model, seen),
            }
        }
        // Names are unique; what they stand for is known to the deploy, or fixed for the stack.
        Body::Parameter(_) | Body::Output(_) => path(),
        Body::Condition(_) | Body::Mapping(_) => model.meanings.get(key).map_or_else(path, Cow::from),
    }
}

/// The same as far as its own properties say it, without the identities of what these name.
pub(super) fn shallow_identity_of<'m>(model: &'m Model<'_>, seen: Seen<'_>) -> Cow<'m, str> {
    let key = seen.key;
    match model.nodes.get(key) {
        // Replaced in place when a property changes, so a right on it counts them.
        Some(node) if matches!(node.identity, Identity::Fixed) => {
            let base = |seen: Seen<'_>| base_of(model, seen.key);
            let writer = canonical(&base);
            let whole = node.shows_whole(seen.attribute);
            let text = if whole { writer.object(node.whole()) } else { writer.object(node.counted()) };
            format!("{}:{}", node.base, short_hash(&text, 64)).into()
        }
        Some(_) => base_of(model, key),
        // What has an identity beside a node; of what has neither, its path is all that is known here.
        None => match model.element(key) {
            Some(Element { body: Body::Resource(_), .. }) => model.path(key).into(),
            _ => identity_of(model, seen),
        },
    }
}

/// What a condition or mapping means. Each is hashed once, in the order of making: a condition names only those that
/// were made before it.
pub(super) fn meanings(model: &mut Model) {
    for (stack, data) in model.stacks() {
        for (element, Element { body, .. }) in (0u32..).zip(&data.elements) {
            let of_mapping;
            let tree = match body {
                Body::Condition(tree) => &**tree,
                Body::Mapping(entries) => {
                    of_mapping =
                        Tree::map(entries.iter().map(|(key, inner)| (key, Tree::map(inner.clone()))));
                    &of_mapping
                }
                _ => continue,
            };
            let known = &model.meanings;
            let identity =
                |Seen { key, .. }: Seen<'_>| known.get(key).map_or_else(|| model.path(key).into(), Cow::from);
            let meaning = short_hash(&canonical(&identity).text(tree), 64);
            model.meanings.insert(Key { app: model.app.id, stack, element }, meaning);
        }
    }
}

/// As far as paths and create-only properties say it: what is known before anything else is.
fn base_of<'m>(model: &'m Model<'_>, key: Key) -> Cow<'m, str> {
    match model.nodes.get(key) {
        Some(node) if matches!(node.identity, Identity::CreateOnly(_)) && !node.suffix.is_empty() => {
            format!("{}{}", node.base, node.suffix).into()
        }
        Some(node) => node.base.as_str().into(),
        None => model.path(key).into(),
    }
}

/// The writer for everything that is no policy.
pub(super) fn canonical<'a, 'm>(identity: &'a dyn Fn(Seen<'_>) -> Cow<'m, str>) -> Canonical<'a, 'm> {
    Canonical { identity, is_set: is_unordered }
}

/// Statements as a set.
pub(super) fn statements_text<'m>(
    statements: &[Statement],
    identity: &dyn Fn(Seen<'_>) -> Cow<'m, str>,
) -> String {
    let mut texts: Vec<_> = statements.iter().map(|statement| statement_text(statement, identity)).collect();
    texts.sort();
    texts.dedup();
    format!("[{}]", texts.join(","))
}

/// A statement in its canonical form, with its actions and resources as sets.
pub(super) fn statement_text<'m>(
    statement: &Statement,
    identity: &dyn Fn(Seen<'_>) -> Cow<'m, str>,
) -> String {
    let writer = Canonical { identity, is_set: |key| matches!(key, "Action" | "Resource") };
    let conditions =
        Tree::map(statement.conditions.iter().map(|(key, value)| (key, Tree::map(value.clone()))));
    // An object in its canonical form, put together from those of its members.
    let mut text = r#"{"Action":"#.to_owned();
    write_set(statement.actions.iter().map(|action| quoted(action)).collect(), &mut text);
    text += &format!(
        r#","Condition":{},"Effect":"{}","Resource":"#,
        writer.text(&conditions),
        statement.effect.name()
    );
    write_set(statement.resources.iter().map(|resource| writer.text(resource)).collect(), &mut text);
    text.push('}');
    text
}
