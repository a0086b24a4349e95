//! AWS Lambda.

use cyanotype_asl::Text;

use super::super::{
    arguments::Argument,
    arn,
    placeholder::is_arn,
    task::Task,
    text::{concat, joined, split},
};

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html>
const PAGE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html";

/// A function by its ARN in `Resource`.
pub(in super::super) fn direct(task: &mut Task<'_, '_>, function: &Text) {
    let resource = authorized(function, false);
    allow(task, resource);
}

/// `lambda:invoke`, and the same by the SDK.
pub(in super::super) fn invoke(task: &mut Task<'_, '_>) {
    let qualified = task.arguments.has("Qualifier");
    let resource = match task.arguments.get("FunctionName") {
        Argument::Static(name) => authorized(&function(name), qualified),
        Argument::Dynamic | Argument::Absent => {
            let any = arn::own("lambda", "function:*");
            task.wide("lambda:InvokeFunction", "any function", "FunctionName", &any);
            any
        }
    };
    allow(task, resource);
}

fn allow(task: &mut Task<'_, '_>, function: Text) {
    task.need(["lambda:InvokeFunction"], [function], "calls the function", PAGE);
}

/// The ARN of a function that is named in one of the ways that Lambda takes: `Hello`, `Hello:live`,
/// `123456789012:function:Hello`, or the whole ARN.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html>
fn function(name: &Text) -> Text {
    if is_arn(name) {
        return name.clone();
    }
    let parts = split(name, ":", 3);
    match parts.as_slice() {
        [account, function, rest] if function.as_literal() == Some("function") => {
            let rest = concat(["function:".into(), rest.clone()]);
            arn::of("lambda", arn::region(), account.clone(), rest)
        }
        _ => arn::own("lambda", concat(["function:".into(), name.clone()])),
    }
}

/// What IAM looks at: the ARN as it is, where nothing qualifies it; else every version and alias of the function, so
/// that a new version changes no right. A placeholder is left alone: what it stands for is all that is called.
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html>
fn authorized(function: &Text, qualified: bool) -> Text {
    // `arn:…:function:<name>:<qualifier>`
    let mut parts = split(function, ":", 9);
    if parts.len() == 8 {
        parts.pop();
        parts.push("*".into());
        return joined(&parts, ":");
    }
    if qualified { concat([function.clone(), ":*".into()]) } else { function.clone() }
}

#[cfg(test)]
mod tests {
    use super::{super::super::text::rendered, *};

    const OWN: &str = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:";

    #[test]
    fn a_function_is_named_in_four_ways() {
        let named = |name: &str| rendered(&authorized(&function(&name.into()), false));
        assert_eq!(named("a"), format!("{OWN}a"));
        assert_eq!(named("a:live"), format!("{OWN}a:*"));
        assert_eq!(
            named("123456789012:function:a"),
            "arn:${AWS::Partition}:lambda:${AWS::Region}:123456789012:function:a"
        );
        assert_eq!(named("arn:aws:lambda:r:1:function:a"), "arn:aws:lambda:r:1:function:a");
        assert_eq!(named("arn:aws:lambda:r:1:function:a:7"), "arn:aws:lambda:r:1:function:a:*");
    }

    #[test]
    fn a_qualifier_beside_the_name_counts_too() {
        let qualified = authorized(&function(&"a".into()), true);
        assert_eq!(rendered(&qualified), format!("{OWN}a:*"));
    }
}
