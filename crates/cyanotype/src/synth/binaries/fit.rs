//! Whether a binary runs where it is to run: on the runtime and the architecture of its function.

use super::Problem;
use crate::{
    asset::Machine,
    lambda::{Architecture, Binary, Runtime},
};

/// The family of runtimes that start a `bootstrap`.
const PROVIDED: &str = "provided";
/// The glibc of each. Source: <https://docs.aws.amazon.com/linux/al2023/ug/glibc-gcc-and-binutils.html>
const GLIBC: [(&str, (u32, u32)); 2] = [("provided.al2023", (2, 34)), ("provided.al2", (2, 26))];

/// A runtime that starts no binary.
pub(super) fn other_runtime(runtime: &str) -> Option<Problem> {
    let fits = runtime == PROVIDED || runtime.starts_with("provided.");
    (!fits).then(|| {
        let provided = Runtime::PROVIDED_AL2023;
        (
            format!("a binary of cargo does not run on `{runtime}`"),
            format!(
                "it brings all that it needs, and runs on `{}`: `.runtime(Runtime::PROVIDED_AL2023)`",
                provided.identifier()
            ),
        )
    })
}

/// A binary for another instruction set.
pub(super) fn other_machine(binary: &Binary, wanted: Architecture, is: Machine) -> Option<Problem> {
    let is = match (is, wanted) {
        (Machine::Arm64, Architecture::Arm64) | (Machine::X86_64, Architecture::X86_64) => return None,
        (Machine::Arm64, _) => "arm64".to_owned(),
        (Machine::X86_64, _) => "x86_64".to_owned(),
        (Machine::Other(number), _) => format!("the machine of number {number}"),
    };
    Some((
        format!("its binary is built for {is}, and its architecture is {}", wanted.name()),
        format!("hand over the one that is built for {}", binary.target()),
    ))
}

/// A binary that needs a later glibc than the runtime has.
pub(super) fn newer_glibc(binary: &Binary, runtime: &str, needs: Option<(u32, u32)>) -> Option<Problem> {
    let needs = needs?;
    let (_, has) = GLIBC.iter().find(|(name, _)| *name == runtime)?;
    (needs > *has).then(|| {
        (
            format!(
                "its binary needs glibc {}.{} of the machine that built it, and `{runtime}` has {}.{}",
                needs.0, needs.1, has.0, has.1
            ),
            format!(
                "install cargo-lambda, which links for an older one; or link it statically: \
                 `Code::cargo(\"{}\", \"{}\").musl()`",
                binary.package(),
                binary.name()
            ),
        )
    })
}
