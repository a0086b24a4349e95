//! What Lambda takes of environment variables.

use cyanotype_cfn::Tree;

use super::{Report, parts};
use crate::synth::{checks::text, properties::Properties};

/// What all of them have at most, in bytes.
const MAX: usize = 4096;

/// What Lambda sets itself, and takes from nobody.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime>
const RESERVED: [&str; 18] = [
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
];

/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html>
pub(super) fn check(report: &mut Report<'_>, properties: &Properties<'_>) {
    let Some(Tree::Map(variables)) = parts::at(properties, "Environment.Variables") else { return };
    for name in variables.keys() {
        let letter = name.starts_with(|c: char| c.is_ascii_alphabetic());
        let fits = name.len() > 1 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if RESERVED.contains(&name.as_str()) {
            report.error(
                format!("the environment variable `{name}` is one that Lambda sets"),
                "give it another name: Lambda takes none of its own",
            );
        } else if !letter || !fits {
            report.error(
                format!("`{name}` is no name for an environment variable"),
                "it has two or more letters, digits and `_`, and begins with a letter",
            );
        }
    }
    // Lambda measures them as one object of JSON. What only the deploy knows may come to nothing.
    let quoted = |text: &str| serde_json::to_string(text).map_or(0, |text| text.len());
    let size = |(name, value): (&String, &Tree)| quoted(name) + quoted(&text(value).unwrap_or_default()) + 2;
    let bytes = 1 + variables.iter().map(size).sum::<usize>();
    if bytes > MAX {
        report.error(
            format!("its environment variables have {bytes} bytes as JSON, and Lambda takes {MAX}"),
            "keep what is long in a parameter of SSM, or in a file beside the code, and have the function read it",
        );
    }
}
