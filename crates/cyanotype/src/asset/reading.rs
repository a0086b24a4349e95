//! Reading a file whose checksum must be known before its first byte is passed on.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _},
};

use camino::Utf8Path;

/// How much of a file is in memory at a time. A larger one is read twice.
pub(super) const BLOCK: usize = 1 << 20;

/// A file that was read once.
pub(super) struct Reading<'a> {
    path: &'a Utf8Path,
    file: File,
    block: &'a mut [u8],
    sum: Sum,
}

/// What the header says of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) size: usize,
    pub(super) crc: u32,
}

impl<'a> Reading<'a> {
    /// Reads all of a file, a block at a time.
    pub(super) fn open(path: &'a Utf8Path, block: &'a mut [u8]) -> io::Result<Self> {
        let file = File::open(path).map_err(|error| in_path(path, error))?;
        let mut reading = Self { path, file, block, sum: Sum { size: 0, crc: 0 } };
        reading.sum = reading.pass(|_| Ok(()))?;
        Ok(reading)
    }

    pub(super) fn sum(&self) -> Sum {
        self.sum
    }

    /// Passes on the bytes that make the sum, or fails.
    pub(super) fn copy_to(mut self, to: &mut dyn io::Write) -> io::Result<()> {
        if self.sum.size < self.block.len() {
            // All of it is still there.
            return to.write_all(self.block.split_at(self.sum.size).0);
        }
        self.file.rewind().map_err(|error| in_path(self.path, error))?;
        if self.pass(|bytes| to.write_all(bytes))? == self.sum {
            Ok(())
        } else {
            Err(in_path(self.path, io::Error::other("it changed while it was read")))
        }
    }

    fn pass(&mut self, mut each: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<Sum> {
        let mut crc = crc32fast::Hasher::new();
        let mut size = 0;
        loop {
            let filled = fill(&mut self.file, self.block).map_err(|error| in_path(self.path, error))?;
            let (bytes, rest) = self.block.split_at(filled);
            crc.update(bytes);
            size += filled;
            each(bytes)?;
            if !rest.is_empty() {
                return Ok(Sum { size, crc: crc.finalize() });
            }
        }
    }
}

/// Reads until the block is full or the file ends.
pub(super) fn fill(file: &mut File, block: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(room) = block.get_mut(filled..).filter(|room| !room.is_empty()) {
        match file.read(room) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// An error, with the path of the file that it is about.
pub(super) fn in_path(path: &Utf8Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{path}`: {error}"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use camino::Utf8PathBuf;

    use super::*;

    fn file_of(bytes: &[u8]) -> (tempfile::TempDir, Utf8PathBuf) {
        let directory = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(directory.path().join("a")).unwrap();
        fs::write(&path, bytes).unwrap();
        (directory, path)
    }

    #[test]
    fn a_file_of_any_size_is_passed_on_as_it_is() {
        let bytes = b"0123456789abcdef";
        for size in 0..bytes.len() {
            let (_keep, path) = file_of(&bytes[..size]);
            let mut block = [0; 4];
            let reading = Reading::open(&path, &mut block).unwrap();
            assert_eq!(reading.sum().crc, crc32fast::hash(&bytes[..size]));
            let mut out = vec![];
            reading.copy_to(&mut out).unwrap();
            assert_eq!(out, &bytes[..size]);
        }
    }

    #[test]
    fn a_file_that_changes_between_its_two_readings_is_an_error_that_names_it() {
        for changed in ["0123456_", "0123456", "012345678", "", "0123"] {
            let (_keep, path) = file_of(b"01234567");
            let mut block = [0; 4];
            let reading = Reading::open(&path, &mut block).unwrap();
            fs::write(&path, changed).unwrap();
            let error = reading.copy_to(&mut io::sink()).unwrap_err();
            assert_eq!(error.to_string(), format!("`{path}`: it changed while it was read"));
        }
    }
}
