//! What a state hands to a call, as far as the definition says it.

use cyanotype_asl::{Json, TaskState, Text};
use indexmap::IndexMap;

/// The arguments of a call, or an object within them.
#[derive(Clone, Copy)]
pub(super) struct Arguments<'d> {
    language: Language,
    given: Given<'d>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    JsonPath,
    Jsonata,
}

#[derive(Clone, Copy)]
enum Given<'d> {
    Object(&'d IndexMap<String, Json>),
    /// All of it is known to an execution alone.
    Dynamic,
    Nothing,
}

/// One argument.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Argument<'d> {
    /// The definition says it, as far as the template fills in its placeholders.
    Static(&'d Text),
    /// An execution says it.
    Dynamic,
    /// It is not given.
    Absent,
}

impl<'d> Arguments<'d> {
    pub(super) fn of_task(task: &'d TaskState) -> Self {
        Self::new(task.parameters.as_ref(), task.arguments.as_ref(), Given::Dynamic)
    }

    /// Those of a Map's reader or writer, which without any takes nothing.
    pub(super) fn of_map(parameters: Option<&'d Json>, arguments: Option<&'d Json>) -> Self {
        Self::new(parameters, arguments, Given::Nothing)
    }

    /// Without `Parameters` and `Arguments` a Task hands on its input.
    fn new(parameters: Option<&'d Json>, arguments: Option<&'d Json>, without: Given<'d>) -> Self {
        let (language, json) = match (arguments, parameters) {
            (Some(json), _) => (Language::Jsonata, Some(json)),
            (None, json) => (Language::JsonPath, json),
        };
        let given = match json {
            Some(Json::Object(members)) => Given::Object(members),
            Some(_) => Given::Dynamic,
            None => without,
        };
        Self { language, given }
    }

    pub(super) fn get(&self, name: &str) -> Argument<'d> {
        match self.value(name) {
            Ok(Some(Json::String(text))) if !self.is_expression(text) => Argument::Static(text),
            Ok(Some(_)) | Err(()) => Argument::Dynamic,
            Ok(None) => Argument::Absent,
        }
    }

    /// The first of these that is given.
    pub(super) fn first(&self, names: &[&str]) -> Argument<'d> {
        let given = names.iter().map(|name| self.get(name)).find(|argument| *argument != Argument::Absent);
        given.unwrap_or(Argument::Absent)
    }

    /// An object in it.
    pub(super) fn within(&self, name: &str) -> Self {
        let given = match self.value(name) {
            Ok(Some(Json::Object(members))) => Given::Object(members),
            Ok(Some(_)) | Err(()) => Given::Dynamic,
            Ok(None) => Given::Nothing,
        };
        Self { language: self.language, given }
    }

    /// The objects of a list in it; none at all where the list is not given or only an execution knows it.
    pub(super) fn each(&self, name: &str) -> Option<Vec<Self>> {
        let Ok(Some(Json::Array(items))) = self.value(name) else { return None };
        let of = |item: &'d Json| match item {
            Json::Object(members) => Given::Object(members),
            _ => Given::Dynamic,
        };
        Some(items.iter().map(|item| Self { language: self.language, given: of(item) }).collect())
    }

    /// The strings of a list in it.
    pub(super) fn texts(&self, name: &str) -> Option<Vec<&'d Text>> {
        let Ok(Some(Json::Array(items))) = self.value(name) else { return None };
        let text = |item: &'d Json| match item {
            Json::String(text) if !self.is_expression(text) => Some(text),
            _ => None,
        };
        items.iter().map(text).collect()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        !matches!(self.value(name), Ok(None))
    }

    /// Whether the definition says nothing of them.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.given, Given::Dynamic)
    }

    /// Every argument whose name ends so, in any depth. A list keeps the place, so that no depth matters.
    pub(super) fn ending(&self, end: &str) -> Vec<(&'d str, Argument<'d>)> {
        let Given::Object(members) = self.given else { return vec![] };
        let mut found = vec![];
        let mut todo = vec![members];
        let mut lists: Vec<&Json> = vec![];
        while let Some(members) = todo.pop() {
            for (name, value) in members {
                let plain = name.strip_suffix(".$").unwrap_or(name);
                if plain.ends_with(end) {
                    let argument = match value {
                        Json::String(text) if plain == name && !self.is_expression(text) => {
                            Argument::Static(text)
                        }
                        _ => Argument::Dynamic,
                    };
                    found.push((plain, argument));
                }
                lists.push(value);
            }
            while let Some(value) = lists.pop() {
                match value {
                    Json::Object(members) => todo.push(members),
                    Json::Array(items) => lists.extend(items),
                    _ => {}
                }
            }
        }
        found
    }

    /// Its own members with a static text.
    pub(super) fn statics(&self) -> Vec<(&'d str, &'d Text)> {
        let Given::Object(members) = self.given else { return vec![] };
        let text = |(name, value): (&'d String, &'d Json)| match value {
            Json::String(text) if !self.is_expression(text) && !self.is_path(name) => {
                Some((name.as_str(), text))
            }
            _ => None,
        };
        members.iter().filter_map(text).collect()
    }

    /// A member; an error when only an execution knows it.
    fn value(&self, name: &str) -> Result<Option<&'d Json>, ()> {
        let members = match self.given {
            Given::Object(members) => members,
            Given::Dynamic => return Err(()),
            Given::Nothing => return Ok(None),
        };
        match members.get(name) {
            Some(value) => Ok(Some(value)),
            // A call has few arguments and many names are asked for: looking through them takes no new string.
            None if members.keys().any(|key| self.is_path(key) && key.strip_suffix(".$") == Some(name)) => {
                Err(())
            }
            None => Ok(None),
        }
    }

    fn is_path(&self, name: &str) -> bool {
        self.language == Language::JsonPath && name.ends_with(".$")
    }

    fn is_expression(&self, text: &Text) -> bool {
        self.language == Language::Jsonata && super::text::starts_with(text, "{%")
    }
}
