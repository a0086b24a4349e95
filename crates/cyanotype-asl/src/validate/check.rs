//! Where the validator is in a definition, and what it has found.

use std::collections::{HashMap, HashSet};

use super::{Kind, context::Token, variables::Variables};
use crate::{Code, Finding, Json, Location, LocationStep, Severity};

/// The state of one validation.
pub(super) struct Check<'j> {
    pub(super) kind: Kind,
    pub(super) findings: Vec<Finding>,
    /// The language of the machine, which states have unless they say otherwise.
    pub(super) machine_language: Language,
    /// The language of the state that is looked at.
    pub(super) language: Language,
    /// Names of states that were seen, in all scopes.
    pub(super) names: HashSet<&'j str>,
    /// Labels of distributed Maps that were seen.
    pub(super) labels: HashMap<&'j str, Location>,
    /// Whether what is looked at is a part of a catcher.
    pub(super) catches: bool,
    /// How many Maps what is looked at stands in.
    pub(super) maps: usize,
    /// Whether the state that is looked at has a token.
    pub(super) token: Token,
    /// The variables of the scopes that what is looked at stands in.
    pub(super) variables: Variables<'j>,
    location: Vec<Step<'j>>,
    /// The states that the location is in, the innermost last, each with where the location goes on within it.
    states: Vec<(&'j str, usize)>,
}

/// In which language paths and expressions are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    JsonPath,
    Jsonata,
}

#[derive(Clone, Copy)]
enum Step<'j> {
    Field(&'j str),
    Index(usize),
}

impl Language {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::JsonPath => "JSONPath",
            Self::Jsonata => "JSONata",
        }
    }

    /// What a `QueryLanguage` stands for. AWS takes everything but the one word for JSONata, and refuses it as well.
    pub(super) fn of(value: Option<&Json>, otherwise: Self) -> Self {
        match value {
            None => otherwise,
            Some(Json::String(text)) if text.as_literal() == Some("JSONPath") => Self::JsonPath,
            Some(_) => Self::Jsonata,
        }
    }
}

impl<'j> Check<'j> {
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            kind,
            findings: vec![],
            machine_language: Language::JsonPath,
            language: Language::JsonPath,
            names: HashSet::new(),
            labels: HashMap::new(),
            catches: false,
            maps: 0,
            token: Token::None,
            variables: Variables::default(),
            location: vec![],
            states: vec![],
        }
    }

    /// Looks at what a member of the present object holds.
    pub(super) fn field<T>(&mut self, name: &'j str, look: impl FnOnce(&mut Self) -> T) -> T {
        self.location.push(Step::Field(name));
        let result = look(self);
        self.location.pop();
        result
    }

    /// Looks at an item of the present array.
    pub(super) fn item<T>(&mut self, index: usize, look: impl FnOnce(&mut Self) -> T) -> T {
        self.location.push(Step::Index(index));
        let result = look(self);
        self.location.pop();
        result
    }

    /// Looks at a state of the present `States`.
    pub(super) fn state<T>(&mut self, name: &'j str, look: impl FnOnce(&mut Self) -> T) -> T {
        self.states.push((name, self.location.len() + 1));
        let result = self.field(name, look);
        self.states.pop();
        result
    }

    pub(super) fn location(&self) -> Location {
        let steps = self.location.iter().map(|step| match step {
            Step::Field(name) => LocationStep::Field((*name).to_owned()),
            Step::Index(index) => LocationStep::Index(*index),
        });
        steps.collect()
    }

    /// Where it is within its state, as AWS writes it when a run fails: `Assign/total`.
    pub(super) fn field_of_state(&self) -> String {
        let start = self.states.last().map_or(0, |(_, start)| *start);
        let mut place = String::new();
        for step in self.location.iter().skip(start) {
            match step {
                Step::Field(name) if place.is_empty() => place.push_str(name),
                Step::Field(name) => place.extend(["/", name]),
                Step::Index(index) => place.push_str(&format!("[{index}]")),
            }
        }
        place
    }

    /// Reports that something is wrong here; the hint can be added to what is returned.
    pub(super) fn error(&mut self, code: Code, message: impl Into<String>) -> &mut Finding {
        let location = self.location();
        self.error_at(location, code, message)
    }

    /// The most frequent kind of error.
    pub(super) fn schema(&mut self, message: impl Into<String>) -> &mut Finding {
        self.error(Code::SchemaValidationFailed, message)
    }

    /// Reports what AWS takes, and what does not do what it says.
    pub(super) fn warning(&mut self, message: impl Into<String>) -> &mut Finding {
        let finding = self.error(Code::Advice, message);
        finding.severity = Severity::Warning;
        finding
    }

    pub(super) fn error_at(
        &mut self,
        location: Location,
        code: Code,
        message: impl Into<String>,
    ) -> &mut Finding {
        let state = self.states.last().map(|(name, _)| (*name).to_owned());
        let (message, severity) = (message.into(), Severity::Error);
        let finding = Finding { code, severity, location, state, message, hint: None };
        self.findings.push_mut(finding)
    }
}

impl Finding {
    pub(super) fn hint(&mut self, hint: impl Into<String>) {
        self.hint = Some(hint.into());
    }
}
