//! One text for each meaning, to be hashed.
//!
//! Keys are sorted, sets are sorted, and an element is written as what makes it what it is. Our own writer: the bytes
//! are identity, and `serde_json`'s depend on the features of the user's other crates.

use std::fmt::Write as _;

use cyanotype_cfn::{Digest, Intrinsic, Key, Tree};

/// Writes trees in their canonical form.
pub(super) struct Canonical<'a> {
    /// What an element is to whoever refers to it.
    pub(super) identity: &'a dyn Fn(Key) -> String,
    /// Whether the order of the list under a key means nothing.
    pub(super) is_set: fn(&str) -> bool,
}

impl Canonical<'_> {
    /// The canonical text of a tree.
    pub(super) fn text(&self, tree: &Tree) -> String {
        let mut out = String::new();
        self.write(tree, &mut out);
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
            Tree::List(items) => self.list(items.iter(), out),
            Tree::Map(entries) => {
                let mut entries: Vec<_> = entries.iter().collect();
                entries.sort_by(|a, b| a.0.cmp(b.0));
                out.push('{');
                for (n, (key, value)) in entries.into_iter().enumerate() {
                    if n > 0 {
                        out.push(',');
                    }
                    quote(key, out);
                    out.push(':');
                    match value {
                        Tree::List(items) if (self.is_set)(key) => self.set(items, out),
                        other => self.write(other, out),
                    }
                }
                out.push('}');
            }
            Tree::Intrinsic(intrinsic) => self.intrinsic(intrinsic, out),
        }
    }

    fn list<'t>(&self, items: impl Iterator<Item = &'t Tree>, out: &mut String) {
        out.push('[');
        for (n, item) in items.enumerate() {
            if n > 0 {
                out.push(',');
            }
            self.write(item, out);
        }
        out.push(']');
    }

    fn set(&self, items: &[Tree], out: &mut String) {
        let mut items: Vec<_> = items.iter().map(|item| self.text(item)).collect();
        items.sort();
        items.dedup();
        let _ = write!(out, "[{}]", items.join(","));
    }

    fn intrinsic(&self, intrinsic: &Intrinsic, out: &mut String) {
        let mut function = |name: &str, texts: &[&str], trees: &[&Tree]| {
            let _ = write!(out, "{{\"{name}\":[");
            for (n, text) in texts.iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                quote(text, out);
            }
            if !texts.is_empty() && !trees.is_empty() {
                out.push(',');
            }
            let mut inner = String::new();
            self.list(trees.iter().copied(), &mut inner);
            out.push_str(inner.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or_default());
            out.push_str("]}");
        };
        let identity = |key: &Key| (self.identity)(*key);
        match intrinsic {
            Intrinsic::Ref(key) => function("Ref", &[&identity(key)], &[]),
            Intrinsic::GetAtt(key, attribute) => function("GetAtt", &[&identity(key), attribute], &[]),
            Intrinsic::LogicalId(key) => function("LogicalId", &[&identity(key)], &[]),
            Intrinsic::Condition(key) => function("Condition", &[&identity(key)], &[]),
            Intrinsic::Pseudo(pseudo) => function("Pseudo", &[pseudo.name()], &[]),
            Intrinsic::NoValue => function("NoValue", &[], &[]),
            Intrinsic::Concat(parts) => {
                let parts = joined(parts);
                match parts.as_slice() {
                    [] => quote("", out),
                    [one] => self.write(one, out),
                    many => function("Concat", &[], &many.iter().collect::<Vec<_>>()),
                }
            }
            Intrinsic::And(parts) => function("And", &[], &parts.iter().collect::<Vec<_>>()),
            Intrinsic::Or(parts) => function("Or", &[], &parts.iter().collect::<Vec<_>>()),
            Intrinsic::Sub { text, variables } => {
                let mut names: Vec<_> = variables.keys().collect();
                names.sort();
                let texts: Vec<_> =
                    [text].into_iter().chain(names.iter().copied()).map(String::as_str).collect();
                let values: Vec<_> = names.iter().filter_map(|name| variables.get(*name)).collect();
                function("Sub", &texts, &values);
            }
            Intrinsic::Join { delimiter, values } => function("Join", &[delimiter], &[values]),
            Intrinsic::Select { index, values } => function("Select", &[&index.to_string()], &[values]),
            Intrinsic::Split { delimiter, text } => function("Split", &[delimiter], &[text]),
            Intrinsic::Base64(text) => function("Base64", &[], &[text]),
            Intrinsic::FindInMap { mapping, top, second } => {
                function("FindInMap", &[&identity(mapping)], &[top, second]);
            }
            Intrinsic::ImportValue(name) => function("ImportValue", &[], &[name]),
            Intrinsic::If { condition, then, otherwise } => {
                function("If", &[&identity(condition)], &[then, otherwise]);
            }
            Intrinsic::Equals(a, b) => function("Equals", &[], &[a, b]),
            Intrinsic::Not(condition) => function("Not", &[], &[condition]),
            // To acknowledge a value changes nothing of what is deployed.
            Intrinsic::Acknowledged { value, .. } => self.write(value, out),
        }
    }
}

/// Parts of parts flat, and neighbouring texts as one: how a text was cut into parts is nothing of what it says.
fn joined(parts: &[Tree]) -> Vec<Tree> {
    let mut out: Vec<Tree> = vec![];
    let mut todo: Vec<&Tree> = parts.iter().rev().collect();
    while let Some(part) = todo.pop() {
        match (part, out.last_mut()) {
            (Tree::Text(text), _) if text.is_empty() => {}
            (Tree::Text(text), Some(Tree::Text(before))) => before.push_str(text),
            (Tree::Intrinsic(intrinsic), _) => match &**intrinsic {
                Intrinsic::Concat(inner) => todo.extend(inner.iter().rev()),
                Intrinsic::Acknowledged { value, .. } => todo.push(value),
                _ => out.push(part.clone()),
            },
            _ => out.push(part.clone()),
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

/// A JSON string with the fewest escapes, so that there is one text for each.
fn quote(text: &str, out: &mut String) {
    out.push('"');
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
            identity: &|key| format!("element {}", key.element),
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
        let canonical = Canonical { identity: &|_| String::new(), is_set: |_| false };
        assert_eq!(canonical.text(&a), canonical.text(&b));
    }
}
