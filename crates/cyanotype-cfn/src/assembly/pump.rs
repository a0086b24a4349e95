//! Making an asset's bytes on one thread while another hashes them and passes them on.

use std::{
    io, mem,
    panic::resume_unwind,
    sync::mpsc::{SyncSender, sync_channel},
    thread,
};

use super::Asset;
use crate::{Digest, HashWriter};

/// How many bytes are handed over at a time.
const BLOCK: usize = 1 << 18;
/// How many blocks wait at most: with it, what is in memory does not grow with the asset.
const WAITING: usize = 8;

/// Makes all of an asset, writes it to `to`, and says what its hash is.
///
/// Which of several failures is returned does not depend on time: all that was handed over is written before it is
/// looked at how making ended.
pub(super) fn pump(asset: &dyn Asset, to: impl io::Write) -> io::Result<Digest> {
    let (sender, blocks) = sync_channel::<Vec<u8>>(WAITING);
    thread::scope(|scope| {
        let make = move || {
            let mut blocks = Blocks { block: vec![], to: sender };
            asset.write_to(&mut blocks).and_then(|()| io::Write::flush(&mut blocks))
        };
        let making = thread::Builder::new().spawn_scoped(scope, make)?;
        let written = consume(blocks, to);
        let made = making.join().unwrap_or_else(|panic| resume_unwind(panic));
        let digest = written?;
        made.map(|()| digest)
    })
}

/// Takes the blocks, and with them the end of the channel: once it is dropped, nobody waits to hand over another.
fn consume(blocks: impl IntoIterator<Item = Vec<u8>>, to: impl io::Write) -> io::Result<Digest> {
    let mut to = HashWriter::new(to);
    for block in blocks {
        io::Write::write_all(&mut to, &block)?;
    }
    io::Write::flush(&mut to)?;
    Ok(to.finish().1)
}

/// Gathers what is written into blocks, and hands these over.
struct Blocks {
    block: Vec<u8>,
    to: SyncSender<Vec<u8>>,
}

impl io::Write for Blocks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.block.len() >= BLOCK {
            self.flush()?;
        }
        let (now, _) = bytes.split_at(bytes.len().min(BLOCK - self.block.len()));
        self.block.extend_from_slice(now);
        Ok(now.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let block = mem::replace(&mut self.block, Vec::with_capacity(BLOCK));
        // Whoever took the blocks has given up, and says why itself.
        self.to.send(block).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Many blocks, and after so many bytes an error.
    #[derive(Debug)]
    struct Failing(usize);

    impl Asset for Failing {
        fn write_to(&self, to: &mut dyn io::Write) -> io::Result<()> {
            for at in (0..self.0).step_by(1000) {
                to.write_all(&[at as u8; 1000])?;
            }
            Err(io::Error::other("cannot make more"))
        }
    }

    /// Takes so many bytes and no more.
    struct Full(usize);

    impl io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[track_caller]
    fn check(made: usize, room: usize, expected: &str) {
        let error = pump(&Failing(made), Full(room)).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn which_failure_is_returned_does_not_depend_on_time() {
        for _ in 0..50 {
            check(10 * BLOCK, 2 * BLOCK, "no storage space");
            check(20 * BLOCK, 19 * BLOCK, "no storage space");
            check(10 * BLOCK, usize::MAX, "cannot make more");
        }
    }

    #[test]
    fn what_comes_out_is_what_was_made_however_it_is_cut() {
        #[derive(Debug)]
        struct Cut(Vec<u8>, usize);

        impl Asset for Cut {
            fn write_to(&self, to: &mut dyn io::Write) -> io::Result<()> {
                self.0.chunks(self.1).try_for_each(|part| to.write_all(part))
            }
        }

        let bytes: Vec<_> = (0..3 * BLOCK + 17).map(|at| (at % 251) as u8).collect();
        for cut in [77, BLOCK - 1, BLOCK, BLOCK + 1, bytes.len()] {
            let mut out = vec![];
            let digest = pump(&Cut(bytes.clone(), cut), &mut out).unwrap();
            assert!(out == bytes, "cut into {cut}");
            assert_eq!(digest, Digest::of(&bytes));
        }
        assert_eq!(pump(&Cut(vec![], 1), io::sink()).unwrap(), Digest::of(b""));
    }
}
