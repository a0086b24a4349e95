//! SHA-256, in the forms that CloudFormation and Lambda want.

use std::io;

use sha2::{Digest as _, Sha256};

/// A SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn hex(&self) -> String {
        let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
        self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// A text and its hash, which is taken as soon as the text is there: later it would have to be fetched from memory
/// again.
#[derive(Debug)]
pub struct Hashed {
    text: String,
    digest: Digest,
}

impl Hashed {
    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its hash.
    #[must_use]
    pub fn digest(&self) -> &Digest {
        &self.digest
    }
}

impl From<String> for Hashed {
    fn from(text: String) -> Self {
        Self { digest: Digest::of(text.as_bytes()), text }
    }
}

impl From<&str> for Hashed {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<Hashed> for String {
    fn from(hashed: Hashed) -> Self {
        hashed.text
    }
}

/// Passes bytes on, and hashes and counts what passed.
#[derive(Debug)]
pub struct HashWriter<W> {
    inner: W,
    hash: Sha256,
    count: u64,
}

impl<W: io::Write> HashWriter<W> {
    /// Around another writer; [`io::sink`] makes it a mere hash.
    pub fn new(inner: W) -> Self {
        Self { inner, hash: Sha256::new(), count: 0 }
    }

    /// How many bytes passed.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The writer, and the hash of all that passed.
    pub fn finish(self) -> (W, Digest) {
        (self.inner, Digest(self.hash.finalize().into()))
    }
}

impl<W: io::Write> io::Write for HashWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.inner.write(bytes)?;
        self.hash.update(bytes.get(..n).unwrap_or(bytes));
        self.count += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn the_writer_hashes_what_passes_through_it() {
        let mut writer = HashWriter::new(vec![]);
        writer.write_all(b"ab").unwrap();
        writer.write_all(b"c").unwrap();
        assert_eq!(writer.count(), 3);
        assert_eq!(writer.finish(), (b"abc".to_vec(), Digest::of(b"abc")));
    }

    #[test]
    fn hex_is_what_sha256sum_prints() {
        assert_eq!(Digest::of(b"").hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
