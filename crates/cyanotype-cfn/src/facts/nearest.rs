//! What a name that there is not may be meant as.

/// No longer name is near, and comparing takes time by length.
const LONGEST: usize = 120;

/// The candidate that is nearest to `name`, if a person could have mistyped it so: a letter in six may be wrong, two in
/// short names. The first of several that are as near.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = name.chars().count();
    if length > LONGEST {
        return None;
    }
    let furthest = (length / 6).clamp(2, 4);
    let near = candidates.into_iter().filter(|known| known.chars().count().abs_diff(length) <= furthest);
    let distances = near.map(|known| (distance(name, known), known));
    let (distance, known) = distances.min_by_key(|(distance, _)| *distance)?;
    // A name of which nothing is right is like none.
    (distance <= furthest && distance < length).then_some(known)
}

/// How many characters must be put in, left out or changed to make one text of the other, whatever their case.
fn distance(one: &str, other: &str) -> usize {
    strsim::levenshtein(&one.to_ascii_lowercase(), &other.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: Option<&str>) {
        assert_eq!(nearest(name, ["Arn", "QueueName", "QueueUrl", "MessageRetentionPeriod"]), expected);
    }

    #[test]
    fn a_mistyped_name_is_near() {
        check("Arnn", Some("Arn"));
        check("queuename", Some("QueueName"));
        check("QueueNam", Some("QueueName"));
        check("QueueUrls", Some("QueueUrl"));
        check("MessageRetensionPeroid", Some("MessageRetentionPeriod"));
    }

    #[test]
    fn another_name_is_not() {
        check("Outer", None);
        check("", None);
        check("Xy", None);
        check(&"QueueName".repeat(20), None);
    }
}
