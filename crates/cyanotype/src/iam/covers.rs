//! Whether what a policy says covers a right.

use std::collections::BTreeSet;

use cyanotype_asl::{Segment, Text};

/// Whether something is so, as far as it is known before a deploy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Covered {
    No,
    /// It depends on what only the deploy, or IAM, knows.
    Perhaps,
    Yes,
}

/// A part of a pattern or of a text.
#[derive(Clone, PartialEq, Eq)]
enum Token<'t> {
    Char(char),
    /// Anything.
    Any,
    /// Any one character.
    One,
    /// What only the deploy knows.
    Value(&'t str),
}

/// Whether a pattern of a policy, such as `arn:aws:s3:::files/*`, stands for all that a right is on, which may be a
/// pattern too. `Perhaps` is also where it stands for a part of that: the right may be wider than what is called, as
/// that on all versions of a function of which one is.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
pub(crate) fn covers(pattern: &Text, right: &Text) -> Covered {
    let (pattern, right) = (tokens(pattern), tokens(right));
    if matches(&pattern, &right) {
        return Covered::Yes;
    }
    // What a value comes to might be just this.
    if meet(&pattern, &right) { Covered::Perhaps } else { Covered::No }
}

/// The same of an action, whose case counts for nothing.
pub(crate) fn covers_action(pattern: &str, action: &str) -> bool {
    covers(&pattern.to_ascii_lowercase().into(), &action.to_ascii_lowercase().into()) == Covered::Yes
}

/// The partition is the one that the stack is in, whoever writes it down.
const PARTITIONS: [&str; 3] = ["arn:aws:", "arn:aws-cn:", "arn:aws-us-gov:"];

fn tokens(text: &Text) -> Vec<Token<'_>> {
    let mut tokens = vec![];
    for segment in text.segments() {
        match segment {
            Segment::Placeholder(name) => tokens.push(Token::Value(name)),
            Segment::Literal(literal) => {
                let mut rest = literal.as_str();
                let own = PARTITIONS.iter().find_map(|partition| rest.strip_prefix(partition));
                if let Some(after) = own.filter(|_| tokens.is_empty()) {
                    tokens.extend("arn:".chars().map(Token::Char));
                    tokens.extend([Token::Value("AWS::Partition"), Token::Char(':')]);
                    rest = after;
                }
                while let Some(c) = rest.chars().next() {
                    rest = rest.get(c.len_utf8()..).unwrap_or_default();
                    // `${*}` is an asterisk, and `${aws:username}` what only IAM knows.
                    let variable =
                        rest.strip_prefix('{').filter(|_| c == '$').and_then(|r| r.split_once('}'));
                    tokens.push(match (c, variable) {
                        (_, Some((name, after))) => {
                            rest = after;
                            match name {
                                "*" | "?" | "$" => Token::Char(name.chars().next().unwrap_or_default()),
                                _ => Token::Value(name),
                            }
                        }
                        ('*', None) => Token::Any,
                        ('?', None) => Token::One,
                        (c, None) => Token::Char(c),
                    });
                }
            }
        }
    }
    tokens
}

/// Whether the pattern stands for the whole text. What only the deploy knows is the same as itself, and part of
/// anything.
fn matches(pattern: &[Token<'_>], text: &[Token<'_>]) -> bool {
    // The last `*`, and the place in the text up to which it stands for.
    let (mut at, mut place, mut last) = (0, 0, None);
    while let Some(token) = text.get(place) {
        match pattern.get(at) {
            Some(Token::Any) => {
                last = Some((at, place));
                at += 1;
            }
            Some(Token::One) if matches!(token, Token::Char(_)) => (at, place) = (at + 1, place + 1),
            Some(wanted) if wanted == token => (at, place) = (at + 1, place + 1),
            _ => {
                let Some((star, stands_for)) = last else { return false };
                last = Some((star, stands_for + 1));
                (at, place) = (star + 1, stands_for + 1);
            }
        }
    }
    pattern.get(at..).unwrap_or_default().iter().all(|token| *token == Token::Any)
}

/// Whether there is something that both patterns stand for, where what only the deploy knows may be anything.
fn meet(a: &[Token<'_>], b: &[Token<'_>]) -> bool {
    let (mut todo, mut seen) = (vec![(0, 0)], BTreeSet::new());
    while let Some((i, j)) = todo.pop() {
        if !seen.insert((i, j)) {
            continue;
        }
        match (a.get(i), b.get(j)) {
            (None, None) => return true,
            (Some(Token::Any), y) => {
                todo.push((i + 1, j));
                todo.extend(y.map(|_| (i, j + 1)));
            }
            (x, Some(Token::Any)) => {
                todo.push((i, j + 1));
                todo.extend(x.map(|_| (i + 1, j)));
            }
            (Some(x @ Token::Value(_)), y) => {
                todo.push((i + 1, j));
                todo.extend(y.filter(|y| may_have(x, y)).map(|_| (i, j + 1)));
            }
            (x, Some(y @ Token::Value(_))) => {
                todo.push((i, j + 1));
                todo.extend(x.filter(|x| may_have(y, x)).map(|_| (i + 1, j)));
            }
            (Some(x), Some(y)) if x == y || *x == Token::One || *y == Token::One => todo.push((i + 1, j + 1)),
            _ => {}
        }
    }
    false
}

/// Whether something can be a part of a value. Names have nothing that separates the parts of an ARN.
fn may_have(value: &Token<'_>, part: &Token<'_>) -> bool {
    let is_name = matches!(value, Token::Value(name) if name.ends_with(".Name") || name.starts_with("AWS::"));
    !is_name || !matches!(part, Token::Char('/' | ':') | Token::Any)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: impl Into<Text>, right: impl Into<Text>, expected: Covered) {
        assert_eq!(covers(&pattern.into(), &right.into()), expected);
    }

    fn around(before: &str, name: &str, after: &str) -> Text {
        [Segment::Literal(before.into()), Segment::Placeholder(name.into()), Segment::Literal(after.into())]
            .into_iter()
            .collect()
    }

    #[test]
    fn wildcards_stand_for_what_they_do_in_iam() {
        check("*", "arn:aws:s3:::a", Covered::Yes);
        check("arn:aws:s3:::a*c/*", "arn:aws:s3:::abc/d/e", Covered::Yes);
        check("arn:aws:s3:::a?", "arn:aws:s3:::ab", Covered::Yes);
        check("arn:aws:s3:::a?", "arn:aws:s3:::abc", Covered::No);
        check("arn:aws:s3:::a", "arn:aws:s3:::ab", Covered::No);
    }

    #[test]
    fn a_right_on_a_pattern_is_covered_by_a_pattern_as_wide() {
        check("arn:aws:s3:::a/*", "arn:aws:s3:::a/*", Covered::Yes);
        check("arn:aws:s3:::*", "arn:aws:s3:::a/*", Covered::Yes);
        check("arn:aws:s3:::a?", "arn:aws:s3:::a?", Covered::Yes);
        check("arn:aws:s3:::b/*", "arn:aws:s3:::a/*", Covered::No);
        check("arn:aws:s3:::a", "arn:aws:s3:::a/*", Covered::No);
    }

    #[test]
    fn a_right_on_a_pattern_may_be_covered_as_far_as_it_is_used() {
        check("arn:aws:s3:::a/b", "arn:aws:s3:::a/*", Covered::Perhaps);
        check("arn:aws:s3:::a?", "arn:aws:s3:::a*", Covered::Perhaps);
        check("arn:aws:s3:::ab", "arn:aws:s3:::a?", Covered::Perhaps);
        check("arn:aws:s3:::*b", "arn:aws:s3:::a*", Covered::Perhaps);
        check("arn:aws:s3:::abc", "arn:aws:s3:::a?", Covered::No);
    }

    #[test]
    fn an_asterisk_that_is_escaped_is_one() {
        check("arn:aws:s3:::a/${*}", "arn:aws:s3:::a/${*}", Covered::Yes);
        check("arn:aws:s3:::a/${*}", "arn:aws:s3:::a/b", Covered::No);
    }

    #[test]
    fn what_only_the_deploy_knows_may_be_covered() {
        check(around("a:", "Name", ":*"), around("a:", "Name", ":b"), Covered::Yes);
        check("a:*", around("a:", "Name", ":b"), Covered::Yes);
        check("a:x:b", around("a:", "Name", ":b"), Covered::Perhaps);
        check("a:x:c", around("a:", "Name", ":b"), Covered::No);
        check(around("a:", "Other", ""), around("a:", "Name", ""), Covered::Perhaps);
        check("a:${aws:username}", "a:b", Covered::Perhaps);
        check(around("a:", "Orders.Name", ""), around("a:", "Orders.Name", "/index/*"), Covered::No);
        check(around("a:", "Value", ""), around("a:", "Orders.Name", "/index/b"), Covered::Perhaps);
    }

    #[test]
    fn actions_are_read_in_any_case() {
        assert!(covers_action("dynamodb:get*", "dynamodb:GetItem"));
        assert!(!covers_action("dynamodb:Put*", "dynamodb:GetItem"));
    }
}
