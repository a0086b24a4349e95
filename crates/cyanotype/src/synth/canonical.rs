//! One text for each meaning, to be hashed.
//!
//! Keys are sorted, sets are sorted, and an element is written as what makes it what it is. Our own writer: the bytes
//! are identity, and `serde_json`'s depend on the features of the user's other crates.

use std::{borrow::Cow, fmt::Write as _};

use cyanotype_cfn::{Digest, Intrinsic, Key, Tree};

/// Writes trees in their canonical form.
pub(super) struct Canonical<'a, 'm> {
    /// What an element is to whoever refers to it.
    pub(super) identity: &'a dyn Fn(Seen<'_>) -> Cow<'m, str>,
    /// Whether the order of the list under a key means nothing.
    pub(super) is_set: fn(&str) -> bool,
}

/// How an element is referred to.
#[derive(Clone, Copy)]
pub(super) struct Seen<'t> {
    pub(super) key: Key,
    /// What `Fn::GetAtt` reads of it.
    pub(super) attribute: Option<&'t str>,
}

impl From<Key> for Seen<'_> {
    fn from(key: Key) -> Self {
        Self { key, attribute: None }
    }
}

impl Canonical<'_, '_> {
    /// The canonical text of a tree.
    pub(super) fn text(&self, tree: &Tree) -> String {
        let mut out = String::new();
        self.write(tree, &mut out);
        out
    }

    /// The canonical text of the object that has these members.
    pub(super) fn object<'t>(&self, members: impl Iterator<Item = (&'t str, &'t Tree)>) -> String {
        let mut out = String::new();
        self.write_object(members, &mut out);
        out
    }

    fn write(&self, tree: &Tree, out: &mut String) {
        match tree {
            Tree::Null => out.push_str("null"),
            Tree::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
            Tree::Number(n) => {
                let _ = write!(out, "{n}");
            }
            Tree::Text(text) => quote(text, out),
            Tree::List(items) => {
                out.push('[');
                separated(items, out, |item, out| self.write(item, out));
                out.push(']');
            }
            Tree::Map(entries) => {
                self.write_object(entries.iter().map(|(key, value)| (key.as_str(), value)), out);
            }
            Tree::Intrinsic(intrinsic) => self.intrinsic(intrinsic, out),
        }
    }

    fn write_object<'t>(&self, members: impl Iterator<Item = (&'t str, &'t Tree)>, out: &mut String) {
        let mut members: Vec<_> = members.collect();
        members.sort_by_key(|(key, _)| *key);
        out.push('{');
        separated(members, out, |(key, value), out| {
            quote(key, out);
            out.push(':');
            match value {
                Tree::List(items) if (self.is_set)(key) => self.set(items, out),
                other => self.write(other, out),
            }
        });
        out.push('}');
    }

    fn set(&self, items: &[Tree], out: &mut String) {
        write_set(items.iter().map(|item| self.text(item)).collect(), out);
    }

    fn intrinsic(&self, intrinsic: &Intrinsic, out: &mut String) {
        let identity = |key: &Key| (self.identity)((*key).into());
        match intrinsic {
            Intrinsic::Ref(key) => self.function("Ref", &[&identity(key)], [], out),
            Intrinsic::GetAtt(key, attribute) => {
                let seen = Seen { key: *key, attribute: Some(attribute) };
                self.function("GetAtt", &[&(self.identity)(seen), attribute], [], out);
            }
            Intrinsic::LogicalId(key) => self.function("LogicalId", &[&identity(key)], [], out),
            Intrinsic::Condition(key) => self.function("Condition", &[&identity(key)], [], out),
            Intrinsic::Pseudo(pseudo) => self.function("Pseudo", &[pseudo.name()], [], out),
            Intrinsic::NoValue => self.function("NoValue", &[], [], out),
            Intrinsic::Concat(parts) => {
                let parts = joined(parts);
                match parts.as_slice() {
                    [] => quote("", out),
                    [one] => self.write(one, out),
                    many => self.function("Concat", &[], many.iter().map(|part| &**part), out),
                }
            }
            Intrinsic::And(parts) => self.function("And", &[], parts, out),
            Intrinsic::Or(parts) => self.function("Or", &[], parts, out),
            Intrinsic::Sub { text, variables } => {
                let mut variables: Vec<_> = variables.iter().collect();
                variables.sort_by_key(|(name, _)| *name);
                let names = variables.iter().map(|(name, _)| name.as_str());
                let texts: Vec<_> = [text.as_str()].into_iter().chain(names).collect();
                self.function("Sub", &texts, variables.iter().map(|(_, value)| *value), out);
            }
            Intrinsic::Join { delimiter, values } => self.function("Join", &[delimiter], [&**values], out),
            Intrinsic::Select { index, values } => {
                self.function("Select", &[&index.to_string()], [&**values], out);
            }
            Intrinsic::Split { delimiter, text } => self.function("Split", &[delimiter], [&**text], out),
            Intrinsic::Base64(text) => self.function("Base64", &[], [&**text], out),
            Intrinsic::FindInMap { mapping, top, second } => {
                self.function("FindInMap", &[&identity(mapping)], [&**top, &**second], out);
            }
            Intrinsic::ImportValue(name) => self.function("ImportValue", &[], [&**name], out),
            Intrinsic::If { condition, then, otherwise } => {
                self.function("If", &[&identity(condition)], [&**then, &**otherwise], out);
            }
            Intrinsic::Equals(a, b) => self.function("Equals", &[], [&**a, &**b], out),
            Intrinsic::Not(condition) => self.function("Not", &[], [&**condition], out),
            // To acknowledge a value changes nothing of what is deployed.
            Intrinsic::Acknowledged { value, .. } => self.write(value, out),
        }
    }

    /// `{"Name":[…]}`: texts, then trees.
    fn function<'t>(
        &self,
        name: &str,
        texts: &[&str],
        trees: impl IntoIterator<Item = &'t Tree>,
        out: &mut String,
    ) {
        out.push_str("{\"");
        out.push_str(name);
        out.push_str("\":[");
        separated(texts, out, |text, out| quote(text, out));
        let mut trees = trees.into_iter().peekable();
        if !texts.is_empty() && trees.peek().is_some() {
            out.push(',');
        }
        separated(trees, out, |tree, out| self.write(tree, out));
        out.push_str("]}");
    }
}

/// The list of these canonical texts, each once, in an order that depends on nothing but them.
pub(super) fn write_set(mut items: Vec<String>, out: &mut String) {
    items.sort_unstable();
    items.dedup();
    out.push('[');
    separated(items, out, |item, out| out.push_str(&item));
    out.push(']');
}

fn separated<T>(items: impl IntoIterator<Item = T>, out: &mut String, mut write: impl FnMut(T, &mut String)) {
    for (n, item) in items.into_iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        write(item, out);
    }
}

/// Parts of parts flat, and neighbouring texts as one: how a text was cut into parts is nothing of what it says.
fn joined(parts: &[Tree]) -> Vec<Cow<'_, Tree>> {
    let mut out: Vec<Cow<'_, Tree>> = vec![];
    let mut todo: Vec<&Tree> = parts.iter().rev().collect();
    while let Some(part) = todo.pop() {
        match part {
            Tree::Text(text) if text.is_empty() => {}
            Tree::Text(text) => match out.last_mut() {
                Some(before) if matches!(**before, Tree::Text(_)) => {
                    if let Tree::Text(before) = before.to_mut() {
                        before.push_str(text);
                    }
                }
                _ => out.push(Cow::Borrowed(part)),
            },
            Tree::Intrinsic(intrinsic) => match &**intrinsic {
                Intrinsic::Concat(inner) => todo.extend(inner.iter().rev()),
                Intrinsic::Acknowledged { value, .. } => todo.push(value),
                _ => out.push(Cow::Borrowed(part)),
            },
            _ => out.push(Cow::Borrowed(part)),
        }
    }
    out
}

/// The first `digits` hexadecimal digits of a text's SHA-256.
pub(super) fn short_hash(text: &str, digits: usize) -> String {
    let mut hash = Digest::of(text.as_bytes()).hex();
    hash.truncate(digits);
    hash
}

/// The canonical text of a text.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    quote(text, &mut out);
    out
}

/// A JSON string with the fewest escapes, so that there is one text for each.
fn quote(text: &str, out: &mut String) {
    out.push('"');
    if !text.contains(|c: char| matches!(c, '"' | '\\') || c < ' ') {
        out.push_str(text);
        out.push('"');
        return;
    }
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use cyanotype_cfn::{Value, tree};

    use super::*;

    #[track_caller]
    fn check(tree: Tree, expected: &str) {
        let canonical = Canonical {
            identity: &|seen| format!("element {}", seen.key.element).into(),
            is_set: |key| key == "SubnetIds",
        };
        assert_eq!(canonical.text(&tree), expected);
    }

    #[test]
    fn keys_and_sets_are_sorted_and_lists_are_not() {
        check(
            tree!({ "b": ["y", "x"], "a": true, "SubnetIds": ["y", "x", "y"] }),
            r#"{"SubnetIds":["x","y"],"a":true,"b":["y","x"]}"#,
        );
    }

    #[test]
    fn a_reference_is_what_its_target_is() {
        let target = Key { app: 0, stack: 0, element: 3 };
        check(tree!([Value::<String>::reference(target)]), r#"[{"Ref":["element 3"]}]"#);
        check(
            Value::concat([Value::attribute(target, "Arn"), ":*".into()]).into(),
            r#"{"Concat":[{"GetAtt":["element 3","Arn"]},":*"]}"#,
        );
    }

    #[test]
    fn how_a_text_is_cut_into_parts_does_not_count() {
        let region = || Value::pseudo(cyanotype_cfn::Pseudo::Region);
        let cut = Value::concat(["a".into(), Value::concat(["".into(), "b".into(), region()]), "c".into()]);
        let whole = Value::concat(["ab".into(), region(), "c".into()]);
        check(cut.into(), r#"{"Concat":["ab",{"Pseudo":["AWS::Region"]},"c"]}"#);
        check(whole.into(), r#"{"Concat":["ab",{"Pseudo":["AWS::Region"]},"c"]}"#);
        check(Value::concat(["a".into(), "b".into()]).into(), r#""ab""#);
    }

    #[test]
    fn control_characters_and_quotes_are_escaped_in_one_way() {
        check("a\"\\\n\u{e9}".into(), "\"a\\\"\\\\\\u000a\u{e9}\"");
    }

    #[test]
    fn acknowledging_a_value_does_not_change_it() {
        check(Value::<String>::from("x").known_at_deploy("because").into(), r#""x""#);
    }

    #[test]
    fn an_order_of_variables_does_not_count() {
        let sub =
            |names: [&str; 2]| Value::sub("${A}${B}", names.map(|n| (n, Value::<String>::from(n)))).into();
        let (a, b): (Tree, Tree) = (sub(["A", "B"]), sub(["B", "A"]));
        let canonical = Canonical { identity: &|_| "".into(), is_set: |_| false };
        assert_eq!(canonical.text(&a), canonical.text(&b));
    }
}
