//! Zips whose entries are compressed.
//!
//! A compressor's next release may make other bytes of the same files. So nothing but the upload hangs on these.

use std::{fs::File, io};

use camino::Utf8Path;
use cyanotype_cfn::Asset;
use miniz_oxide::{
    MZFlush, MZStatus,
    deflate::{
        core::{CompressorOxide, create_comp_flags_from_zip_params},
        stream::deflate,
    },
};

use super::{
    Zip,
    reading::{BLOCK, fill, in_path},
    zip::{Header, List, UTF_8, narrow, put},
};

/// A flag: checksum and sizes stand after the bytes, since they are not known before.
const SUMS_AFTER: u16 = 1 << 3;
/// The method.
const DEFLATED: u16 = 8;
/// Where most compressors stand between speed and size.
const LEVEL: i32 = 6;
/// 32 KiB, without a header of its own.
const RAW_WINDOW: i32 = -15;

/// A zip with the same files, compressed.
#[derive(Debug)]
pub(crate) struct Deflated(pub(crate) Zip);

impl Asset for Deflated {
    fn write_to(&self, to: &mut dyn io::Write) -> io::Result<()> {
        let mut list = List::default();
        let mut blocks = (vec![0; BLOCK], vec![0; BLOCK]);
        for entry in &self.0.entries {
            let unknown = Header { flags: UTF_8 | SUMS_AFTER, method: DEFLATED, crc: 0, packed: 0, size: 0 };
            let local = unknown.local(&entry.name)?;
            to.write_all(&local)?;
            let header = compress(&entry.path, &mut blocks, to)?;
            let mut after = vec![];
            put(&mut after, &[b"PK\x07\x08", &header.crc.to_le_bytes()]);
            put(&mut after, &[&narrow(header.packed)?.to_le_bytes(), &narrow(header.size)?.to_le_bytes()]);
            to.write_all(&after)?;
            let bytes = local.len() + header.packed + after.len();
            list.add(entry, header, bytes)?;
        }
        list.finish(to)
    }
}

/// Compresses a file, a block at a time, and says what there was.
fn compress(
    path: &Utf8Path,
    (block, packed): &mut (Vec<u8>, Vec<u8>),
    to: &mut dyn io::Write,
) -> io::Result<Header> {
    let mut file = File::open(path).map_err(|error| in_path(path, error))?;
    let mut compressor = CompressorOxide::new(create_comp_flags_from_zip_params(LEVEL, RAW_WINDOW, 0));
    let mut crc = crc32fast::Hasher::new();
    let mut header = Header { flags: UTF_8 | SUMS_AFTER, method: DEFLATED, crc: 0, packed: 0, size: 0 };
    loop {
        let filled = fill(&mut file, block).map_err(|error| in_path(path, error))?;
        let (mut bytes, rest) = block.split_at(filled);
        crc.update(bytes);
        header.size += filled;
        // Less than a block is the end.
        let flush = if rest.is_empty() { MZFlush::None } else { MZFlush::Finish };
        loop {
            let did = deflate(&mut compressor, bytes, packed, flush);
            bytes = bytes.get(did.bytes_consumed..).unwrap_or_default();
            to.write_all(packed.get(..did.bytes_written).unwrap_or_default())?;
            header.packed += did.bytes_written;
            match did.status {
                Ok(MZStatus::StreamEnd) => {
                    header.crc = crc.finalize();
                    return Ok(header);
                }
                Ok(_) if flush == MZFlush::None && bytes.is_empty() => break,
                Ok(_) => {}
                Err(error) => return Err(in_path(path, io::Error::other(format!("{error:?}")))),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, io::Cursor};

    use camino::Utf8PathBuf;

    use super::*;
    use crate::asset::{central, zip::Entry};

    /// The bytes of a deflated zip of one file.
    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let directory = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(directory.path().join("a.js")).unwrap();
        fs::write(&path, bytes).unwrap();
        let zip = Zip::new(vec![Entry { name: "a.js".into(), path, executable: true }], 0);
        let mut out = vec![];
        Deflated(zip).write_to(&mut out).unwrap();
        out
    }

    #[track_caller]
    fn check(bytes: &[u8]) {
        let zip = deflated(bytes);
        let contents = central::read(&mut Cursor::new(&zip)).unwrap().unwrap();
        assert_eq!((contents.files, contents.bytes), (1, bytes.len() as u64));
        let inflated = miniz_oxide::inflate::decompress_to_vec(&zip[34..]).unwrap();
        assert!(inflated == bytes, "{} bytes became {}", bytes.len(), inflated.len());
        // What stands after the bytes is what stands in the list.
        let list = zip.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
        assert_eq!(zip[list - 12..list], zip[list + 16..list + 28]);
        assert_eq!(zip[list - 16..list - 12], *b"PK\x07\x08");
        assert_eq!(zip[list + 16..list + 20], crc32fast::hash(bytes).to_le_bytes());
    }

    #[test]
    fn a_file_of_any_size_comes_out_as_it_went_in() {
        let noise = |size: usize| -> Vec<u8> {
            (0..size as u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
        };
        for size in [0, 1, 1000, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK] {
            check(&noise(size));
            check(&vec![b'x'; size]);
        }
    }

    #[test]
    fn the_same_file_becomes_the_same_bytes_and_fewer() {
        let text = "exports.handler = async () => 1;\n".repeat(1_000);
        assert_eq!(deflated(text.as_bytes()), deflated(text.as_bytes()));
        assert!(deflated(text.as_bytes()).len() < text.len() / 20);
    }
}
