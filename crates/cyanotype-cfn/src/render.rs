//! From trees to JSON, once every logical ID is known.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde::{Serialize, Serializer};

use crate::{Intrinsic, Key, Tree};

/// What a stack calls the elements that its trees name.
pub trait Names {
    /// The logical ID of an element of this stack; None for one of another stack.
    fn local(&self, key: Key) -> Option<&str>;

    /// The logical ID of an element of whichever stack.
    fn id(&self, key: Key) -> &str;

    /// How another stack hands over what a reference (`attribute` is None) or attribute yields.
    fn elsewhere(&self, key: Key, attribute: Option<&str>) -> HandOver;
}

/// How one stack has a value of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandOver {
    /// By an export, which cannot change while it is imported.
    Export {
        /// Its name.
        name: String,
    },
    /// By an output, which can.
    ///
    /// Source:
    /// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html>
    Output {
        /// The name of the stack that has it.
        stack: String,
        /// Its logical ID.
        id: String,
    },
}

/// A part of a template with the names of what it refers to, for serde to write as it stands: no copy of it is made on
/// the way.
#[derive(Debug)]
pub struct Rendered<'a, T, N> {
    part: &'a T,
    names: &'a N,
}

/// What can be written once names are known.
pub(crate) trait Render {
    fn write<N: Names, S: Serializer>(&self, names: &N, to: S) -> Result<S::Ok, S::Error>;

    fn with<'a, N: Names>(&'a self, names: &'a N) -> Rendered<'a, Self, N>
    where
        Self: Sized,
    {
        Rendered { part: self, names }
    }
}

impl<T: Render, N: Names> Serialize for Rendered<'_, T, N> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.part.write(self.names, to)
    }
}

impl Tree {
    /// This tree as a stack's template has it.
    pub fn render<'a, N: Names>(&'a self, names: &'a N) -> Rendered<'a, Self, N> {
        self.with(names)
    }
}

impl Render for Tree {
    fn write<N: Names, S: Serializer>(&self, names: &N, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => to.serialize_unit(),
            Self::Bool(b) => to.serialize_bool(*b),
            Self::Number(n) => n.serialize(to),
            Self::Text(text) => to.serialize_str(text),
            Self::List(items) => to.collect_seq(items.iter().map(|item| item.with(names))),
            Self::Map(entries) => entries.write(names, to),
            Self::Intrinsic(intrinsic) => write_intrinsic(intrinsic, names, to),
        }
    }
}

impl<K: AsRef<str>, T: Render> Render for IndexMap<K, T> {
    fn write<N: Names, S: Serializer>(&self, names: &N, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter().map(|(key, part)| (key.as_ref(), part.with(names))))
    }
}

impl<T: Render> Render for &T {
    fn write<N: Names, S: Serializer>(&self, names: &N, to: S) -> Result<S::Ok, S::Error> {
        (**self).write(names, to)
    }
}

impl<T: Render + Clone> Render for Cow<'_, T> {
    fn write<N: Names, S: Serializer>(&self, names: &N, to: S) -> Result<S::Ok, S::Error> {
        (**self).write(names, to)
    }
}

fn write_intrinsic<N: Names, S: Serializer>(
    intrinsic: &Intrinsic,
    names: &N,
    to: S,
) -> Result<S::Ok, S::Error> {
    let id = |key: &Key| names.id(*key);
    match intrinsic {
        Intrinsic::Ref(key) => match names.local(*key) {
            Some(id) => function(to, "Ref", id),
            None => elsewhere(to, names.elsewhere(*key, None)),
        },
        Intrinsic::GetAtt(key, attribute) => match names.local(*key) {
            Some(id) => function(to, "Fn::GetAtt", &(id, attribute)),
            None => elsewhere(to, names.elsewhere(*key, Some(attribute))),
        },
        Intrinsic::Pseudo(pseudo) => function(to, "Ref", pseudo.name()),
        Intrinsic::LogicalId(key) => to.serialize_str(id(key)),
        Intrinsic::Concat(parts) => concat(parts, names, to),
        Intrinsic::Sub { text, variables } => {
            let variables: Vec<_> = variables.iter().collect();
            sub(text, &variables, names, to)
        }
        Intrinsic::Join { delimiter, values } => function(to, "Fn::Join", &(delimiter, values.render(names))),
        Intrinsic::Select { index, values } => function(to, "Fn::Select", &(index, values.render(names))),
        Intrinsic::Split { delimiter, text } => function(to, "Fn::Split", &(delimiter, text.render(names))),
        Intrinsic::Base64(text) => function(to, "Fn::Base64", &text.render(names)),
        Intrinsic::FindInMap { mapping, top, second } => {
            function(to, "Fn::FindInMap", &(id(mapping), top.render(names), second.render(names)))
        }
        Intrinsic::ImportValue(name) => function(to, "Fn::ImportValue", &name.render(names)),
        Intrinsic::If { condition, then, otherwise } => {
            function(to, "Fn::If", &(id(condition), then.render(names), otherwise.render(names)))
        }
        Intrinsic::Condition(key) => function(to, "Condition", id(key)),
        Intrinsic::Equals(a, b) => function(to, "Fn::Equals", &(a.render(names), b.render(names))),
        Intrinsic::And(conditions) => function(to, "Fn::And", &all(conditions, names)),
        Intrinsic::Or(conditions) => function(to, "Fn::Or", &all(conditions, names)),
        Intrinsic::Not(condition) => function(to, "Fn::Not", &[condition.render(names)]),
        Intrinsic::NoValue => function(to, "Ref", "AWS::NoValue"),
        Intrinsic::Acknowledged { value, .. } => value.render(names).serialize(to),
    }
}

fn function<S: Serializer>(
    to: S,
    name: &str,
    argument: &(impl Serialize + ?Sized),
) -> Result<S::Ok, S::Error> {
    to.collect_map([(name, argument)])
}

fn elsewhere<S: Serializer>(to: S, way: HandOver) -> Result<S::Ok, S::Error> {
    match way {
        HandOver::Export { name } => function(to, "Fn::ImportValue", &name),
        HandOver::Output { stack, id } => {
            function(to, "Fn::GetStackOutput", &IndexMap::from([("StackName", stack), ("OutputName", id)]))
        }
    }
}

fn all<'a, N: Names>(trees: &'a [Tree], names: &'a N) -> Vec<Rendered<'a, Tree, N>> {
    trees.iter().map(|tree| tree.render(names)).collect()
}

/// `Fn::Sub` in its shortest form. Without `${` there is nothing to substitute, and cfn-lint says so (W1020).
fn sub<K: AsRef<str>, N: Names, S: Serializer>(
    text: &str,
    variables: &[(K, &Tree)],
    names: &N,
    to: S,
) -> Result<S::Ok, S::Error> {
    if !variables.is_empty() {
        return function(to, "Fn::Sub", &(text, Variables { variables, names }));
    }
    if text.contains("${") { function(to, "Fn::Sub", text) } else { to.serialize_str(text) }
}

/// What the variables of a `Fn::Sub` stand for.
struct Variables<'a, K, N> {
    variables: &'a [(K, &'a Tree)],
    names: &'a N,
}

impl<K: AsRef<str>, N: Names> Serialize for Variables<'_, K, N> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let entries = self.variables.iter();
        to.collect_map(entries.map(|(name, value)| (name.as_ref(), value.render(self.names))))
    }
}

/// What a person would write: references stand in the text, and only what cannot stand there is a variable.
fn concat<N: Names, S: Serializer>(parts: &[Tree], names: &N, to: S) -> Result<S::Ok, S::Error> {
    let mut text = String::new();
    // Texts are put together before they are escaped: `$` may end one and `{` begin the next.
    let mut literal = String::new();
    let mut variables: Vec<(String, &Tree)> = vec![];
    // A stack instead of recursion, so that parts of parts come out flat.
    let mut todo: Vec<&Tree> = parts.iter().rev().collect();
    while let Some(part) = todo.pop() {
        let placeholder = match part {
            Tree::Text(part) => {
                literal.push_str(part);
                continue;
            }
            Tree::Intrinsic(intrinsic) => match &**intrinsic {
                Intrinsic::Concat(inner) => {
                    todo.extend(inner.iter().rev());
                    continue;
                }
                Intrinsic::Acknowledged { value, .. } => {
                    todo.push(value);
                    continue;
                }
                Intrinsic::LogicalId(key) => {
                    literal.push_str(names.id(*key));
                    continue;
                }
                Intrinsic::Pseudo(pseudo) => Some((pseudo.name(), None)),
                Intrinsic::Ref(key) => names.local(*key).map(|id| (id, None)),
                Intrinsic::GetAtt(key, attribute) => names.local(*key).map(|id| (id, Some(attribute))),
                _ => None,
            },
            _ => None,
        };
        push_escaped(&mut literal, &mut text);
        text.push_str("${");
        match placeholder.filter(|(id, _)| !id.starts_with(VARIABLE)) {
            Some((id, attribute)) => {
                text.push_str(id);
                if let Some(attribute) = attribute {
                    text.push('.');
                    text.push_str(attribute);
                }
            }
            None => {
                let name = format!("{VARIABLE}{}", variables.len() + 1);
                text.push_str(&name);
                variables.push((name, part));
            }
        }
        text.push('}');
    }
    push_escaped(&mut literal, &mut text);
    sub(&text, &variables, names, to)
}

/// What the names of variables begin with. A reference to what has such a logical ID becomes a variable too, or it
/// could read as one.
const VARIABLE: &str = "Part";

/// Moves a literal to the text, as `Fn::Sub` wants literals.
fn push_escaped(literal: &mut String, text: &mut String) {
    match literal.contains("${") {
        true => text.push_str(&literal.replace("${", "${!")),
        false => text.push_str(literal),
    }
    literal.clear();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Pseudo, Value, tree};

    struct Here;

    impl Names for Here {
        fn local(&self, key: Key) -> Option<&str> {
            (key.stack == 0).then_some("Table")
        }

        fn id(&self, _: Key) -> &str {
            "Table"
        }

        fn elsewhere(&self, key: Key, attribute: Option<&str>) -> HandOver {
            let id = format!("Table{}", attribute.unwrap_or_default());
            match key.stack {
                1 => HandOver::Export { name: format!("Other:{id}") },
                _ => HandOver::Output { stack: "Moving".into(), id },
            }
        }
    }

    const LOCAL: Key = Key { app: 0, stack: 0, element: 0 };
    const REMOTE: Key = Key { app: 0, stack: 1, element: 0 };
    const MOVING: Key = Key { app: 0, stack: 2, element: 0 };

    #[track_caller]
    fn check(tree: impl Into<Tree>, expected: serde_json::Value) {
        let rendered = serde_json::to_value(tree.into().render(&Here)).unwrap();
        assert_eq!(rendered, expected);
    }

    #[test]
    fn a_reference_within_the_stack_is_a_ref_and_across_stacks_an_import() {
        check(Value::<String>::reference(LOCAL), serde_json::json!({ "Ref": "Table" }));
        check(
            Value::<String>::attribute(LOCAL, "Arn"),
            serde_json::json!({ "Fn::GetAtt": ["Table", "Arn"] }),
        );
        check(
            Value::<String>::attribute(REMOTE, "Arn"),
            serde_json::json!({ "Fn::ImportValue": "Other:TableArn" }),
        );
        check(
            Value::<String>::reference(MOVING),
            serde_json::json!({ "Fn::GetStackOutput": { "StackName": "Moving", "OutputName": "Table" } }),
        );
    }

    #[test]
    fn concat_is_written_as_a_person_would_write_it() {
        let arn = Value::<String>::attribute(LOCAL, "Arn");
        check(Value::concat([arn.clone(), ":*".into()]), serde_json::json!({ "Fn::Sub": "${Table.Arn}:*" }));
        check(Value::concat(["a".into(), "b".into()]), serde_json::json!("ab"));
        check(
            Value::concat(["$".into(), "{b}".into(), Value::pseudo(Pseudo::Region)]),
            serde_json::json!({ "Fn::Sub": "${!b}${AWS::Region}" }),
        );
        check(
            Value::concat([Value::concat([arn, "/".into()]), Value::pseudo(Pseudo::Region), "${x}".into()]),
            serde_json::json!({ "Fn::Sub": "${Table.Arn}/${AWS::Region}${!x}" }),
        );
    }

    #[test]
    fn what_cannot_stand_in_a_sub_becomes_a_variable() {
        check(
            Value::concat([Value::attribute(REMOTE, "Arn"), "/*".into()]),
            serde_json::json!({ "Fn::Sub": ["${Part1}/*", { "Part1": { "Fn::ImportValue": "Other:TableArn" } }] }),
        );
    }

    #[test]
    fn a_logical_id_that_reads_as_a_variable_becomes_one() {
        struct Parts;
        impl Names for Parts {
            fn local(&self, _: Key) -> Option<&str> {
                Some("Part1")
            }

            fn id(&self, _: Key) -> &str {
                "Part1"
            }

            fn elsewhere(&self, _: Key, _: Option<&str>) -> HandOver {
                HandOver::Export { name: String::new() }
            }
        }
        let arn = Tree::from(Value::concat(["a".into(), Value::attribute(LOCAL, "Arn")]));
        let expected =
            serde_json::json!({ "Fn::Sub": ["a${Part1}", { "Part1": { "Fn::GetAtt": ["Part1", "Arn"] } }] });
        assert_eq!(serde_json::to_value(arn.render(&Parts)).unwrap(), expected);
    }

    #[test]
    fn a_sub_without_anything_to_substitute_is_plain_text() {
        let none: [(&str, Value<String>); 0] = [];
        check(Value::sub("plain", none), serde_json::json!("plain"));
    }

    #[test]
    fn a_logical_id_is_text_and_no_reference() {
        let tree = tree!(Tree::from(Intrinsic::LogicalId(LOCAL)));
        assert!(tree.targets().is_empty());
        check(tree, serde_json::json!("Table"));
    }
}
