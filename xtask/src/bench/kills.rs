//! `kill -9` at moments without a pattern: whatever is at the output's place is whole.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value as Json, json};

use super::random::Random;
use super::{Yard, progress, tree};

/// How many synths of an app are killed before they are done, and how large the directory is that changes from one synth to the next.
struct Size {
    name: &'static str,
    kills: usize,
    files: usize,
    bytes: u64,
    /// From which part on of the time that a synth takes the moments are spread.
    from: f64,
}

/// Up to which part they are: a little beyond its end.
const UNTIL: f64 = 1.1;

const SIZES: [Size; 2] = [
    Size { name: "small", kills: 160, files: 10, bytes: 100_000, from: 0.0 },
    // In the first half it only reads; in most of the second it writes a zip.
    Size { name: "large", kills: 40, files: 2_000, bytes: 20_000_000, from: 0.4 },
];

/// Kills synths, and looks after each at what is there; then lets one end, and looks again.
pub(super) fn kill(yard: &Yard) -> Result<Json> {
    let mut report = serde_json::Map::new();
    for size in &SIZES {
        let place = yard.out.join(format!("kills-{}", size.name));
        let tally = App::make(yard, size, &place)?.kill(size)?;
        let Tally { killed, writing, done } = tally;
        println!(
            "{:5} app: {killed} killed, {writing} of these while writing; {done} were done before; all whole",
            size.name
        );
        // Without many of both, all being whole would show little.
        ensure!(killed == size.kills && writing > 0, "the moments are badly chosen");
        fs::remove_dir_all(&place)?;
        report.insert(size.name.into(), json!({ "killed": killed, "while writing": writing, "done": done }));
    }
    Ok(report.into())
}

struct Tally {
    killed: usize,
    writing: usize,
    done: usize,
}

/// Name and bytes of every file.
type Files = BTreeMap<String, Vec<u8>>;

/// An app of two functions, one of which is always the same while the code of the other changes.
struct App<'y> {
    yard: &'y Yard,
    same: Utf8PathBuf,
    changing: [Utf8PathBuf; 2],
    /// The only thing in its directory.
    out: Utf8PathBuf,
    /// What each of the two is when nothing interrupts it.
    whole: [Files; 2],
}

impl<'y> App<'y> {
    fn make(yard: &'y Yard, size: &Size, place: &Utf8Path) -> Result<Self> {
        let [same, one, other] = ["same", "one", "other"].map(|name| place.join(name));
        tree::make(&same, 10, 100_000, 1)?;
        tree::make(&one, size.files, size.bytes, 2)?;
        tree::make(&other, size.files, size.bytes, 3)?;
        let mut app = Self {
            yard,
            same,
            changing: [one, other],
            out: place.join("parent/out"),
            whole: [Files::new(), Files::new()],
        };
        for new in 0..2 {
            app.finish(new)?;
            app.whole[new] = app.found()?.context("a synth has written nothing")?;
        }
        ensure!(app.whole[0] != app.whole[1], "the two apps are the same");
        Ok(app)
    }

    fn kill(&self, size: &Size) -> Result<Tally> {
        let mut random = Random::new(9);
        let mut tally = Tally { killed: 0, writing: 0, done: 0 };
        // As long as the one before it: what else the machine does changes.
        let mut takes = self.finish(1)?;
        // One that was done before it was killed does not count.
        for round in 0..3 * size.kills {
            if tally.killed == size.kills {
                break;
            }
            progress(tally.killed + 1, size.kills, "killing");
            let new = round % 2;
            let fresh = round % 4 == 3;
            if fresh {
                fs::remove_dir_all(&self.out)?;
            }
            let part = size.from + (UNTIL - size.from) * random.below(1000) as f64 / 1000.0;
            let after = takes.mul_f64(part);
            let mut child = self.start(new)?;
            thread::sleep(after);
            child.kill()?;
            let status = child.wait()?;
            match status.code() {
                None => tally.killed += 1,
                Some(0) => tally.done += 1,
                Some(_) => bail!("{}: a synth failed: {status}", moment(size, round, after)),
            }
            let left = self.beside()?;
            tally.writing += usize::from(!left.is_empty());
            let old = (!fresh).then_some(&self.whole[1 - new]);
            let now = self.found()?;
            ensure!(
                now.as_ref() == old || now.as_ref() == Some(&self.whole[new]),
                "{}: neither the old assembly nor the new one: {:?}",
                moment(size, round, after),
                now.map(|files| files.into_keys().collect::<Vec<_>>())
            );
            takes = self.finish(new).with_context(|| moment(size, round, after))?;
            let left = self.beside()?;
            ensure!(left.is_empty(), "{}: the next synth left {left:?}", moment(size, round, after));
            ensure!(
                self.found()?.as_ref() == Some(&self.whole[new]),
                "{}: the next synth wrote something else",
                moment(size, round, after)
            );
        }
        Ok(tally)
    }

    fn synth(&self, which: usize) -> Command {
        self.yard.synth(&[&self.same, &self.changing[which]], &self.out)
    }

    fn start(&self, which: usize) -> Result<Child> {
        Ok(self.synth(which).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?)
    }

    /// Lets a synth end; how long it took.
    fn finish(&self, which: usize) -> Result<Duration> {
        let start = Instant::now();
        let output = self.synth(which).output()?;
        let took = start.elapsed();
        ensure!(output.status.success(), "a synth failed:\n{}", String::from_utf8_lossy(&output.stderr));
        Ok(took)
    }

    /// What is at the output's place, if anything.
    fn found(&self) -> Result<Option<Files>> {
        let entries = match fs::read_dir(&self.out) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            entries => entries?,
        };
        let file = |entry: std::io::Result<fs::DirEntry>| -> Result<_> {
            let entry = entry?;
            Ok((entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?))
        };
        entries.map(file).collect::<Result<_>>().map(Some)
    }

    /// What is beside it.
    fn beside(&self) -> Result<Vec<String>> {
        let parent = self.out.parent().context("the output has no parent")?;
        let entries = match parent.read_dir_utf8() {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(vec![]),
            entries => entries?,
        };
        let names = entries.map(|entry| Ok(entry?.file_name().to_owned()));
        let names: Vec<_> = names.collect::<Result<_>>()?;
        Ok(names.into_iter().filter(|name| name != "out").collect())
    }
}

fn moment(size: &Size, round: usize, after: Duration) -> String {
    format!("{} app, kill {round}, after {after:?}", size.name)
}
