//! Runtimes that move under published versions.

use super::{Report, parts};
use crate::synth::{checks::text, properties::Properties};

/// What a function names in place of a runtime of Lambda's, to run on one that somebody publishes. It follows an alias
/// of that runtime, and with it do its published versions, unless it is said otherwise.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/cmr-aliases.html>
const CUSTOM: &str = "custom";

pub(super) fn check(report: &mut Report<'_>, properties: &Properties<'_>, published: bool) {
    let custom = properties.get("Runtime").and_then(text).is_some_and(|runtime| runtime == CUSTOM);
    if custom && published && parts::at(properties, "RuntimeManagementConfig.UpdateRuntimeOn").is_none() {
        report.warning(
            "its runtime is customer-managed, and the function is published: when the publisher points the runtime's \
             alias to something else, published versions run on that from their next start on",
            "keep the runtime of a version: `.runtime_updates(RuntimeUpdates::FunctionUpdate)`; or say that it may \
             move: `RuntimeUpdates::Auto`",
        );
    }
}
