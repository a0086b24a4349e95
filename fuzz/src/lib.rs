//! What each fuzz target does with a text, and what must be true of what comes out.
//!
//! `crates/cyanotype-asl/tests/never_a_panic.rs` does the same with the texts in `seeds`, in every test run.

use cyanotype_asl::{Document, IntrinsicCall, Json, JsonPath, Jsonata, Kind};

/// A target by its name, which is that of its directory in `seeds` as well.
pub type Target = (&'static str, fn(&str));

/// All targets.
pub const TARGETS: [Target; 5] = [
    ("document", document),
    ("validate", validate),
    ("json_path", json_path),
    ("intrinsic", intrinsic),
    ("jsonata", jsonata),
];

/// Reads a definition, writes it and reads that.
pub fn document(text: &str) {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            assert!(text.is_char_boundary(error.position.offset), "{error}");
            return;
        }
    };
    for location in document.duplicates() {
        assert!(text.is_char_boundary(document.position(location).offset), "{location}");
    }
    for again in [document.json().to_compact(), document.json().to_pretty()] {
        let read = Document::parse(&again).unwrap_or_else(|error| panic!("{again:?}: {error}"));
        assert_eq!(read.json(), document.json());
    }
}

/// Reads a definition and says everything that there is to say about it.
pub fn validate(text: &str) {
    let Ok(document) = Document::parse(text) else { return };
    look(text, &document);
    look(text, &document.with_placeholders());
}

fn look(text: &str, document: &Document<'_>) {
    let standard = document.validate(Kind::Standard);
    let express = document.validate(Kind::Express);
    let advice = document.advise();
    for finding in standard.iter().chain(&express).chain(&advice) {
        assert!(text.is_char_boundary(document.position(&finding.location).offset), "{finding}");
    }
    if !matches!(document.json(), Json::Object(_)) {
        assert!(!standard.is_empty());
    }
}

/// Reads a path and asks it everything.
pub fn json_path(text: &str) {
    match JsonPath::parse(text) {
        Ok(path) => {
            // Jayway's way with quotes leaves names that cannot be written, so this may be another path or none.
            let _ = JsonPath::parse(&path.to_string());
            assert!(path.doubts().iter().all(|doubt| text.is_char_boundary(doubt.position)), "{text:?}");
            let _ = (path.is_definite(), path.as_reference());
        }
        Err(error) => assert!(text.is_char_boundary(error.position), "{text:?}: {error}"),
    }
}

/// Reads a call of an intrinsic function and asks it everything.
pub fn intrinsic(text: &str) {
    match IntrinsicCall::parse(text) {
        Ok(call) => {
            let again = IntrinsicCall::parse(&call.to_string());
            assert!(text.contains('$') || again.as_ref() == Ok(&call), "{text:?}: {call}");
            let problems = call.problems();
            assert!(problems.iter().all(|problem| text.is_char_boundary(problem.position)), "{text:?}");
            assert!(call.doubts().iter().all(|doubt| text.is_char_boundary(doubt.position)), "{text:?}");
        }
        Err(error) => assert!(text.is_char_boundary(error.position), "{text:?}: {error}"),
    }
}

/// Reads an expression and asks it everything.
pub fn jsonata(text: &str) {
    // JSONata counts in UTF-16, and where a token ends.
    let end = text.encode_utf16().count();
    match Jsonata::parse(text) {
        Ok(expression) => {
            assert!(expression.problems().iter().all(|problem| problem.position <= end), "{text:?}");
            let names = expression.variables().into_iter().chain(expression.states_fields());
            assert!(names.into_iter().all(|name| name.position <= end), "{text:?}");
        }
        // The reference steps over four digits even where the text ends before.
        Err(error) => assert!(error.position <= end + 4, "{text:?}: {error:?}"),
    }
}
