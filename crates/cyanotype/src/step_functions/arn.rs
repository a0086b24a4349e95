//! ARNs of machines' versions.

use std::{error::Error, fmt};

use cyanotype_cfn::Value;

use crate::iam::is_account;

/// Why an ARN is not that of a state machine's version.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum StateMachineVersionArnError {
    /// It is no ARN of a state machine.
    NotAStateMachine(String),
    /// It has no qualifier, so it names whatever was deployed last.
    Unqualified(String),
    /// Its qualifier is an alias.
    Alias(String),
}

impl fmt::Display for StateMachineVersionArnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAStateMachine(arn) => write!(
                f,
                "`{arn}` is not the ARN of a state machine's version, such as \
                 `arn:aws:states:eu-west-1:123456789012:stateMachine:greeting:7`"
            ),
            Self::Unqualified(arn) => write!(
                f,
                "`{arn}` has no version: it starts whatever was deployed last; end it with a version's number, `{arn}:7`"
            ),
            Self::Alias(arn) => write!(
                f,
                "`{arn}` names an alias, which can be moved while an execution runs; end it with the number of the \
                 version that the alias names now"
            ),
        }
    }
}

impl Error for StateMachineVersionArnError {}

/// The machine's ARN, of the ARN of one of its versions.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-version.html>
pub(crate) fn machine_of(arn: &str) -> Result<&str, StateMachineVersionArnError> {
    let parts: Vec<_> = arn.split(':').collect();
    let (machine, qualifier) = match *parts.as_slice() {
        ["arn", partition, "states", region, account, "stateMachine", name, ref rest @ ..] => {
            ([partition, region, account, name], rest)
        }
        _ => return Err(StateMachineVersionArnError::NotAStateMachine(arn.into())),
    };
    let whole = machine.iter().chain(qualifier).all(|part| is_literal(part));
    match *qualifier {
        _ if !whole || !is_account(machine[2]) => {
            Err(StateMachineVersionArnError::NotAStateMachine(arn.into()))
        }
        [] => Err(StateMachineVersionArnError::Unqualified(arn.into())),
        // Step Functions counts versions from 1.
        [number] if number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0') => {
            Ok(arn.get(..arn.len() - number.len() - 1).unwrap_or(arn))
        }
        [_] => Err(StateMachineVersionArnError::Alias(arn.into())),
        _ => Err(StateMachineVersionArnError::NotAStateMachine(arn.into())),
    }
}

/// The pattern of the ARNs of all executions of a machine that is known by its ARN.
pub(crate) fn executions_of(machine: &str) -> Value<String> {
    // A machine's name has no colon, so this is the one place of it.
    format!("{}:*", machine.replacen(":stateMachine:", ":execution:", 1)).into()
}

/// Whether a part of an ARN is a name: not empty, no pattern, no variable, and not the label of a Map.
fn is_literal(part: &str) -> bool {
    !part.is_empty() && !part.contains(['*', '?', '$', '{', '}', '/']) && !part.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MACHINE: &str = "arn:aws:states:eu-west-1:123456789012:stateMachine:greeting";

    #[track_caller]
    fn check(tail: &str, expected: Result<&str, fn(String) -> StateMachineVersionArnError>) {
        let arn = format!("{MACHINE}{tail}");
        let expected = expected.map_err(|error| error(arn.clone()));
        assert_eq!(machine_of(&arn), expected);
    }

    #[test]
    fn a_number_is_a_version() {
        check(":7", Ok(MACHINE));
        check(":120", Ok(MACHINE));
        let in_china = "arn:aws-cn:states:cn-north-1:123456789012:stateMachine:greeting";
        assert_eq!(machine_of(&format!("{in_china}:3")), Ok(in_china));
    }

    #[test]
    fn what_can_move_is_no_version() {
        check("", Err(StateMachineVersionArnError::Unqualified));
        check(":live", Err(StateMachineVersionArnError::Alias));
        check(":v1", Err(StateMachineVersionArnError::Alias));
        check(":0", Err(StateMachineVersionArnError::Alias));
    }

    #[test]
    fn what_is_no_machine_is_said_to_be_none() {
        for tail in [":7:8", ":", ":*", "/label:7", ":7 "] {
            check(tail, Err(StateMachineVersionArnError::NotAStateMachine));
        }
        for arn in [
            "",
            "greeting:7",
            "arn:aws:lambda:eu-west-1:123456789012:function:hello:7",
            "arn:aws:states:eu-west-1:123456789012:execution:greeting:7",
            "arn:aws:states:eu-west-1:123456789012:activity:approve",
            "arn:aws:states:eu-west-1:1234:stateMachine:greeting:7",
            "arn:aws:states:::stateMachine:greeting:7",
            "arn:${AWS::Partition}:states:eu-west-1:123456789012:stateMachine:greeting:7",
        ] {
            assert_eq!(machine_of(arn), Err(StateMachineVersionArnError::NotAStateMachine(arn.into())));
        }
    }

    #[test]
    fn executions_are_named_for_their_machine() {
        let all = "arn:aws:states:eu-west-1:123456789012:execution:greeting:*";
        assert_eq!(executions_of(MACHINE).as_literal(), Some(all));
    }
}
