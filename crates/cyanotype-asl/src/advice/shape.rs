//! What is known of a value without running anything: which members it has.

use std::collections::BTreeMap;

use crate::{
    Json, JsonPath, Text,
    jsonpath::{Root, Step},
};

/// Larger values are not followed: a loop that wraps its own input would otherwise have no end.
const MAX_MEMBERS: usize = 50;

/// A value, as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// It can be anything.
    Any,
    /// An object of these members at most, and of no other.
    Object(BTreeMap<String, Shape>),
    /// No object.
    Plain,
}

/// Where a path leads.
#[derive(Debug, PartialEq)]
pub(super) enum Found<'p> {
    Value(Shape),
    /// Nowhere: there is no such member.
    Missing(&'p str),
}

impl Shape {
    /// An object of these members, of which no more is known.
    pub(super) fn of_members(names: &[&str]) -> Self {
        Self::Object(names.iter().map(|name| ((*name).to_owned(), Self::Any)).collect())
    }

    /// Of a value that stands in the text.
    pub(super) fn of(json: &Json) -> Self {
        Self::of_template(json, &mut |_, _| Self::Any)
    }

    /// Of a template; what stands in its members that end in `.$` is asked for.
    pub(super) fn of_template<'j>(json: &'j Json, ask: &mut impl FnMut(&'j str, &'j Text) -> Self) -> Self {
        match json {
            Json::Object(members) => {
                let members = members.iter().map(|(name, value)| match (name.strip_suffix(".$"), value) {
                    (Some(plain), Json::String(text)) => (plain.to_owned(), ask(name, text)),
                    _ => (name.clone(), Self::of_template(value, ask)),
                });
                Self::Object(members.collect()).limited()
            }
            // A placeholder can stand for any value.
            Json::String(text) if text.as_literal().is_none() => Self::Any,
            _ => Self::Plain,
        }
    }

    /// Where a path leads: as far as its steps are names.
    pub(super) fn at<'p>(&self, path: &'p JsonPath) -> Found<'p> {
        if *path.root() != Root::Input {
            return Found::Value(Self::Any);
        }
        let mut shape = self;
        for step in path.steps() {
            let Step::Field(name) = step else { return Found::Value(Self::Any) };
            shape = match shape {
                Self::Any => return Found::Value(Self::Any),
                Self::Plain => return Found::Missing(name),
                Self::Object(members) => match members.get(name) {
                    Some(shape) => shape,
                    None => return Found::Missing(name),
                },
            };
        }
        Found::Value(shape.clone())
    }

    /// This value with another put into it where a path of names says; None where it says something else.
    pub(super) fn with(mut self, path: &JsonPath, value: Self) -> Option<Self> {
        let names = path.steps().iter().map(|step| match step {
            Step::Field(name) => Some(name),
            _ => None,
        });
        // As many members as there are names would be made.
        let names: Vec<_> = names.take(MAX_MEMBERS).collect::<Option<_>>()?;
        if names.len() < path.steps().len() {
            return None;
        }
        let mut shape = &self;
        for name in &names {
            shape = match shape {
                Self::Any => return Some(self),
                Self::Plain => return None,
                Self::Object(members) => match members.get(*name) {
                    Some(shape) => shape,
                    None => break,
                },
            };
        }
        let mut shape = &mut self;
        for name in names {
            let Self::Object(members) = shape else { return None };
            // AWS makes the objects that are not there.
            shape = members.entry(name.clone()).or_insert_with(|| Self::Object(BTreeMap::new()));
        }
        *shape = value;
        Some(self.limited())
    }

    /// What it can be when it is one of two.
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Plain, Self::Plain) => Self::Plain,
            (Self::Object(mut members), Self::Object(others)) => {
                for (name, other) in others {
                    let merged = match members.remove(&name) {
                        Some(shape) => shape.or(other),
                        None => other,
                    };
                    members.insert(name, merged);
                }
                Self::Object(members).limited()
            }
            _ => Self::Any,
        }
    }

    fn limited(self) -> Self {
        let mut count = 0;
        let mut todo = vec![&self];
        while let Some(shape) = todo.pop() {
            if let Self::Object(members) = shape {
                count += members.len();
                todo.extend(members.values());
            }
            if count > MAX_MEMBERS {
                return Self::Any;
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    fn shape(text: &str) -> Shape {
        Shape::of(Document::parse(text).unwrap().json())
    }

    fn at(shape: &Shape, path: &str) -> Result<Shape, String> {
        match shape.at(&JsonPath::parse(path).unwrap()) {
            Found::Value(shape) => Ok(shape),
            Found::Missing(name) => Err(name.to_owned()),
        }
    }

    #[test]
    fn paths_of_names_are_followed() {
        let shape = shape(r#"{ "a": { "b": 1 }, "c.$": "$.x", "d": [1] }"#);
        assert_eq!(at(&shape, "$.a.b"), Ok(Shape::Plain));
        assert_eq!(at(&shape, "$.a.x"), Err("x".into()));
        assert_eq!(at(&shape, "$.c.d.e"), Ok(Shape::Any));
        assert_eq!(at(&shape, "$.d[0].x"), Ok(Shape::Any));
        assert_eq!(at(&shape, "$.a.b.c"), Err("c".into()));
        assert_eq!(at(&shape, "$$.x"), Ok(Shape::Any));
        assert_eq!(at(&shape, "$..x"), Ok(Shape::Any));
    }

    #[test]
    fn what_is_put_in_is_there() {
        let with = |path: &str| shape(r#"{ "a": 1 }"#).with(&JsonPath::parse(path).unwrap(), Shape::Any);
        assert_eq!(at(&with("$.b.c").unwrap(), "$.b.x"), Err("x".into()));
        assert_eq!(at(&with("$.b.c").unwrap(), "$.b.c.x"), Ok(Shape::Any));
        assert_eq!(with("$.b[0]"), None);
        assert_eq!(with("$.a.b"), None);
    }

    #[test]
    fn what_is_there_on_one_way_can_be_there() {
        let both = shape(r#"{ "a": { "x": 1 } }"#).or(shape(r#"{ "a": { "y": 1 }, "b": 1 }"#));
        for path in ["$.a.x", "$.a.y", "$.b"] {
            assert!(at(&both, path).is_ok(), "{path}");
        }
        assert!(at(&both, "$.c").is_err());
        assert_eq!(both.or(Shape::Plain), Shape::Any);
    }
}
