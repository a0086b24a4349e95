//! The schemas of CloudFormation's resource types, as cfn-lint has them.

use std::collections::BTreeMap;
use std::{env, fs};

use anyhow::{Context as _, Result};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value as Json;

use crate::tools::Tools;

/// Names a directory of schemas to read instead of the installed ones.
const GIVEN: &str = "CYANOTYPE_SCHEMAS";
/// Where the package is in an environment of any version of Python.
const PACKAGE: &str = "site-packages/cfnlint/data/schemas";

/// The directory that the environment names.
pub(super) fn given() -> Option<Utf8PathBuf> {
    env::var(GIVEN).ok().map(Utf8PathBuf::from)
}

/// That of the installed tools.
pub(super) fn installed(tools: &Tools) -> Result<Utf8PathBuf> {
    below(tools.directory()).with_context(|| format!("there is no cfn-lint below {}", tools.directory()))
}

/// That below a directory of tools, if they are installed.
pub(super) fn below(tools: &Utf8Path) -> Option<Utf8PathBuf> {
    let mut pythons = tools.join("venv/lib").read_dir_utf8().ok()?.filter_map(Result::ok);
    pythons.find_map(|python| Some(python.path().join(PACKAGE)).filter(|path| path.is_dir()))
}

/// All resource types of CloudFormation by their names.
///
/// Those of all Regions: a type's schema is the same wherever it is, which this makes sure of, and an application may
/// go to any.
pub(super) fn read(directory: &Utf8Path) -> Result<BTreeMap<String, Json>> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let providers = directory.join("providers");
    let regions = providers.read_dir_utf8().with_context(|| format!("cannot read {providers}"))?;
    for region in regions {
        let region = region?;
        if region.path().extension() != Some("json") {
            continue;
        }
        let types: BTreeMap<String, String> = serde_json::from_str(&fs::read_to_string(region.path())?)
            .with_context(|| format!("in {}", region.path()))?;
        for (name, file) in types {
            let known = files.entry(name.clone()).or_insert_with(|| file.clone());
            anyhow::ensure!(*known == file, "{name} has another schema in {}", region.file_name());
        }
    }
    files.retain(|name, _| is_of_cloudformation(name));
    let read = |(name, file)| {
        let path = directory.join("resources").join(format!("{file}.json"));
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
        Ok((name, serde_json::from_str(&text).with_context(|| format!("in {path}"))?))
    };
    files.into_iter().map(read).collect()
}

/// Those of SAM are a transform's, which makes other types of them.
fn is_of_cloudformation(name: &str) -> bool {
    name.starts_with("AWS::") && !name.starts_with("AWS::Serverless::")
}
