//! ARNs of the stack's own account and Region, by placeholders.

use cyanotype_asl::{Segment, Text};

use super::{
    placeholder::is_arn,
    text::{concat, split},
};

pub(super) fn partition() -> Text {
    Text::placeholder("AWS::Partition")
}

pub(super) fn region() -> Text {
    Text::placeholder("AWS::Region")
}

pub(super) fn account() -> Text {
    Text::placeholder("AWS::AccountId")
}

/// `arn:<partition>:<service>:<region>:<account>:<rest>`.
pub(super) fn own(service: &str, rest: impl Into<Text>) -> Text {
    of(service, region(), account(), rest)
}

/// An ARN of this Region and account.
pub(super) fn of(service: &str, region: Text, account: Text, rest: impl Into<Text>) -> Text {
    let mut arn = Text::from("arn:");
    arn.extend(partition());
    arn.push(Segment::Literal(format!(":{service}:")));
    arn.extend(region);
    arn.push(Segment::Literal(":".into()));
    arn.extend(account);
    arn.push(Segment::Literal(":".into()));
    arn.extend(rest.into());
    arn
}

/// An ARN of IAM, which has no Region.
pub(super) fn iam(rest: impl Into<Text>) -> Text {
    of("iam", Text::default(), account(), rest)
}

/// A bucket, or with a key what is in it.
pub(super) fn s3(bucket: &Text, key: Option<Text>) -> Text {
    let bucket = match is_arn(bucket) {
        true => bucket.clone(),
        false => of("s3", Text::default(), Text::default(), bucket.clone()),
    };
    match key {
        Some(key) => concat([bucket, "/".into(), key]),
        None => bucket,
    }
}

/// A rule of EventBridge that Step Functions manages, to be told of the end of jobs.
pub(super) fn rule(name: &str) -> Text {
    own("events", format!("rule/{name}"))
}

/// The machine that the definition is of.
pub(super) fn this_machine() -> Text {
    own("states", concat(["stateMachine:".into(), Text::placeholder(super::MACHINE_NAME)]))
}

/// The executions of the machine that the definition is of, with the separator before what is behind the name.
pub(super) fn its_executions(separator: &str) -> Text {
    let tail = format!("{separator}*");
    own("states", concat(["execution:".into(), Text::placeholder(super::MACHINE_NAME), tail.into()]))
}

/// The Region, account and rest of an ARN that is written out.
pub(super) fn parts(arn: &Text) -> Option<[Text; 3]> {
    let parts = split(arn, ":", 6);
    match parts.as_slice() {
        [arn, _, _, region, account, rest] if arn.as_literal() == Some("arn") => {
            Some([region.clone(), account.clone(), rest.clone()])
        }
        _ => None,
    }
}
