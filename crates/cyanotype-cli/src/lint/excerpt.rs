//! The line that a finding is about.

use cyanotype_asl::Position;

/// How much of a line is shown to either side: a definition may be one line of a megabyte.
const AROUND: usize = 60;

/// The line with a mark under the place.
pub(super) fn excerpt(text: &str, position: Position) -> String {
    let line: Vec<char> = text.lines().nth(position.line - 1).unwrap_or_default().chars().collect();
    let at = (position.column - 1).min(line.len());
    let (from, to) = (at.saturating_sub(AROUND), (at + AROUND).min(line.len()));
    let (before, after) = (if from > 0 { "…" } else { "" }, if to < line.len() { "…" } else { "" });
    // A tab is as wide as one character here, so that the mark stands under its place.
    let shown: String = line
        .get(from..to)
        .unwrap_or_default()
        .iter()
        .map(|c| if c.is_control() { ' ' } else { *c })
        .collect();
    let number = position.line.to_string();
    let gutter = " ".repeat(number.len());
    let room = " ".repeat(at - from + before.chars().count());
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
