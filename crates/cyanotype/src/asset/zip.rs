//! Our own zips: stored, sorted, without times.
//!
//! A zip's bytes are identity: their hash is `CodeSha256`, which a version cannot change. So they are a function of the
//! files alone, and no other library, whose next release may compress or order otherwise, has a hand in them.
//!
//! Format: <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>

use std::io;

use camino::Utf8PathBuf;
use cyanotype_cfn::Asset;

use super::reading::{BLOCK, Reading, Sum};

/// A flag: names are UTF-8.
pub(super) const UTF_8: u16 = 1 << 11;
/// Not compressed.
const STORED: u16 = 0;
/// 1980-01-01, the first day that a zip knows, at midnight.
const DATE: u16 = (1 << 5) | 1;
/// Made on Unix, so that modes count; for readers of version 2.0.
const MADE_BY: u16 = (3 << 8) | 20;
const NEEDED: u16 = 20;

/// A zip that is made when it is written.
#[derive(Debug)]
pub(crate) struct Zip {
    pub(super) entries: Vec<Entry>,
    bytes: u64,
}

/// A file of a zip.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its name in the zip, with `/`.
    pub(super) name: String,
    pub(super) path: Utf8PathBuf,
    pub(super) executable: bool,
}

impl Zip {
    /// Of entries that are sorted by name, and have so many bytes.
    pub(super) fn new(entries: Vec<Entry>, bytes: u64) -> Self {
        Self { entries, bytes }
    }

    /// The size of its files.
    pub(crate) fn unzipped(&self) -> u64 {
        self.bytes
    }

    #[cfg(test)]
    pub(super) fn names(&self) -> Vec<&str> {
        self.entries.iter().map(|entry| entry.name.as_str()).collect()
    }
}

impl Asset for Zip {
    fn write_to(&self, to: &mut dyn io::Write) -> io::Result<()> {
        let mut list = List::default();
        let mut block = vec![0; BLOCK];
        for entry in &self.entries {
            let reading = Reading::open(&entry.path, &mut block)?;
            let Sum { crc, size } = reading.sum();
            let header = Header { flags: UTF_8, method: STORED, crc, packed: size, size };
            let local = header.local(&entry.name)?;
            to.write_all(&local)?;
            reading.copy_to(to)?;
            list.add(entry, header, local.len() + size)?;
        }
        list.finish(to)
    }
}

/// What a zip says of an entry, before it and in its list.
pub(super) struct Header {
    pub(super) flags: u16,
    /// How it is compressed.
    pub(super) method: u16,
    pub(super) crc: u32,
    /// Bytes in the zip.
    pub(super) packed: usize,
    /// Bytes of the file.
    pub(super) size: usize,
}

impl Header {
    /// What stands before an entry's bytes.
    pub(super) fn local(&self, name: &str) -> io::Result<Vec<u8>> {
        let mut local = vec![];
        put(&mut local, &[b"PK\x03\x04", &NEEDED.to_le_bytes(), &self.common(name)?, name.as_bytes()]);
        Ok(local)
    }

    /// What the local and the central header share, from the flags to the length of the extra field.
    fn common(&self, name: &str) -> io::Result<Vec<u8>> {
        let mut header = vec![];
        let name = u16::try_from(name.len()).map_err(too_large)?;
        for field in [self.flags, self.method, 0, DATE] {
            put(&mut header, &[&field.to_le_bytes()]);
        }
        for field in [self.crc, narrow(self.packed)?, narrow(self.size)?] {
            put(&mut header, &[&field.to_le_bytes()]);
        }
        for field in [name, 0] {
            put(&mut header, &[&field.to_le_bytes()]);
        }
        Ok(header)
    }
}

/// The list at the end of a zip, of what is in it.
#[derive(Default)]
pub(super) struct List {
    bytes: Vec<u8>,
    entries: usize,
    /// Where the next entry begins.
    offset: u32,
}

impl List {
    /// Adds an entry that takes so many bytes, all that stands around it included.
    pub(super) fn add(&mut self, entry: &Entry, header: Header, bytes: usize) -> io::Result<()> {
        let mode: u32 = if entry.executable { 0o100_755 } else { 0o100_644 };
        put(
            &mut self.bytes,
            &[
                b"PK\x01\x02",
                &MADE_BY.to_le_bytes(),
                &NEEDED.to_le_bytes(),
                &header.common(&entry.name)?,
                // Comment, disk and internal attributes: none.
                &[0; 6],
                &(mode << 16).to_le_bytes(),
                &self.offset.to_le_bytes(),
                entry.name.as_bytes(),
            ],
        );
        self.entries += 1;
        self.offset = narrow(self.offset as usize + bytes)?;
        Ok(())
    }

    pub(super) fn finish(mut self, to: &mut dyn io::Write) -> io::Result<()> {
        let count = u16::try_from(self.entries).map_err(too_large)?.to_le_bytes();
        let (size, offset) = (narrow(self.bytes.len())?.to_le_bytes(), self.offset.to_le_bytes());
        put(&mut self.bytes, &[b"PK\x05\x06", &[0; 4], &count, &count, &size, &offset, &[0; 2]]);
        to.write_all(&self.bytes)
    }
}

pub(super) fn put(to: &mut Vec<u8>, parts: &[&[u8]]) {
    for part in parts {
        to.extend_from_slice(part);
    }
}

/// Lambda takes far less than the 4 GiB of a zip without extensions.
pub(super) fn narrow(size: usize) -> io::Result<u32> {
    u32::try_from(size).map_err(too_large)
}

fn too_large(_: std::num::TryFromIntError) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, "too large for a zip")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use cyanotype_cfn::Digest;

    use super::*;

    fn zip_of(files: &[(&str, &str, bool)]) -> (Vec<u8>, Digest) {
        let directory = tempfile::tempdir().unwrap();
        let entries = files.iter().map(|(name, text, executable)| {
            let path = Utf8PathBuf::from_path_buf(directory.path().join(name)).unwrap();
            fs::write(&path, text).unwrap();
            Entry { name: (*name).into(), path, executable: *executable }
        });
        let zip = Zip::new(entries.collect(), 0);
        let mut bytes = vec![];
        zip.write_to(&mut bytes).unwrap();
        let digest = Digest::of_asset(&zip).unwrap();
        assert_eq!(Digest::of(&bytes), digest);
        (bytes, digest)
    }

    /// An upgrade of this crate must not move it: `CodeSha256` cannot change under a version that does not.
    #[test]
    fn the_bytes_of_a_zip_are_frozen() {
        let (_, digest) = zip_of(&[
            ("bootstrap", "#!/bin/sh\n", true),
            ("ünïcode.txt", "text\n", false),
            ("void", "", false),
        ]);
        assert_eq!(digest.hex(), "0d15458fd0977d9a9aea305008c4e4868ad4cf06c39dc27bc798501da13118f4");
    }

    #[test]
    fn a_file_that_vanished_is_named() {
        let gone = Entry { name: "a".into(), path: "/nowhere/a".into(), executable: false };
        let error = Digest::of_asset(&Zip::new(vec![gone], 0)).unwrap_err();
        assert!(error.to_string().starts_with("`/nowhere/a`: "), "{error}");
    }

    #[test]
    fn the_executable_bit_changes_the_zip() {
        assert_ne!(zip_of(&[("a", "x", true)]).1, zip_of(&[("a", "x", false)]).1);
    }
}
