//! Made-up code of any size.

use std::fs;

use anyhow::{Context as _, Result};
use camino::Utf8Path;

use super::random::Random;

/// Makes a directory of so many files, which have about so many bytes together: most are small, a few hold a large part
/// of it, and they lie on four levels.
pub(super) fn make(root: &Utf8Path, files: usize, bytes: u64, seed: u64) -> Result<()> {
    let mut random = Random::new(seed);
    let weights: Vec<_> = (0..files).map(|_| weight(&mut random)).collect();
    let all: u64 = weights.iter().sum();
    for (n, weight) in weights.into_iter().enumerate() {
        let mut directory = root.join(format!("package-{:02}", random.below(60)));
        for _ in 0..random.below(4) {
            directory.push(["dist", "lib", "node_modules"][random.below(3) as usize]);
        }
        let file = directory.join(format!("file-{n}.js"));
        fs::create_dir_all(&directory)
            .and_then(|()| fs::write(&file, content(&mut random, bytes * weight / all)))
            .with_context(|| format!("cannot make {file}"))?;
    }
    Ok(())
}

/// Each doubling of the size is half as frequent, up to some thousand times the smallest.
fn weight(random: &mut Random) -> u64 {
    let doublings = random.next().leading_zeros().min(12);
    (64 + random.below(64)) << doublings
}

fn content(random: &mut Random, size: u64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(size as usize + 8);
    while (bytes.len() as u64) < size {
        bytes.extend_from_slice(&random.next().to_le_bytes());
    }
    bytes.truncate(size as usize);
    bytes
}
