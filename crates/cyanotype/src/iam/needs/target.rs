//! What a call is on, where its author says it beside the arguments.

use cyanotype_asl::{Segment, Text};

use super::{
    arn,
    text::{concat, joined, split, strip_prefix},
};

/// A resource that a call is on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Target {
    /// By its ARN, as far as that is written out. It has several where they depend on a name that only the deploy
    /// knows.
    Arns(Vec<Text>),
    /// By an ARN of which no more is known than its service.
    Opaque { service: Option<String>, arn: Text },
    /// By its name, or whatever else is in its ARN in the place of what an argument would say.
    Named { service: String, name: Text },
}

/// What a pattern comes to when a call is on one resource.
pub(super) struct Narrowed {
    pub(super) resources: Vec<Text>,
    /// The beginning of the pattern, where nothing but that says that the resource fits it.
    pub(super) guess: Option<Text>,
}

/// The resource of a target that a pattern stands for, with what the pattern has behind it: of a table, the table or
/// what is in it. None where it stands for no such resource.
pub(super) fn narrow(pattern: &Text, target: &Target) -> Option<Narrowed> {
    let [service, wanted] = service_and_rest(pattern)?;
    let pieces = wildcards(&wanted);
    let guess = || Some(pattern_beginning(&service, pieces.first()?));
    match target {
        Target::Arns(arns) => {
            let found = || arns.iter().flat_map(hanging_on).filter_map(|arn| fit(&service, &pieces, &arn));
            // What one of them fits, all of them fit: they are one resource.
            found().next()?;
            let all: Vec<_> = arns.iter().filter_map(|arn| fit(&service, &pieces, arn)).collect();
            let resources = if all.is_empty() { found().collect() } else { all };
            Some(Narrowed { resources, guess: None })
        }
        Target::Opaque { service: of, arn } => {
            let fits = of.as_ref().is_none_or(|of| is_service(&service, of));
            let rest = pieces.get(1..).filter(|rest| fits && !rest.is_empty())?;
            let resources = vec![concat([arn.clone(), joined(rest, "*")])];
            Some(Narrowed { resources, guess: guess() })
        }
        Target::Named { service: of, name } => {
            let [first, rest @ ..] = pieces.as_slice() else { return None };
            if rest.is_empty() || !is_service(&service, of) {
                return None;
            }
            let (head, _) = split_head(pattern)?;
            let resources = vec![concat([head, first.clone(), name.clone(), joined(rest, "*")])];
            Some(Narrowed { resources, guess: guess() })
        }
    }
}

/// The service of an ARN, and what is behind the account.
fn service_and_rest(text: &Text) -> Option<[Text; 2]> {
    let parts = split(text, ":", 6);
    match parts.as_slice() {
        [arn, _, service, _, _, rest] if arn.as_literal() == Some("arn") => {
            Some([service.clone(), rest.clone()])
        }
        _ => None,
    }
}

/// An ARN up to and with the colon behind the account, and the rest.
fn split_head(text: &Text) -> Option<(Text, Text)> {
    let parts = split(text, ":", 6);
    let (rest, head) = parts.split_last().filter(|(_, head)| head.len() == 5)?;
    Some((concat([joined(head, ":"), ":".into()]), rest.clone()))
}

fn is_service(service: &Text, of: &str) -> bool {
    let same = |a: &str, b: &str| a.bytes().filter(|c| *c != b'-').eq(b.bytes().filter(|c| *c != b'-'));
    service.as_literal().is_some_and(|service| same(service, of))
}

fn pattern_beginning(service: &Text, first: &Text) -> Text {
    concat([service.clone(), ":".into(), first.clone()])
}

/// A pattern between its wildcards.
fn wildcards(pattern: &Text) -> Vec<Text> {
    // An asterisk that is escaped is none.
    const ESCAPED: (&str, &str) = ("${*}", "${\u{1}}");
    let replaced = |text: &Text, (this, by): (&str, &str)| -> Text {
        let segment = |segment: &Segment| match segment {
            Segment::Literal(literal) => Segment::Literal(literal.replace(this, by)),
            placeholder @ Segment::Placeholder(_) => placeholder.clone(),
        };
        text.segments().iter().map(segment).collect()
    };
    let pieces = split(&replaced(pattern, ESCAPED), "*", usize::MAX);
    pieces.iter().map(|piece| replaced(piece, (ESCAPED.1, ESCAPED.0))).collect()
}

/// What a resource's ARN makes of a pattern of its service: the resource, what is in it, or the pattern itself where
/// that is of nothing but what is in the resource.
fn fit(service: &Text, pieces: &[Text], target: &Text) -> Option<Text> {
    let [own, rest] = service_and_rest(target)?;
    if own != *service {
        return None;
    }
    let given = comparable(&rest);
    let wanted: Vec<_> = pieces.iter().map(comparable).collect();
    if matches(&wanted, &given, true) {
        return Some(target.clone());
    }
    for cut in (1..pieces.len()).rev() {
        let before: Vec<_> = wanted.iter().take(cut).cloned().chain([String::new()]).collect();
        if matches(&before, &given, false) {
            return Some(concat([target.clone(), joined(pieces.get(cut..)?, "*")]));
        }
    }
    let within = wanted
        .first()
        .is_some_and(|first| first.strip_prefix(&given).is_some_and(|rest| rest.starts_with(['/', ':'])));
    let (head, _) = split_head(target)?;
    within.then(|| concat([head, joined(pieces, "*")]))
}

/// Whether a text is what is between wildcards, in that order, and something for each of these. The last stands for one
/// part of a path, unless it stands for `anything`.
fn matches(pieces: &[String], text: &str, anything: bool) -> bool {
    let [first, between @ .., last] = pieces else { return pieces.first().is_some_and(|one| one == text) };
    let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
    for piece in between {
        let after =
            rest.char_indices().skip(1).find_map(|(at, _)| rest.get(at..)?.strip_prefix(piece.as_str()));
        let Some(after) = after else { return false };
        rest = after;
    }
    let stands_for = rest.strip_suffix(last.as_str());
    stands_for.is_some_and(|text| !text.is_empty() && (anything || !text.contains(['/', ':'])))
}

/// A text whose placeholders have none of the characters that separate the parts of an ARN.
fn comparable(text: &Text) -> String {
    text.segments().iter().fold(String::new(), |mut out, segment| {
        match segment {
            Segment::Literal(literal) => out.push_str(literal),
            Segment::Placeholder(name) => {
                out.push('\u{1}');
                out.extend(name.chars().map(|c| if matches!(c, '/' | ':' | '*') { '\u{2}' } else { c }));
                out.push('\u{1}');
            }
        }
        out
    })
}

/// A resource, and before that what its ARN does not begin like but what belongs to it: a cluster's tasks, a machine's
/// executions.
fn hanging_on(target: &Text) -> Vec<Text> {
    /// Service, how the resource's ARN goes on, and how those of what belongs to it do, before and behind the name.
    const BELONGING: [(&str, &str, &str, &str); 6] = [
        ("ecs", "cluster/", "task/", "/*"),
        ("eks", "cluster/", "nodegroup/", ""),
        ("eks", "cluster/", "fargateprofile/", ""),
        ("states", "stateMachine:", "execution:", ""),
        ("states", "stateMachine:", "express:", ""),
        ("codebuild", "project/", "build/", ":*"),
    ];
    let mut all = vec![target.clone()];
    let (Some([service, _]), Some((head, rest))) = (service_and_rest(target), split_head(target)) else {
        return all;
    };
    for (of, before, belonging, behind) in BELONGING {
        if service.as_literal() == Some(of)
            && let Some(name) = strip_prefix(&rest, before)
        {
            all.push(concat([head.clone(), belonging.into(), name, behind.into()]));
        }
    }
    all
}

/// The ARNs and patterns that are on a bucket and on what is in it, of one that is on either.
pub(super) fn is_bucket_or_object(pattern: &Text) -> bool {
    service_and_rest(pattern)
        .is_some_and(|[service, rest]| service.as_literal() == Some("s3") && rest.as_literal() == Some("*"))
}

/// Everything within an ARN.
pub(super) fn within(resource: &Text) -> Text {
    concat([resource.clone(), "/*".into()])
}

/// Whether an ARN is of a bucket, and not of what is in it.
pub(super) fn is_bucket(resource: &Text) -> bool {
    match arn::parts(resource) {
        Some([_, _, rest]) => !comparable(&rest).contains('/'),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::text::rendered, *};

    #[track_caller]
    fn check(pattern: &str, target: &Target, expected: &[&str]) {
        let narrowed = narrow(&pattern.into(), target).map(|n| n.resources).unwrap_or_default();
        assert_eq!(narrowed.iter().map(rendered).collect::<Vec<_>>(), expected);
    }

    fn arn(text: &str) -> Target {
        Target::Arns(vec![text.into()])
    }

    #[test]
    fn a_resource_takes_the_place_of_all_of_its_kind() {
        let table = arn("arn:aws:dynamodb:r:1:table/orders");
        check("arn:aws:dynamodb:r:1:table/*", &table, &["arn:aws:dynamodb:r:1:table/orders"]);
        check("arn:aws:dynamodb:r:1:table/*/index/*", &table, &["arn:aws:dynamodb:r:1:table/orders/index/*"]);
        check("arn:aws:sqs:r:1:*", &table, &[]);
        check("arn:aws:dynamodb:r:1:export/*", &table, &[]);
        check("*", &table, &[]);
    }

    #[test]
    fn objects_are_those_of_the_bucket() {
        let bucket = arn("arn:aws:s3:::files");
        check("arn:aws:s3:::*/a/b", &bucket, &["arn:aws:s3:::files/a/b"]);
        check("arn:aws:s3:::*/*", &bucket, &["arn:aws:s3:::files/*"]);
        check("arn:aws:s3:::files/*", &bucket, &["arn:aws:s3:::files/*"]);
        check("arn:aws:s3:::other/*", &bucket, &[]);
        check("arn:aws:s3:::*/*", &arn("arn:aws:s3:::files/a/*"), &["arn:aws:s3:::files/a/*"]);
    }

    #[test]
    fn what_belongs_to_a_resource_is_its_own() {
        let cluster = arn("arn:aws:ecs:r:1:cluster/main");
        check("arn:aws:ecs:r:1:task/*", &cluster, &["arn:aws:ecs:r:1:task/main/*"]);
        let machine = arn("arn:aws:states:r:1:stateMachine:m");
        check("arn:aws:states:r:1:execution:*:*", &machine, &["arn:aws:states:r:1:execution:m:*"]);
    }

    #[test]
    fn an_arn_that_only_the_deploy_knows_is_that_of_what_the_pattern_is_of() {
        let opaque = Target::Opaque { service: None, arn: Text::placeholder("TableArn") };
        check("arn:aws:dynamodb:r:1:table/*", &opaque, &["${TableArn}"]);
        check("arn:aws:dynamodb:r:1:table/*/index/*", &opaque, &["${TableArn}/index/*"]);
        let queue = Target::Opaque { service: Some("sqs".into()), arn: Text::placeholder("QueueArn") };
        check("arn:aws:dynamodb:r:1:table/*", &queue, &[]);
    }

    #[test]
    fn a_name_stands_where_an_argument_would_say_it() {
        let job = Target::Named { service: "glue".into(), name: Text::placeholder("Job") };
        check("arn:aws:glue:r:1:job/*", &job, &["arn:aws:glue:r:1:job/${Job}"]);
        check("arn:aws:batch:r:1:job-queue/*", &job, &[]);
    }
}
