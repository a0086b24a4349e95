//! What a zip of another tool says that it holds.
//!
//! A zip is read from its end: there is a list of all that is in it, with the sizes. Nothing is unzipped.
//!
//! Format: <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>

use std::io::{self, BufReader, Read, Seek, SeekFrom};

/// Of the last record, without the comment after it.
const END: u64 = 22;
/// Of the record before it, in a zip that is made for large files.
const LOCATOR: u64 = 20;
/// Of what that one leads to.
const LARGE_END: usize = 56;
/// Of an entry of the list, without name, extra fields and comment.
const ENTRY: usize = 46;
/// A number that is said elsewhere, because it has no room here.
const ELSEWHERE: u64 = 0xffff_ffff;

/// What a zip holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Contents {
    /// How many files, without directories.
    pub(super) files: u64,
    /// Their sizes, unzipped.
    pub(super) bytes: u64,
}

/// Reads the list of a zip; None for what is none, or has lost a part of it.
pub(super) fn read(file: &mut (impl Read + Seek)) -> io::Result<Option<Contents>> {
    let found = match place(file) {
        Ok(Some((start, size))) => {
            file.seek(SeekFrom::Start(start))?;
            entries(&mut BufReader::new(file), size)
        }
        other => other.map(|_| None),
    };
    match found {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        found => found,
    }
}

/// Where the list begins, and how long it is.
fn place(file: &mut (impl Read + Seek)) -> io::Result<Option<(u64, u64)>> {
    let length = file.seek(SeekFrom::End(0))?;
    let from = length.saturating_sub(LOCATOR + END + u64::from(u16::MAX));
    file.seek(SeekFrom::Start(from))?;
    let mut tail = vec![];
    file.by_ref().take(length - from).read_to_end(&mut tail)?;
    let Some(end) = end(&tail) else { return Ok(None) };
    let Some((_, record)) = tail.split_at_checked(end) else { return Ok(None) };

    let (size, offset) = (number(record, 12, 4), number(record, 16, 4));
    let elsewhere = number(record, 10, 2) == Some(0xffff) || [size, offset].contains(&Some(ELSEWHERE));
    let locator = end.checked_sub(LOCATOR as usize).and_then(|at| tail.get(at..end));
    if let Some(locator) = locator.filter(|locator| elsewhere && locator.starts_with(b"PK\x06\x07")) {
        let Some(at) = number(locator, 8, 8).filter(|at| *at < length) else { return Ok(None) };
        file.seek(SeekFrom::Start(at))?;
        let mut record = [0; LARGE_END];
        file.read_exact(&mut record)?;
        let size = number(&record, 40, 8).filter(|_| record.starts_with(b"PK\x06\x06"));
        return Ok(size.and_then(|size| Some((at.checked_sub(size)?, size))));
    }
    // From its end, since the places in the zip are wrong where something stands before it.
    Ok(size.and_then(|size| Some(((from + end as u64).checked_sub(size)?, size))))
}

/// Where the last record begins: its comment, of any length, ends with the file.
fn end(tail: &[u8]) -> Option<usize> {
    let fits = |at: &usize| {
        let record = tail.get(*at..).unwrap_or_default();
        let comment = number(record, 20, 2).filter(|_| record.starts_with(b"PK\x05\x06"));
        comment.is_some_and(|comment| END + comment <= record.len() as u64)
    };
    (0..tail.len()).rev().find(fits)
}

fn entries(from: &mut impl Read, mut left: u64) -> io::Result<Option<Contents>> {
    let mut contents = Contents::default();
    while left > 0 {
        let mut header = [0; ENTRY];
        from.read_exact(&mut header)?;
        let length = |at| number(&header, at, 2).unwrap_or_default();
        let (name, extra, comment) = (length(28), length(30), length(32));
        let rest = left.checked_sub(ENTRY as u64 + name + extra + comment);
        let (Some(rest), true) = (rest, header.starts_with(b"PK\x01\x02")) else { return Ok(None) };
        let mut after = vec![0; (name + extra + comment) as usize];
        from.read_exact(&mut after)?;
        let (name, after) = after.split_at(name as usize);

        let narrow = number(&header, 24, 4).unwrap_or_default();
        let wide = || large_size(after.get(..extra as usize).unwrap_or_default());
        let size = if narrow == ELSEWHERE { wide().unwrap_or(narrow) } else { narrow };
        contents.bytes = contents.bytes.saturating_add(size);
        contents.files += u64::from(!name.ends_with(b"/"));
        left = rest;
    }
    Ok(Some(contents))
}

/// The size of a large file, unzipped: the first number of the extra field that is for large files.
fn large_size(mut extra: &[u8]) -> Option<u64> {
    loop {
        let (id, length) = (number(extra, 0, 2)?, number(extra, 2, 2)?);
        if id == 1 {
            return number(extra, 4, 8);
        }
        extra = extra.get(4 + length as usize..)?;
    }
}

/// A number of some bytes, the least one first.
fn number(bytes: &[u8], at: usize, width: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(width)?)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    /// The list of a zip, of names, sizes and extra fields, and its end.
    fn zip(before: &[u8], entries: &[(&str, u32, &[u8])], comment: &str) -> Vec<u8> {
        let mut list = vec![];
        for (name, size, extra) in entries {
            let mut header = [0; ENTRY];
            header[..4].copy_from_slice(b"PK\x01\x02");
            header[24..28].copy_from_slice(&size.to_le_bytes());
            header[28..30].copy_from_slice(&(name.len() as u16).to_le_bytes());
            header[30..32].copy_from_slice(&(extra.len() as u16).to_le_bytes());
            list.extend([&header, name.as_bytes(), extra].concat());
        }
        let mut end = [0; 22];
        end[..4].copy_from_slice(b"PK\x05\x06");
        end[10..12].copy_from_slice(&(entries.len() as u16).to_le_bytes());
        end[12..16].copy_from_slice(&(list.len() as u32).to_le_bytes());
        end[20..].copy_from_slice(&(comment.len() as u16).to_le_bytes());
        [before, &list, &end, comment.as_bytes()].concat()
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: Option<(u64, u64)>) {
        let contents = read(&mut Cursor::new(bytes)).unwrap();
        assert_eq!(contents, expected.map(|(files, bytes)| Contents { files, bytes }));
    }

    #[test]
    fn sizes_are_summed_and_directories_are_no_files() {
        check(
            &zip(b"", &[("a/", 0, b""), ("a/b", 7, b""), ("c", 1 << 30, b"")], ""),
            Some((2, (1 << 30) + 7)),
        );
        check(&zip(b"", &[], ""), Some((0, 0)));
    }

    #[test]
    fn what_stands_before_and_a_comment_do_not_matter() {
        check(&zip(b"#!/bin/sh\n", &[("a", 7, b"")], "PK\x05\x06"), Some((1, 7)));
        check(&zip(b"", &[("a", 7, b"")], &"c".repeat(65_535)), Some((1, 7)));
    }

    #[test]
    fn the_size_of_a_large_file_stands_in_its_extra_field() {
        let extra = [&[9, 0, 1, 0, 0], &[1, 0, 8, 0][..], &(5u64 << 32).to_le_bytes()].concat();
        check(&zip(b"", &[("a", u32::MAX, &extra)], ""), Some((1, 5 << 32)));
        check(&zip(b"", &[("a", u32::MAX, b"")], ""), Some((1, ELSEWHERE)));
    }

    #[test]
    fn the_list_of_a_zip_for_large_files_is_found() {
        let mut bytes = zip(b"", &[("a", 7, b"")], "");
        let end = bytes.split_off(bytes.len() - 22);
        let size = bytes.len() as u64;
        let mut record = [0; LARGE_END];
        record[..4].copy_from_slice(b"PK\x06\x06");
        record[40..48].copy_from_slice(&size.to_le_bytes());
        let locator = [b"PK\x06\x07", &[0; 4][..], &size.to_le_bytes(), &[1, 0, 0, 0]].concat();
        let mut large = end;
        large[10..20].fill(0xff);
        check(&[&bytes, &record[..], &locator, &large].concat(), Some((1, 7)));
    }

    #[test]
    fn anything_else_is_no_zip() {
        let whole = zip(b"", &[("a", 7, b""), ("b", 7, b"")], "");
        for bytes in [&b""[..], b"PK\x05\x06", b"exports.handler = 1", &whole[..60], &whole[1..]] {
            check(bytes, None);
        }
    }

    proptest! {
        /// A few bytes of a zip are changed at random: it is read to an end all the same.
        #[test]
        fn nothing_makes_it_panic_or_loop(edits in prop::collection::vec((0usize..120, any::<u8>()), 0..20)) {
            let mut bytes = zip(b"before", &[("a", 7, b"\x01\0\x08\0\0\0\0\0\0\0\0\0"), ("b", 1, b"")], "");
            for (at, byte) in edits {
                bytes[at] = byte;
            }
            let _ = read(&mut Cursor::new(bytes));
        }
    }
}
