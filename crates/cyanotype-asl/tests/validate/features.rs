//! Whether every feature of the table has a check that names it.

use std::{collections::BTreeSet, fs, path::Path};

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

/// All features of the table, where it is there.
#[allow(clippy::print_stdout, reason = "a test that is skipped says so")]
fn features() -> Option<BTreeSet<String>> {
    let Ok(golden) = std::env::var("CYANOTYPE_GOLDEN") else {
        println!("skipped: CYANOTYPE_GOLDEN does not say where the feature table is");
        return None;
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
    Some(features)
}

#[test]
fn every_feature_has_a_call_that_writes_it() {
    let Some(features) = features() else { return };
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cyanotype/docs/states-language.md");
    let table = fs::read_to_string(table).unwrap();
    let rows: BTreeSet<String> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(' ').next().map(str::to_owned))
        .collect();
    let missing: Vec<_> = features.difference(&rows).collect();
    assert!(missing.is_empty(), "no row is about {missing:?}");
}

#[test]
fn every_feature_has_a_check_that_names_it() {
    let Some(features) = features() else { return };
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
    let missing: Vec<_> = features.difference(&named).collect();
    println!("{} features", features.len());
    assert!(missing.is_empty(), "no check names {missing:?}");
}
