//! Lines and columns of a text, found without reading all of it each time.

use super::Position;

/// Characters are counted in blocks of so many bytes.
const BLOCK: usize = 1_024;

/// Where the lines of a text begin, and how many characters stand before each block.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    starts: Vec<usize>,
    characters: Vec<usize>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let mut lines = Self { starts: vec![0], characters: vec![] };
        let mut characters = 0;
        for (offset, byte) in text.bytes().enumerate() {
            if offset % BLOCK == 0 {
                lines.characters.push(characters);
            }
            characters += usize::from(begins_a_character(byte));
            if byte == b'\n' {
                lines.starts.push(offset + 1);
            }
        }
        lines
    }

    /// The place of a byte; of the end for one that is not there.
    pub(super) fn position(&self, text: &str, offset: usize) -> Position {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|line| self.starts.get(line)).copied().unwrap_or_default();
        let column = self.before(text, offset) - self.before(text, start) + 1;
        Position { offset, line, column }
    }

    /// How many characters begin before a byte.
    fn before(&self, text: &str, offset: usize) -> usize {
        let block = (offset / BLOCK).min(self.characters.len().saturating_sub(1));
        let counted = self.characters.get(block).copied().unwrap_or_default();
        let rest = text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        counted + rest.iter().filter(|byte| begins_a_character(**byte)).count()
    }
}

fn begins_a_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str) {
        let lines = Lines::of(text);
        for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
            assert_eq!(lines.position(text, offset), Position::of(text, offset), "{offset}");
        }
    }

    #[test]
    fn places_are_those_that_counting_gives() {
        check("");
        check("a\nbc\n\nd");
        check("é\nüö\n漢字");
        check(&"漢字\n".repeat(400));
        check(&"é".repeat(1_500));
    }
}
