//! Aliases that keep instances ready.

use cyanotype_cfn::Tree;

use super::{Report, text};
use crate::app::ResourceKind;

/// A version that starts from a snapshot has no instances that are kept ready.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html>
pub(super) fn check(report: &mut Report<'_>) {
    let body = report.model.resource(report.node.key);
    let Some(ResourceKind::Alias(alias)) = body.map(|body| &body.kind) else { return };
    let function = report.model.nodes.get(alias.function);
    let Some(Tree::Map(snapshots)) = function.and_then(|function| function.properties.get("SnapStart"))
    else {
        return;
    };
    let on = snapshots.get("ApplyOn").and_then(text).is_some_and(|on| on == "PublishedVersions");
    if on && report.node.properties.get("ProvisionedConcurrencyConfig").is_some() {
        report.error(
            "it keeps instances ready, and its function has SnapStart",
            "Lambda takes one of these: leave out `.provisioned_concurrency(..)` or `.snap_start(..)`",
        );
    }
}
