//! What a program for Linux needs of the system that runs it.
//!
//! Format: <https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html>, and for versions of symbols
//! <https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html>

use std::io::{self, Read, Seek, SeekFrom};

/// A program for 64-bit Linux.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Program {
    pub(crate) machine: Machine,
    /// The oldest glibc that has all it calls. None: it calls none.
    pub(crate) glibc: Option<(u32, u32)>,
}

/// What a program's instructions are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Machine {
    Arm64,
    X86_64,
    Other(u16),
}

const PT_LOAD: u32 = 1;
const PT_DYNAMIC: u32 = 2;
const DT_STRTAB: u64 = 5;
const DT_VERNEED: u64 = 0x6fff_fffe;
const DT_VERNEEDNUM: u64 = 0x6fff_ffff;
/// A version that the loader can do without.
const WEAK: u16 = 2;
/// A program has some ten segments and libraries, and some hundred entries in each table. More is none.
const MAX_ENTRIES: u64 = 4096;

/// Reads what a program needs; None when it is no program for 64-bit Linux on a little-endian machine.
pub(crate) fn read(file: &mut (impl Read + Seek)) -> io::Result<Option<Program>> {
    let mut elf = Elf { file };
    match elf.program() {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
        Ok(program) => Ok(program),
    }
}

struct Elf<'a, F> {
    file: &'a mut F,
}

/// A segment that is loaded: where it lies in memory and in the file.
struct Loaded {
    address: u64,
    offset: u64,
    size: u64,
}

impl<F: Read + Seek> Elf<'_, F> {
    fn program(&mut self) -> io::Result<Option<Program>> {
        let header = self.at::<64>(0)?;
        // 64 bits, little-endian; an executable, or one that lies anywhere.
        if !header.starts_with(b"\x7fELF\x02\x01") || !matches!(half(&header, 16), 2 | 3) {
            return Ok(None);
        }
        let machine = match half(&header, 18) {
            183 => Machine::Arm64,
            62 => Machine::X86_64,
            other => Machine::Other(other),
        };
        let (table, size, count) = (long(&header, 32), half(&header, 54), half(&header, 56));
        let (mut loaded, mut dynamic) = (vec![], None);
        for n in 0..u64::from(count).min(MAX_ENTRIES) {
            let entry = self.at::<56>(table.saturating_add(n * u64::from(size)))?;
            let segment =
                Loaded { address: long(&entry, 16), offset: long(&entry, 8), size: long(&entry, 32) };
            match word(&entry, 0) {
                PT_LOAD => loaded.push(segment),
                PT_DYNAMIC => dynamic = Some(segment),
                _ => {}
            }
        }
        let glibc = match dynamic {
            Some(dynamic) => self.versions(&dynamic, &loaded)?,
            None => None,
        };
        Ok(Some(Program { machine, glibc }))
    }

    /// The newest glibc whose symbols are named.
    fn versions(&mut self, dynamic: &Loaded, loaded: &[Loaded]) -> io::Result<Option<(u32, u32)>> {
        let (mut names, mut needs, mut libraries) = (None, None, 0);
        for n in 0..(dynamic.size / 16).min(MAX_ENTRIES) {
            let entry = self.at::<16>(dynamic.offset.saturating_add(n * 16))?;
            let value = long(&entry, 8);
            match long(&entry, 0) {
                0 => break,
                DT_STRTAB => names = offset_of(value, loaded),
                DT_VERNEED => needs = offset_of(value, loaded),
                DT_VERNEEDNUM => libraries = value,
                _ => {}
            }
        }
        let (Some(names), Some(mut need)) = (names, needs) else { return Ok(None) };
        let (mut newest, mut left) = (None, MAX_ENTRIES);
        for _ in 0..libraries.min(MAX_ENTRIES) {
            let library = self.at::<16>(need)?;
            let mut version = need.saturating_add(u64::from(word(&library, 8)));
            for _ in 0..u64::from(half(&library, 2)).min(left) {
                left -= 1;
                let entry = self.at::<16>(version)?;
                let name = self.name(names.saturating_add(u64::from(word(&entry, 8))))?;
                if half(&entry, 4) & WEAK == 0 {
                    newest = newest.max(glibc(&name));
                }
                version = version.saturating_add(u64::from(word(&entry, 12)));
            }
            need = need.saturating_add(u64::from(word(&library, 12)));
        }
        Ok(newest)
    }

    /// A name of versions, of which none is long.
    fn name(&mut self, offset: u64) -> io::Result<Vec<u8>> {
        self.file.seek(SeekFrom::Start(offset))?;
        let mut name = vec![];
        self.file.by_ref().take(64).read_to_end(&mut name)?;
        name.truncate(name.iter().position(|byte| *byte == 0).unwrap_or(name.len()));
        Ok(name)
    }

    fn at<const N: usize>(&mut self, offset: u64) -> io::Result<[u8; N]> {
        self.file.seek(SeekFrom::Start(offset))?;
        let mut bytes = [0; N];
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

/// Where in the file the byte of an address lies.
fn offset_of(address: u64, loaded: &[Loaded]) -> Option<u64> {
    loaded.iter().find_map(|segment| {
        let within = address.checked_sub(segment.address)?;
        (within < segment.size).then(|| segment.offset.saturating_add(within))
    })
}

/// 2.34 of `GLIBC_2.34`. `GLIBC_PRIVATE` and the names of other libraries' versions are none.
fn glibc(name: &[u8]) -> Option<(u32, u32)> {
    let version = str::from_utf8(name).ok()?.strip_prefix("GLIBC_")?;
    let mut parts = version.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

fn half(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes(array(bytes, at))
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(array(bytes, at))
}

fn long(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(array(bytes, at))
}

/// Some bytes of an entry, which has them.
fn array<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    bytes.get(at..).and_then(<[u8]>::first_chunk).copied().unwrap_or([0; N])
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    /// A program that needs these versions of one library, the weak ones after a sign.
    pub(crate) fn program(machine: u16, versions: &[&str]) -> Vec<u8> {
        const DYNAMIC: u64 = 0x200;
        const NEEDS: u64 = 0x300;
        const NAMES: u64 = 0x800;
        // Where it is loaded is not where it lies.
        const BASE: u64 = 0x40_0000;
        let mut file = vec![0; 0x1000];
        let mut put = |at: u64, bytes: &[u8]| {
            let at = at as usize;
            file[at..at + bytes.len()].copy_from_slice(bytes);
        };
        put(0, b"\x7fELF\x02\x01");
        put(16, &3u16.to_le_bytes());
        put(18, &machine.to_le_bytes());
        put(32, &64u64.to_le_bytes());
        put(54, &56u16.to_le_bytes());
        put(56, &2u16.to_le_bytes());
        for (n, (kind, offset, size)) in
            [(PT_LOAD, 0, 0x1000), (PT_DYNAMIC, DYNAMIC, 0x40)].iter().enumerate()
        {
            let at = 64 + 56 * n as u64;
            put(at, &kind.to_le_bytes());
            put(at + 8, &u64::to_le_bytes(*offset));
            put(at + 16, &(BASE + offset).to_le_bytes());
            put(at + 32, &u64::to_le_bytes(*size));
        }
        let entries = [(DT_STRTAB, BASE + NAMES), (DT_VERNEED, BASE + NEEDS), (DT_VERNEEDNUM, 1), (0, 0)];
        for (n, (tag, value)) in entries.iter().enumerate() {
            put(DYNAMIC + 16 * n as u64, &tag.to_le_bytes());
            put(DYNAMIC + 16 * n as u64 + 8, &value.to_le_bytes());
        }
        put(NEEDS + 2, &(versions.len() as u16).to_le_bytes());
        put(NEEDS + 8, &16u32.to_le_bytes());
        for (n, version) in versions.iter().enumerate() {
            let at = NEEDS + 16 + 16 * n as u64;
            let name = 32 * n as u64;
            put(NAMES + name, version.trim_start_matches('?').as_bytes());
            put(at + 4, &(if version.starts_with('?') { WEAK } else { 0 }).to_le_bytes());
            put(at + 8, &(name as u32).to_le_bytes());
            put(at + 12, &16u32.to_le_bytes());
        }
        file
    }

    #[track_caller]
    fn check(versions: &[&str], expected: Option<(u32, u32)>) {
        let read = read(&mut Cursor::new(program(62, versions))).unwrap().unwrap();
        assert_eq!(read, Program { machine: Machine::X86_64, glibc: expected });
    }

    #[test]
    fn the_newest_version_counts_by_its_numbers() {
        check(&["GLIBC_2.2.5", "GLIBC_2.34", "GLIBC_2.4"], Some((2, 34)));
        check(&["GLIBC_2.9", "GLIBC_2.17"], Some((2, 17)));
    }

    #[test]
    fn what_the_loader_can_do_without_does_not_count() {
        check(&["GLIBC_2.17", "?GLIBC_2.38"], Some((2, 17)));
    }

    #[test]
    fn other_libraries_and_private_versions_do_not_count() {
        check(&["GCC_3.0", "GLIBC_PRIVATE", "GLIBC_2.18"], Some((2, 18)));
        check(&["GCC_3.0"], None);
    }

    #[test]
    fn the_machine_is_known() {
        let machine = |number| read(&mut Cursor::new(program(number, &[]))).unwrap().unwrap().machine;
        assert_eq!(machine(183), Machine::Arm64);
        assert_eq!(machine(62), Machine::X86_64);
        assert_eq!(machine(243), Machine::Other(243));
    }

    #[test]
    fn anything_else_is_no_program() {
        for bytes in [&b""[..], b"#!/bin/sh\n", b"\x7fELF", &[0; 64], &[0xcf, 0xfa, 0xed, 0xfe]] {
            assert_eq!(read(&mut Cursor::new(bytes)).unwrap(), None);
        }
    }

    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[test]
    fn this_test_needs_a_glibc() {
        let mut file = std::fs::File::open(std::env::current_exe().unwrap()).unwrap();
        let program = read(&mut file).unwrap().unwrap();
        assert!(program.glibc.unwrap() >= (2, 2), "{program:?}");
    }

    proptest! {
        /// A few bytes of a program are changed at random: it is read to an end all the same.
        #[test]
        fn nothing_makes_it_panic_or_loop(edits in prop::collection::vec((0usize..0x900, any::<u8>()), 0..20)) {
            let mut bytes = program(62, &["GLIBC_2.34", "GCC_3.0"]);
            for (at, byte) in edits {
                bytes[at] = byte;
            }
            let _ = read(&mut Cursor::new(bytes));
        }
    }
}
