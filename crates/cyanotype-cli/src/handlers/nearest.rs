//! Which name was meant.

/// Of some names, the one that is like `name`, if one is.
pub(super) fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = name.chars().count() / 3 + 1;
    let measured = names.into_iter().map(|known| (strsim::levenshtein(name, known), known));
    measured.filter(|(distance, _)| *distance <= near).min().map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: Option<&str>) {
        assert_eq!(nearest(name, ["review", "notify", "rust-handlers"]), expected);
    }

    #[test]
    fn a_slip_is_seen_through_and_another_word_is_not() {
        check("reveiw", Some("review"));
        check("notfy", Some("notify"));
        check("rust_handlers", Some("rust-handlers"));
        check("charge", None);
        check("", None);
    }
}
