//! Which name was meant.

/// Of some names, the one that is like `name`, if one is.
pub(super) fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = name.chars().count() / 3 + 1;
    let measured = names.into_iter().map(|known| (distance(name, known), known));
    measured.filter(|(distance, _)| *distance <= near).min().map(|(_, known)| known)
}

/// How many characters must be put in, taken out or replaced to make one of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((to, replaced), removed) in b.iter().zip(&row).zip(row.iter().skip(1)) {
            let added = next.last().copied().unwrap_or_default();
            next.push((replaced + usize::from(from != *to)).min(removed + 1).min(added + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
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
