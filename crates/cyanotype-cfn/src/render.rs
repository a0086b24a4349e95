//! From trees to JSON, once every logical ID is known.

use indexmap::IndexMap;

use crate::{Intrinsic, Json, Key, Tree};

/// What a stack calls the elements that its trees name.
pub trait Names {
    /// The logical ID of an element of this stack; None for one of another stack.
    fn local(&self, key: Key) -> Option<&str>;

    /// The name under which another stack exports what a reference (`attribute` is None) or attribute yields.
    fn export(&self, key: Key, attribute: Option<&str>) -> String;
}

impl Tree {
    /// The JSON of this tree as a stack's template has it.
    pub fn render(&self, names: &impl Names) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Bool(b) => Json::Bool(*b),
            Self::Number(n) => Json::Number(n.clone()),
            Self::Text(text) => Json::String(text.clone()),
            Self::List(items) => Json::Array(items.iter().map(|item| item.render(names)).collect()),
            Self::Map(entries) => {
                Json::Object(entries.iter().map(|(k, v)| (k.clone(), v.render(names))).collect())
            }
            Self::Intrinsic(intrinsic) => intrinsic.render(names),
        }
    }
}

impl Intrinsic {
    fn render(&self, names: &impl Names) -> Json {
        let both = |a: &Tree, b: &Tree| Json::Array(vec![a.render(names), b.render(names)]);
        let all = |trees: &[Tree]| Json::Array(trees.iter().map(|t| t.render(names)).collect());
        match self {
            Self::Ref(key) => match names.local(*key) {
                Some(id) => function("Ref", id),
                None => function("Fn::ImportValue", names.export(*key, None)),
            },
            Self::GetAtt(key, attribute) => match names.local(*key) {
                Some(id) => function("Fn::GetAtt", vec![id.into(), attribute.as_str().into()]),
                None => function("Fn::ImportValue", names.export(*key, Some(attribute))),
            },
            Self::Pseudo(pseudo) => function("Ref", pseudo.name()),
            Self::LogicalId(key) => names.local(*key).unwrap_or_default().into(),
            Self::Concat(parts) => concat(parts, names),
            Self::Sub { text, variables } => sub(
                text.clone(),
                variables.iter().map(|(name, value)| (name.clone(), value.render(names))).collect(),
            ),
            Self::Join { delimiter, values } => {
                function("Fn::Join", vec![delimiter.as_str().into(), values.render(names)])
            }
            Self::Select { index, values } => {
                function("Fn::Select", vec![(*index).into(), values.render(names)])
            }
            Self::Split { delimiter, text } => {
                function("Fn::Split", vec![delimiter.as_str().into(), text.render(names)])
            }
            Self::Base64(text) => function("Fn::Base64", text.render(names)),
            Self::FindInMap { mapping, top, second } => function(
                "Fn::FindInMap",
                vec![
                    names.local(*mapping).unwrap_or_default().into(),
                    top.render(names),
                    second.render(names),
                ],
            ),
            Self::ImportValue(name) => function("Fn::ImportValue", name.render(names)),
            Self::If { condition, then, otherwise } => function(
                "Fn::If",
                vec![
                    names.local(*condition).unwrap_or_default().into(),
                    then.render(names),
                    otherwise.render(names),
                ],
            ),
            Self::Condition(key) => function("Condition", names.local(*key).unwrap_or_default()),
            Self::Equals(a, b) => function("Fn::Equals", both(a, b)),
            Self::And(conditions) => function("Fn::And", all(conditions)),
            Self::Or(conditions) => function("Fn::Or", all(conditions)),
            Self::Not(condition) => function("Fn::Not", vec![condition.render(names)]),
            Self::NoValue => function("Ref", "AWS::NoValue"),
            Self::Acknowledged { value, .. } => value.render(names),
        }
    }
}

fn function(name: &str, argument: impl Into<Json>) -> Json {
    Json::object([(name, argument)])
}

/// `Fn::Sub` in its shortest form. Without `${` there is nothing to substitute, and cfn-lint says so (W1020).
fn sub(text: String, variables: IndexMap<String, Json>) -> Json {
    if !variables.is_empty() {
        return function("Fn::Sub", vec![text.into(), variables.into()]);
    }
    if text.contains("${") { function("Fn::Sub", text) } else { text.into() }
}

/// What a person would write: references stand in the text, and only what cannot stand there is a variable.
fn concat(parts: &[Tree], names: &impl Names) -> Json {
    let mut text = String::new();
    // Texts are put together before they are escaped: `$` may end one and `{` begin the next.
    let mut literal = String::new();
    let mut variables = IndexMap::new();
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
                    literal.push_str(names.local(*key).unwrap_or_default());
                    continue;
                }
                Intrinsic::Pseudo(pseudo) => Some(pseudo.name().to_owned()),
                Intrinsic::Ref(key) => names.local(*key).map(str::to_owned),
                Intrinsic::GetAtt(key, attribute) => names.local(*key).map(|id| format!("{id}.{attribute}")),
                _ => None,
            },
            _ => None,
        };
        let placeholder = placeholder.unwrap_or_else(|| {
            let name = format!("Part{}", variables.len() + 1);
            variables.insert(name.clone(), part.render(names));
            name
        });
        text.push_str(&escaped(&mut literal));
        text.push_str("${");
        text.push_str(&placeholder);
        text.push('}');
    }
    text.push_str(&escaped(&mut literal));
    sub(text, variables)
}

/// Empties the text and returns it as `Fn::Sub` wants literals.
fn escaped(literal: &mut String) -> String {
    std::mem::take(literal).replace("${", "${!")
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

        fn export(&self, _: Key, attribute: Option<&str>) -> String {
            format!("Other:Table{}", attribute.unwrap_or_default())
        }
    }

    const LOCAL: Key = Key { app: 0, stack: 0, element: 0 };
    const REMOTE: Key = Key { app: 0, stack: 1, element: 0 };

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
