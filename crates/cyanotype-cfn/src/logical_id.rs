//! Names of a template's elements.

use std::fmt;

/// A logical ID: 1 to 255 ASCII letters and digits.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html>
///
/// The default is empty, and stands where no ID could be made and an error was reported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LogicalId(String);

impl LogicalId {
    /// The readable ID of a construct's path: each segment begins with a capital, and nothing but letters and digits
    /// stays. `["payments", "dead-letters"]` is `PaymentsDeadLetters`.
    ///
    /// It depends on the path alone, so that neither order nor siblings can move it. None if nothing is left, or more
    /// than 255 characters are.
    pub fn from_path<S: AsRef<str>>(path: impl IntoIterator<Item = S>) -> Option<Self> {
        let mut id = String::new();
        for segment in path {
            for word in segment.as_ref().split(|c: char| !c.is_ascii_alphanumeric()) {
                let mut letters = word.chars();
                id.extend(letters.next().map(|c| c.to_ascii_uppercase()));
                id.push_str(letters.as_str());
            }
        }
        (1..=255).contains(&id.len()).then_some(Self(id))
    }

    /// The same ID with something after it.
    #[must_use]
    pub fn with_suffix(&self, suffix: &str) -> Self {
        Self(format!("{}{suffix}", self.0))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LogicalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &[&str], expected: Option<&str>) {
        assert_eq!(LogicalId::from_path(path).as_ref().map(LogicalId::as_str), expected);
    }

    #[test]
    fn a_name_of_letters_stays_as_it_is() {
        check(&["Hello"], Some("Hello"));
        check(&["OrderAPI", "Table2"], Some("OrderAPITable2"));
    }

    #[test]
    fn words_are_joined_with_capitals() {
        check(&["payments", "dead-letters"], Some("PaymentsDeadLetters"));
        check(&["my function!"], Some("MyFunction"));
    }

    #[test]
    fn nothing_usable_is_no_id() {
        check(&[], None);
        check(&["…", "-"], None);
        check(&[&"x".repeat(256)], None);
    }
}
