//! The line that a finding is about.

use cyanotype_asl::Position;

/// How much of a line is shown to either side: a definition may be one line of a megabyte.
const AROUND: usize = 60;

/// The line with a mark under the place.
pub(super) fn excerpt(text: &str, position: Position) -> String {
    let (before, after) = text.split_at_checked(position.offset).unwrap_or((text, ""));
    // From the place outwards: the rest of a line of a megabyte is not looked at.
    let mut left: Vec<char> = before.chars().rev().take_while(|c| *c != '\n').take(AROUND + 1).collect();
    let mut right: Vec<char> = after.chars().take_while(|c| *c != '\n').take(AROUND + 1).collect();
    if right.last() == Some(&'\r') {
        right.pop();
    }
    let (before, after) =
        (if left.len() > AROUND { "…" } else { "" }, if right.len() > AROUND { "…" } else { "" });
    left.truncate(AROUND);
    right.truncate(AROUND);
    // A tab is as wide as one character here, so that the mark stands under its place.
    let shown = left.iter().rev().chain(&right).map(|c| if c.is_control() { ' ' } else { *c });
    let shown: String = shown.collect();
    let number = position.line.to_string();
    let gutter = " ".repeat(number.len());
    let room = " ".repeat(left.len() + before.chars().count());
    format!("{gutter} |\n{number} | {before}{shown}{after}\n{gutter} | {room}^\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, offset: usize, expected: &str) {
        assert_eq!(excerpt(text, Position::of(text, offset)), expected);
    }

    #[test]
    fn the_mark_stands_under_the_place() {
        check("{\n\t\"é\": 1\n}", 9, "  |\n2 |  \"é\": 1\n  |       ^\n");
    }

    #[test]
    fn of_a_long_line_the_part_around_the_place_is_shown() {
        let text = "x".repeat(1000);
        let shown = "x".repeat(120);
        check(&text, 500, &format!("  |\n1 | …{shown}…\n  | {}^\n", " ".repeat(61)));
    }

    #[test]
    fn the_end_of_a_text_is_a_place() {
        check("{", 1, "  |\n1 | {\n  |  ^\n");
        check("", 0, "  |\n1 | \n  | ^\n");
    }
}
