//! Whether every feature of the table has a check that names it.

use std::{collections::BTreeSet, fs, path::Path};

/// Features without a check yet, with the reason.
const NOT_YET: &[(&str, &str)] = &[
    ("C1", "the fields of the context object are not looked at: a path into it is only read"),
    ("C2", "where the context object may be read is not looked at"),
    ("M26", "whether a distributed Map reads outer variables is not looked at"),
    ("V3", "values are those at entry: nothing can be wrong with it in a text"),
    ("V4", "names of outer scopes are not compared with those of inner ones"),
    ("V5", "sizes are known when an execution runs"),
    ("X6", "what a path finds is known when an execution runs"),
    ("X9", "what an expression yields is known when an execution runs"),
];

/// The identifiers of a text: capitals and then digits.
fn identifiers(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let is_one = |word: &&str| {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        letters.len() < word.len()
            && (1..=2).contains(&letters.len())
            && letters.chars().all(|c| c.is_ascii_uppercase())
    };
    words.filter(is_one).map(str::to_owned).collect()
}

#[test]
fn every_feature_has_a_check_that_names_it() {
    let Ok(golden) = std::env::var("CYANOTYPE_GOLDEN") else {
        println!("skipped: CYANOTYPE_GOLDEN does not say where the feature table is");
        return;
    };
    let table = fs::read_to_string(Path::new(&golden).join("ASL-FEATURES.md")).unwrap();
    let (_, table) = table.split_once("\n## 1.").unwrap();
    let (table, _) = table.split_once("\n## 4.").unwrap();
    // A row begins with its identifier; a heading lists those of its paragraph.
    let features: BTreeSet<String> = table
        .lines()
        .flat_map(|line| match line.strip_prefix("| ") {
            Some(row) => identifiers(row.split('|').next().unwrap_or_default()),
            None if line.starts_with('#') => identifiers(line),
            None => BTreeSet::new(),
        })
        .collect();
    assert!(features.len() > 90, "{} features", features.len());

    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validate");
    let mut named = BTreeSet::new();
    for entry in fs::read_dir(here).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().is_some_and(|name| name != "features.rs") {
            let source = fs::read_to_string(path).unwrap();
            // The first argument of a check.
            let quoted = source.split('"').skip(1).step_by(2).filter(|text| text.len() < 40);
            named.extend(quoted.flat_map(identifiers));
        }
    }
    let not_yet: BTreeSet<String> = NOT_YET.iter().map(|(feature, _)| (*feature).to_owned()).collect();
    let missing: Vec<_> = features.difference(&named).filter(|feature| !not_yet.contains(*feature)).collect();
    println!("{} features, {} of them not yet", features.len(), not_yet.len());
    assert!(missing.is_empty(), "no check names {missing:?}");
    let done: Vec<_> = not_yet.intersection(&named).collect();
    assert!(done.is_empty(), "{done:?} are checked now: take them from the list");
    assert!(not_yet.is_subset(&features), "the list names features that are not in the table");
}
