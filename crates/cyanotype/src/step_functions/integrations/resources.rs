//! The resources that a definition names, by the placeholders that stand for them.

mod targets;

use std::borrow::Cow;

use cyanotype_asl::{Segment, Text};
use cyanotype_cfn::{Intrinsic, Key, Pseudo, Tree, Value};
use indexmap::IndexMap;

use super::resource_types::{Form, OwnName, ResourceType, find};
use crate::app::{AppData, ResourceBody};

/// What placeholders stand for.
///
/// A resource of a known type is written as an ARN with its name in it, or as that name, however it is referred to. So
/// what is read from the text does not depend on that, and what begins with the ARN becomes a reference to it again.
pub(super) struct Resources<'a> {
    app: &'a AppData,
    values: IndexMap<String, Tree>,
    /// By the ARN as it is written: what it is in the template, and of which resource.
    arns: Vec<(Text, Tree, Key)>,
}

/// A piece of a value on its way into a text.
enum Piece<'t> {
    Literal(Cow<'t, str>),
    Pseudo(&'t str),
    /// With the reason for which it is acknowledged, if it is.
    Tree(&'t Tree, Option<&'t str>),
}

impl<'a> Resources<'a> {
    pub(super) fn new(app: &'a AppData) -> Self {
        Self { app, values: IndexMap::new(), arns: vec![] }
    }

    pub(super) fn app(&self) -> &'a AppData {
        self.app
    }

    /// Says what a placeholder stands for.
    pub(super) fn define(&mut self, placeholder: &str, value: Tree) {
        self.values.insert(placeholder.to_owned(), value);
    }

    /// A text of a definition with what its placeholders stand for, as far as that can be written out.
    pub(super) fn write_out(&mut self, text: &Text, known: &IndexMap<String, Value<String>>) -> Text {
        let mut out = Text::default();
        for segment in text.segments() {
            match segment {
                Segment::Placeholder(name) => match known.get(name) {
                    Some(value) => self.value(name, value.tree(), &mut out),
                    None => out.push(segment.clone()),
                },
                Segment::Literal(_) => out.push(segment.clone()),
            }
        }
        out
    }

    /// The resource whose ARN a text begins with, as far as it is one of the app.
    pub(super) fn behind(&self, text: &Text) -> Option<Key> {
        let own = self.arns.iter().find(|(arn, ..)| text.segments().starts_with(arn.segments()));
        own.map(|(_, _, key)| *key)
    }

    /// What a template has in the place of a text.
    pub(super) fn tree(&self, text: &Text) -> Tree {
        let segments = text.segments();
        let whole = self.arns.iter().find_map(|(arn, tree, _)| {
            let rest = segments.strip_prefix(arn.segments())?;
            Some((tree, rest))
        });
        let (first, rest) = whole.map_or((None, segments), |(tree, rest)| (Some(tree.clone()), rest));
        let mut parts: Vec<_> = first.into_iter().chain(rest.iter().map(|part| self.part(part))).collect();
        match (parts.len(), parts.pop()) {
            (1, Some(one)) => one,
            (_, last) => Value::concat(parts.into_iter().chain(last).map(Value::from_tree)).into(),
        }
    }

    /// A value as far as it can be written out, under a name that says what it is where it cannot.
    fn written_as(&mut self, wanted: &str, tree: &Tree) -> Text {
        let mut out = Text::default();
        self.value(wanted, tree, &mut out);
        out
    }

    /// A value as far as it can be written out.
    pub(super) fn written(&mut self, tree: &Tree) -> Text {
        self.written_as("Value", tree)
    }

    fn part(&self, segment: &Segment) -> Tree {
        match segment {
            Segment::Literal(literal) => literal.as_str().into(),
            // All have one: pseudo parameters when they are met, and the rest when they are made.
            Segment::Placeholder(name) => match self.values.get(name) {
                Some(tree) => tree.clone(),
                None => {
                    Pseudo::of(name).map(Intrinsic::Pseudo).map_or_else(|| name.as_str().into(), Tree::from)
                }
            },
        }
    }

    /// Puts a value behind a text. Parts of parts wait in a list, so that no depth exhausts the stack.
    fn value(&mut self, wanted: &str, tree: &Tree, out: &mut Text) {
        let mut todo = vec![Piece::Tree(tree, None)];
        while let Some(piece) = todo.pop() {
            let (tree, reason) = match piece {
                Piece::Literal(literal) => {
                    out.push(Segment::Literal(literal.into_owned()));
                    continue;
                }
                Piece::Pseudo(name) => {
                    out.push(Segment::Placeholder(name.to_owned()));
                    continue;
                }
                Piece::Tree(tree, reason) => (tree, reason),
            };
            let known = match tree {
                Tree::Text(text) => Some(text.as_str().into()),
                Tree::Intrinsic(intrinsic) => match &**intrinsic {
                    Intrinsic::Pseudo(pseudo) => Some(Text::placeholder(pseudo.name())),
                    Intrinsic::Ref(key) => self.resource(*key, None, reason),
                    Intrinsic::GetAtt(key, attribute) => self.resource(*key, Some(attribute), reason),
                    Intrinsic::Acknowledged { value, reason } => {
                        todo.push(Piece::Tree(value, Some(reason)));
                        continue;
                    }
                    Intrinsic::Concat(parts) => {
                        todo.extend(parts.iter().rev().map(|part| Piece::Tree(part, reason)));
                        continue;
                    }
                    Intrinsic::Sub { text, variables } => {
                        todo.extend(pieces(text, variables, reason).into_iter().rev());
                        continue;
                    }
                    _ => None,
                },
                _ => None,
            };
            out.extend(known.unwrap_or_else(|| self.unknown(wanted, tree, reason)));
        }
    }

    /// A value of which nothing is known but what its place in the definition or its attribute is called.
    fn unknown(&mut self, wanted: &str, tree: &Tree, reason: Option<&str>) -> Text {
        let name = match tree.as_intrinsic() {
            Some(Intrinsic::GetAtt(_, attribute)) => attribute,
            _ => wanted,
        };
        Text::placeholder(self.placeholder(name, acknowledged(tree.clone(), reason)))
    }

    /// What a reference to a resource, or an attribute of it, is when it is written out.
    fn resource(&mut self, key: Key, attribute: Option<&str>, reason: Option<&str>) -> Option<Text> {
        let body = self.app.resource(key)?;
        if body.type_name == "AWS::SSM::Parameter" {
            return parameter_name(body, attribute);
        }
        let of = find(&body.type_name)?;
        let form = of.form(attribute)?;
        let name = self.name(of, key, body, reason);
        match form {
            Form::Name => {
                self.arn(of, key, body, &name, reason);
                Some(Text::placeholder(name))
            }
            Form::Arn => Some(self.arn(of, key, body, &name, reason)),
            Form::Url => {
                self.arn(of, key, body, &name, reason);
                Some(queue_url(&name))
            }
        }
    }

    /// The placeholder of a resource's name.
    fn name(&mut self, of: &ResourceType, key: Key, body: &ResourceBody, reason: Option<&str>) -> String {
        let stack = self.app.stacks.get(key.stack as usize).map_or("", |stack| &stack.name);
        let path = self.app.element(key).map(|element| element.path.join("/")).unwrap_or_default();
        self.placeholder(&format!("{stack}/{path}.Name"), acknowledged(own_name(of, key, body), reason))
    }

    /// The ARN of a resource with its name in it, which is known as a reference to the resource from here on.
    fn arn(
        &mut self,
        of: &ResourceType,
        key: Key,
        body: &ResourceBody,
        name: &str,
        reason: Option<&str>,
    ) -> Text {
        let mut arn = own_arn(of.arn, name);
        let mut tree: Tree = match of.arn_attribute {
            Some(attribute) if of.reference != Form::Arn => Value::<String>::attribute(key, attribute).into(),
            _ => Value::<String>::reference(key).into(),
        };
        if let Some(property) = of.revised {
            // Every revision of what has a name, so that a new one moves no right.
            if body.properties.contains_key(property) {
                let family = arn.segments().iter().map(|segment| self.part(segment)).chain([":*".into()]);
                tree = Value::concat(family.map(Value::from_tree)).into();
            }
            arn.push(Segment::Literal(":".into()));
            arn.push(Segment::Placeholder(format!("{name} revision")));
        }
        if !self.arns.iter().any(|(known, ..)| *known == arn) {
            self.arns.push((arn.clone(), acknowledged(tree, reason), key));
        }
        arn
    }

    /// One value has one placeholder. Another value of the same name gets a number, in front: what a placeholder ends
    /// in says whether it is an ARN.
    fn placeholder(&mut self, wanted: &str, value: Tree) -> String {
        let mut name = wanted.to_owned();
        let mut number = 2_u32;
        loop {
            match self.values.get(&name) {
                Some(other) if *other == value => return name,
                Some(_) => name = format!("{number} {wanted}"),
                None => {
                    self.values.insert(name.clone(), value);
                    return name;
                }
            }
            number += 1;
        }
    }
}

/// What `Fn::Sub` puts together.
fn pieces<'t>(
    text: &'t str,
    variables: &'t IndexMap<String, Tree>,
    reason: Option<&'t str>,
) -> Vec<Piece<'t>> {
    let mut pieces = vec![];
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        pieces.push(Piece::Literal(before.into()));
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        pieces.push(match (name.strip_prefix('!'), variables.get(name)) {
            (Some(literal), _) => Piece::Literal(format!("${{{literal}}}").into()),
            (None, Some(tree)) => Piece::Tree(tree, reason),
            (None, None) => Piece::Pseudo(name),
        });
        rest = after;
    }
    pieces.push(Piece::Literal(rest.into()));
    pieces
}

/// `arn:<partition>:<service>:<region>:<account>:<before the name><name>`.
fn own_arn(beginning: &str, name: &str) -> Text {
    let mut arn = Text::from("arn:");
    arn.extend(Text::placeholder("AWS::Partition"));
    arn.push(Segment::Literal(":".into()));
    let mut rest = beginning;
    while let Some(at) = rest.find(['~', '^']) {
        let (before, after) = rest.split_at(at);
        arn.push(Segment::Literal(before.into()));
        let pseudo = if after.starts_with('~') { "AWS::Region" } else { "AWS::AccountId" };
        arn.push(Segment::Placeholder(pseudo.into()));
        rest = after.get(1..).unwrap_or_default();
    }
    arn.push(Segment::Literal(rest.into()));
    arn.push(Segment::Placeholder(name.into()));
    arn
}

/// `https://sqs.<region>.<suffix>/<account>/<name>`.
///
/// Source:
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html>
fn queue_url(name: &str) -> Text {
    let pseudo = |name: &str| Segment::Placeholder(name.into());
    let literal = |text: &str| Segment::Literal(text.into());
    Text::from_iter([
        literal("https://sqs."),
        pseudo("AWS::Region"),
        literal("."),
        pseudo("AWS::URLSuffix"),
        literal("/"),
        pseudo("AWS::AccountId"),
        literal("/"),
        pseudo(name),
    ])
}

/// The name of a parameter in SSM, if it is written down. Its ARN has no slash before the name, and the name may have
/// one, so that a reference cannot stand in the ARN.
///
/// Source: <https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html>
fn parameter_name(body: &ResourceBody, attribute: Option<&str>) -> Option<Text> {
    let name = body.properties.get("Name").filter(|_| attribute.is_none())?;
    name.as_text().map(Text::from)
}

fn own_name(of: &ResourceType, key: Key, body: &ResourceBody) -> Tree {
    if let Some(name) = of.revised.and_then(|property| body.properties.get(property)) {
        return name.clone();
    }
    let reference = Value::<String>::reference(key);
    let name = match of.own_name {
        OwnName::Reference => reference,
        OwnName::Attribute(name) => Value::attribute(key, name),
        OwnName::Part(cuts) => cuts.iter().fold(reference, |text, (separator, place)| {
            Value::select(*place, Value::split(*separator, text))
        }),
    };
    name.into()
}

fn acknowledged(value: Tree, reason: Option<&str>) -> Tree {
    match reason {
        Some(reason) => Intrinsic::Acknowledged { value: Box::new(value), reason: reason.to_owned() }.into(),
        None => value,
    }
}
