//! Reading a function's properties.

use crate::synth::properties::Properties;
use cyanotype_cfn::Tree;

/// What stands at a path such as `VpcConfig.SubnetIds`.
pub(super) fn at<'t>(properties: &'t Properties<'_>, path: &str) -> Option<&'t Tree> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let mut found = properties.get(first)?;
    for part in rest.into_iter().flat_map(|rest| rest.split('.')) {
        let Tree::Map(entries) = found else { return None };
        found = entries.get(part)?;
    }
    Some(found)
}

/// A number that is written down there.
pub(super) fn number(properties: &Properties<'_>, path: &str) -> Option<f64> {
    match at(properties, path) {
        Some(Tree::Number(number)) => number.as_f64(),
        _ => None,
    }
}

/// A list that is written down there.
pub(super) fn list<'t>(properties: &'t Properties<'_>, path: &str) -> Option<&'t [Tree]> {
    match at(properties, path) {
        Some(Tree::List(items)) => Some(items),
        _ => None,
    }
}
