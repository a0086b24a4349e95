//! What Lambda takes of code, together with the layers below it.

use cyanotype_cfn::Intrinsic;

use super::{Report, parts};
use crate::{app::ResourceKind, synth::properties::Properties};

/// Of a function and its layers, unzipped.
const MAX: u64 = 262_144_000;

/// Counts what is made in the app: of a layer by its ARN, and of an object in S3, no size is known.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>
pub(super) fn check(report: &mut Report<'_>, properties: &Properties<'_>) {
    let made = parts::list(properties, "Layers").into_iter().flatten().filter_map(|layer| {
        let Some(Intrinsic::Ref(key)) = layer.as_intrinsic() else { return None };
        let kind = report.model.resource(*key).map(|body| &body.kind);
        matches!(kind, Some(ResourceKind::Layer(_))).then(|| report.model.nodes.get(*key))?
    });
    let layers: u64 = made.map(|layer| layer.unzipped).sum();
    let own = report.node.unzipped;
    // Code that is too large for itself has been refused already.
    if layers > 0 && own + layers > MAX {
        report.error(
            format!(
                "its code has {own} bytes unzipped and its layers {layers}, together {}, and Lambda takes {MAX}",
                own + layers
            ),
            "leave out what the function does not need at run time, or make it an image: `FunctionProps::image(..)`",
        );
    }
}
