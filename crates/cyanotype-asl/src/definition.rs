//! The whole of a state machine.

use indexmap::IndexMap;

use crate::{
    Document, Finding, Json, QueryLanguage, State, Text,
    record::{Held, Reading, record},
};

record! {
    /// The definition of a state machine.
    ///
    /// See "State machine structure" in the AWS Step Functions Developer Guide:
    /// <https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html>.
    pub struct Definition {
        /// For readers; AWS keeps it and does nothing with it.
        "Comment" => comment: Option<Text>,
        /// The language of every state that does not say another; JSONPath without it.
        "QueryLanguage" => query_language: Option<QueryLanguage>,
        /// The version of the States Language: `1.0`, the only one.
        "Version" => version: Option<Text>,
        /// The name of the state that an execution starts in.
        "StartAt" => start_at: String,
        /// How long an execution may run, 1 to 99,999,999 seconds. It then ends with `TIMED_OUT`.
        "TimeoutSeconds" => timeout_seconds: Option<u32>,
        /// The states by name, in the order in which they are written.
        "States" => states: IndexMap<String, State>,
    }
}

impl Definition {
    /// A definition that starts there, without any states yet.
    #[must_use]
    pub fn new(start_at: impl Into<String>) -> Self {
        Self {
            comment: None,
            query_language: None,
            version: None,
            start_at: start_at.into(),
            timeout_seconds: None,
            states: IndexMap::new(),
        }
    }

    /// The definition in JSON, fields in the order in which AWS's own pages show them.
    #[must_use]
    pub fn to_json(&self) -> Json {
        self.json()
    }

    /// Reads a definition; [`to_json`](Self::to_json) gives the same again. A field that AWS does not know, or that
    /// holds what it cannot hold, is no part of any definition. Everything else that AWS refuses is found by
    /// [`validate`](Self::validate).
    ///
    /// ```
    /// use cyanotype_asl::{Definition, Document};
    ///
    /// let text = r#"{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":5,"End":true}}}"#;
    /// let definition = Definition::from_json(Document::parse(text)?.json()).expect("it is a definition");
    /// assert_eq!(definition.to_json().to_compact(), text);
    /// # Ok::<(), cyanotype_asl::SyntaxError>(())
    /// ```
    ///
    /// # Errors
    /// All such fields, each where it is.
    pub fn from_json(json: &Json) -> Result<Self, Vec<Finding>> {
        let mut reading = Reading::default();
        match Self::of_json(json, &mut reading) {
            Some(definition) if reading.findings.is_empty() => Ok(definition),
            _ => Err(reading.findings),
        }
    }
}

impl Document<'_> {
    /// The definition that the text is.
    ///
    /// # Errors
    /// As [`Definition::from_json`] has them.
    pub fn definition(&self) -> Result<Definition, Vec<Finding>> {
        Definition::from_json(self.json())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SucceedState;

    #[test]
    fn fields_are_in_the_customary_order() {
        let mut definition = Definition::new("Done");
        definition.states.insert("Done".into(), SucceedState::new().into());
        definition.comment = Some("c".into());
        definition.timeout_seconds = Some(60);
        definition.query_language = Some(QueryLanguage::Jsonata);
        assert_eq!(
            definition.to_json().to_compact(),
            r#"{"Comment":"c","QueryLanguage":"JSONata","StartAt":"Done","TimeoutSeconds":60,"States":{"Done":{"Type":"Succeed"}}}"#,
        );
    }
}
