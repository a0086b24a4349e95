//! What Lambda takes.

mod environment;
mod limits;
mod parts;
mod runtime;
mod size;
mod together;

use cyanotype_cfn::Tree;

use super::{Report, text};
use crate::{app::ResourceKind, lambda::CodeSource, synth::fingerprint::stamped};

/// What Lambda takes of a description.
const MAX_DESCRIPTION: usize = 256;
/// What CloudFormation takes of inline code.
const MAX_INLINE: usize = 4 << 20;

pub(super) fn check(report: &mut Report<'_>) {
    let body = report.model.resource(report.node.key);
    let Some(ResourceKind::Function(function)) = body.map(|body| &body.kind) else { return };
    let properties = &report.node.properties;

    limits::check(report, properties);
    together::check(report, properties, function.code.source());
    let range = |name: &str| match properties.get(name) {
        Some(Tree::Number(number)) => number.as_u64(),
        _ => None,
    };
    if let Some(seconds) = range("Timeout").filter(|seconds| !(1..=900).contains(seconds)) {
        report.error(format!("its timeout is {seconds} seconds"), "Lambda takes 1 to 900");
    }
    if let Some(memory) = range("MemorySize").filter(|memory| !(128..=10_240).contains(memory)) {
        report.error(format!("its memory is {memory} MiB"), "Lambda takes 128 to 10240");
    }
    if let Some(handler) = properties.get("Handler").and_then(text) {
        let fits = (1..=128).contains(&handler.len()) && !handler.contains(char::is_whitespace);
        if !fits {
            report.error(
                format!("`{handler}` is no handler"),
                "it has 1 to 128 characters and no spaces, such as `index.handler`",
            );
        }
    }
    if let Some(name) = properties.get("FunctionName").and_then(text) {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if !(1..=64).contains(&name.len()) || !name.chars().all(fits) {
            report.error(
                format!("`{name}` is no name for a function"),
                "it has 1 to 64 letters, digits, `-` and `_`; better still, leave the name to CloudFormation",
            );
        }
    }
    environment::check(report, properties);
    runtime::check(report, properties, function.version.is_some());
    size::check(report, properties);
    if let CodeSource::Inline(source) = function.code.source() {
        if source.len() > MAX_INLINE {
            report.error(
                format!("its inline code has {} bytes, and CloudFormation takes {MAX_INLINE}", source.len()),
                "put it into a directory: `Code::directory(asset!(\"…\"))`",
            );
        }
        let runtime = properties.get("Runtime").and_then(Tree::as_text).unwrap_or_default();
        if !runtime.starts_with("nodejs") && !runtime.starts_with("python") {
            report.error(
                format!("inline code does not run on `{runtime}`"),
                "Lambda takes inline code for Node.js and Python; put any other into a directory",
            );
        }
    }
    if function.version.is_some() {
        description(report);
    }
}

fn description(report: &mut Report<'_>) {
    match report.node.properties.get("Description") {
        Some(Tree::Text(text)) => {
            let stamp = stamped(Some(""), "0123456789ab").chars().count() + 1;
            let (length, room) = (text.chars().count(), MAX_DESCRIPTION - stamp);
            if length > room {
                report.error(
                    format!("its description has {length} characters, which leaves no room for the stamp of its build"),
                    format!("shorten it to {room}: Lambda takes {MAX_DESCRIPTION}, and ` [cyanotype:…]` takes {stamp}"),
                );
            }
        }
        Some(Tree::Intrinsic(_)) => report.error(
            "its description is known to the deploy alone, and a published function's ends with the stamp of its build",
            "give it a literal",
        ),
        _ => {}
    }
}
