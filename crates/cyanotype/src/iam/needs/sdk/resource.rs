//! The ARN that a call's arguments name.

use cyanotype_asl::{Segment, Text};

use super::super::{
    arguments::{Argument, Arguments},
    arn,
    placeholder::is_arn,
    rendered, services,
    text::{concat, split, strip_prefix, verbatim, verbatim_arn},
};

/// A resource of a kind.
pub(super) struct Found {
    pub(super) arn: Text,
    /// An argument that would narrow it further.
    pub(super) open: Option<String>,
    /// Whether an argument says anything of it.
    pub(super) is_named: bool,
    /// Whether the call can be on one: not if an argument says what it is in, and none says which it is.
    pub(super) may_be_meant: bool,
}

/// The resource of a kind whose ARN looks like this, as far as the arguments name it: by its ARN, or by what differs in
/// the ARN. What is not named is `*`.
pub(super) fn arn(arguments: Arguments<'_>, prefix: &str, pattern: &str) -> Found {
    if let Some(arn) = whole(arguments, pattern) {
        return Found { arn, open: None, is_named: true, may_be_meant: true };
    }
    let beginning = concat(["arn:".into(), arn::partition(), ":".into()]);
    let mut found = Found { arn: beginning, open: None, is_named: false, may_be_meant: true };
    let mut is_any_given = false;
    let variables = pattern.matches('{').count();
    let mut rest = pattern;
    while let Some(at) = rest.find(['~', '^', '{']) {
        let (before, after) = rest.split_at(at);
        found.arn.push(Segment::Literal(before.into()));
        match after.strip_prefix('{').and_then(|after| after.split_once('}')) {
            Some((variable, after)) => {
                rest = after;
                let names = names(prefix, variable, variables == 1);
                let argument = arguments.first(&names.iter().map(String::as_str).collect::<Vec<_>>());
                // It may be given and be known in an execution alone.
                let is_given = argument != Argument::Absent;
                found.may_be_meant = is_given || !is_any_given;
                is_any_given |= is_given;
                match value(arguments, argument, prefix, variable, &names) {
                    Ok(text) => {
                        found.is_named = true;
                        found.arn.extend(text);
                    }
                    Err(argument) => {
                        found.arn.push(Segment::Literal("*".into()));
                        found.open.get_or_insert(argument);
                    }
                }
            }
            None => {
                found.arn.extend(if after.starts_with('~') { arn::region() } else { arn::account() });
                rest = after.get(1..).unwrap_or_default();
            }
        }
    }
    found.arn.push(Segment::Literal(rest.into()));
    found
}

/// An argument that is the ARN of such a resource.
fn whole(arguments: Arguments<'_>, pattern: &str) -> Option<Text> {
    let (service, _) = pattern.split_once(':')?;
    let last = pattern.rsplit_once('{').map(|(_, last)| last.trim_end_matches('}'))?;
    let own = last.strip_suffix("Name").or_else(|| last.strip_suffix("Id")).unwrap_or(last);
    arguments.statics().into_iter().find_map(|(name, text)| {
        if service == "sqs" && name == "QueueUrl" {
            return services::queue_arn(text);
        }
        if !is_arn(text) {
            return None;
        }
        match arn::parts(text) {
            Some([_, _, rest]) => {
                let of_service = split(text, ":", 4).get(2).and_then(Text::as_literal) == Some(service);
                let text =
                    if service == "states" { services::without_qualifier(text) } else { verbatim_arn(text) };
                (of_service && fits(&rendered(&rest), pattern)).then_some(text)
            }
            // A placeholder: what it stands for is known by the argument's name alone.
            None => {
                let of = name.strip_suffix("Arn").or_else(|| name.strip_suffix("ARN")).unwrap_or(name);
                let is_own =
                    of.eq_ignore_ascii_case(own) || matches!(of, "" | "Resource" | "SecretId" | "KeyId");
                is_own.then(|| text.clone())
            }
        }
    })
}

/// Whether the end of an ARN looks like that of a pattern, each `{Name}` standing for anything.
fn fits(rest: &str, pattern: &str) -> bool {
    let Some(pattern) = pattern.splitn(4, ':').nth(3) else { return false };
    let mut rest = Some(rest);
    let mut is_first = true;
    for literal in pattern.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after)) {
        rest = match (is_first, rest) {
            (true, Some(text)) => text.strip_prefix(literal),
            (false, Some(text)) => text.split_once(literal).map(|(_, after)| after),
            (_, None) => None,
        };
        is_first = false;
    }
    rest.is_some()
}

/// What an argument says of a part of an ARN; an error names the argument that would.
fn value(
    arguments: Arguments<'_>,
    argument: Argument<'_>,
    prefix: &str,
    variable: &str,
    names: &[String],
) -> Result<Text, String> {
    let open = || names.first().cloned().unwrap_or_default();
    match argument {
        Argument::Static(text) if is_arn(text) => match arn::parts(text) {
            // The name is the end of an ARN that is written out.
            Some([_, _, rest]) => {
                split(&rest, "/", usize::MAX).pop().map(|name| verbatim(&name)).ok_or_else(open)
            }
            None => Err(open()),
        },
        Argument::Static(text) => Ok(as_in_arn(prefix, variable, &verbatim(text))),
        Argument::Absent if (prefix, variable) == ("scheduler", "GroupName") && !arguments.is_open() => {
            Ok("default".into())
        }
        Argument::Absent | Argument::Dynamic => Err(open()),
    }
}

/// The arguments that can have it, the likeliest first.
fn names(prefix: &str, variable: &str, is_alone: bool) -> Vec<String> {
    let exact: &[&str] = match (prefix, variable) {
        ("s3", "BucketName") => &["Bucket"],
        ("s3", "ObjectName") => &["Key"],
        ("ssm", "ParameterNameWithoutLeadingSlash") => &["Name"],
        ("scheduler", "ScheduleName") => &["Name"],
        ("events", "RuleName") => &["Rule", "Name"],
        _ => &[],
    };
    if !exact.is_empty() {
        return exact.iter().map(|name| (*name).to_owned()).collect();
    }
    let mut names = vec![variable.to_owned()];
    for end in ["Name", "Id"] {
        if let Some(stem) = variable.strip_suffix(end) {
            names.extend([
                format!("{stem}Name"),
                format!("{stem}Id"),
                format!("{stem}Identifier"),
                stem.into(),
            ]);
            if is_alone {
                names.extend([end.to_owned(), "Name".into()]);
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// A name as the ARN has it.
///
/// Sources: <https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html>,
/// <https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html>,
/// <https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html>
fn as_in_arn(prefix: &str, variable: &str, text: &Text) -> Text {
    match (prefix, variable) {
        // Secrets Manager puts six characters at the end of a name.
        ("secretsmanager", "SecretId") => concat([text.clone(), "-??????".into()]),
        ("ssm", _) => strip_prefix(text, "/").unwrap_or_else(|| text.clone()),
        // A policy cannot name a key by its alias.
        ("kms", "KeyId") if strip_prefix(text, "alias/").is_some() => "*".into(),
        _ => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use cyanotype_asl::Json;

    use super::*;

    const OWN: &str = "arn:${AWS::Partition}:";

    #[track_caller]
    fn check(prefix: &str, pattern: &str, arguments: &[(&str, &str)], expected: &str) {
        let json = Json::object(arguments.iter().map(|(name, value)| (*name, *value)));
        let found = arn(Arguments::of_map(Some(&json), None), prefix, pattern);
        assert_eq!(rendered(&found.arn).replace(OWN, ""), expected);
    }

    #[test]
    fn what_differs_in_an_arn_is_an_argument() {
        let table = "dynamodb:~:^:table/{TableName}";
        let own = "dynamodb:${AWS::Region}:${AWS::AccountId}:table/";
        check("dynamodb", table, &[("TableName", "Orders")], &format!("{own}Orders"));
        check("dynamodb", table, &[("TableName.$", "$.table")], &format!("{own}*"));
        check("s3", "s3:::{BucketName}/{ObjectName}", &[("Bucket", "b"), ("Key", "k/l")], "s3:::b/k/l");
        check("s3", "s3:::{BucketName}/{ObjectName}", &[("Bucket", "b")], "s3:::b/*");
        check(
            "ssm",
            "ssm:~:^:parameter/{ParameterNameWithoutLeadingSlash}",
            &[("Name", "/a/b")],
            "ssm:${AWS::Region}:${AWS::AccountId}:parameter/a/b",
        );
    }

    #[test]
    fn an_arn_among_the_arguments_is_taken_if_it_fits() {
        let topic = ("TopicArn", "arn:aws:sns:eu-west-1:123456789012:orders");
        check("sns", "sns:~:^:{TopicName}", &[topic], topic.1);
        let table = ("TableName", "arn:aws:dynamodb:eu-west-1:123456789012:table/Orders");
        check("dynamodb", "dynamodb:~:^:table/{TableName}", &[table], table.1);
        let secret = ("SecretId", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-a1b2c3");
        check("secretsmanager", "secretsmanager:~:^:secret:{SecretId}", &[secret], secret.1);
        let machine = ("StateMachineArn", "arn:aws:states:r:1:stateMachine:m:7");
        check(
            "states",
            "states:~:^:stateMachine:{StateMachineName}",
            &[machine],
            "arn:aws:states:r:1:stateMachine:m",
        );
    }
}
