//! The rights that definitions need, beside the policies that others wrote for the same definitions.
//!
//! The pairs are data that is not part of this repository: `CYANOTYPE_GOLDEN` says where they are.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on should say where"
)]

mod actions;
mod grants;
mod pairs;
mod policy;
mod reviewed;
mod scopes;
mod table;

use std::{fs, path::PathBuf};

use serde_json::Value;

/// Where the golden data is; None, with a word about it, where there is none.
fn golden() -> Option<PathBuf> {
    let root = std::env::var("CYANOTYPE_GOLDEN").ok();
    if root.is_none() {
        println!("skipped: CYANOTYPE_GOLDEN does not say where the golden data is");
    }
    root.map(PathBuf::from)
}

/// The files of a folder with their names.
fn folder(name: &str) -> Option<Vec<(String, Value)>> {
    let path = golden()?.join(name);
    let entries = fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut files: Vec<_> = entries
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "json"))
        .map(|entry| {
            let text = fs::read_to_string(entry.path()).unwrap();
            (entry.file_name().into_string().unwrap(), serde_json::from_str(&text).unwrap())
        })
        .collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(!files.is_empty(), "{} has no cases", path.display());
    Some(files)
}

/// The definition that a text is.
fn definition(text: &str) -> cyanotype_asl::Definition {
    let document = cyanotype_asl::Document::parse(text).unwrap().with_placeholders();
    document.definition().unwrap_or_else(|findings| panic!("{findings:?}\n{text}"))
}

/// A text as a template has it.
fn rendered(text: &cyanotype_asl::Text) -> String {
    let segment = |segment: &cyanotype_asl::Segment| match segment {
        cyanotype_asl::Segment::Literal(literal) => literal.clone(),
        cyanotype_asl::Segment::Placeholder(name) => format!("${{{name}}}"),
    };
    text.segments().iter().map(segment).collect()
}
