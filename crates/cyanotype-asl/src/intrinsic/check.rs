//! What a call is refused for when it runs, and what may be meant otherwise.

use super::{Argument, Function, IntrinsicCall, MAX_NESTING, Problem, Type};
use crate::jsonpath::Doubt;

/// Of what [`Function::Base64Encode`], [`Function::Base64Decode`] and [`Function::Hash`] take.
const MAX_CHARACTERS: usize = 10_000;
/// Of what [`Function::ArrayRange`] gives.
const MAX_ITEMS: f64 = 1_000.0;
const ALGORITHMS: [&str; 5] = ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"];

pub(super) fn problems(call: &IntrinsicCall) -> Vec<Problem> {
    let mut problems = vec![];
    visit(call, 1, &mut |call, depth| {
        let mut report = |position, message| problems.push(Problem { position, message });
        if depth == MAX_NESTING + 1 {
            report(call.places.call, format!("functions stand up to {MAX_NESTING} deep in one another"));
        }
        for position in &call.places.open_escapes {
            report(*position, r"`\` stands before `'`, `{`, `}` and `\` alone".into());
        }
        count(call, &mut report);
        for (argument, position, wanted) in arguments(call) {
            if let Some(found) = mismatch(argument, wanted) {
                report(position, format!("{} takes {wanted} here, and {found}", call.function));
            }
        }
        values(call, &mut report);
    });
    problems.sort_by_key(|problem| problem.position);
    problems
}

pub(super) fn doubts(call: &IntrinsicCall) -> Vec<Doubt> {
    let mut doubts = vec![];
    let mut calls = 0;
    visit(call, 1, &mut |call, _| {
        calls += 1;
        if calls == MAX_NESTING + 1 {
            // AWS's page counts the calls of a field in one place, and how deep they stand in another.
            let message =
                format!("AWS promises to take {MAX_NESTING} functions in a field, and this is one more");
            doubts.push(Doubt { position: call.places.call, message });
        }
        doubts.extend(call.places.doubts.iter().cloned());
        for (argument, position, wanted) in arguments(call) {
            if let (Type::Number, Some(number)) = (wanted, number(argument))
                && number != number.round()
            {
                let message = format!("this will be rounded to {}", number.round());
                doubts.push(Doubt { position, message });
            }
        }
    });
    doubts.sort_by_key(|doubt| doubt.position);
    doubts
}

/// The call and all inside of it, with how deep each stands. A call that was read is not deep.
fn visit(call: &IntrinsicCall, depth: usize, see: &mut impl FnMut(&IntrinsicCall, usize)) {
    see(call, depth);
    for argument in &call.arguments {
        if let Argument::Call(inner) = argument {
            visit(inner, depth + 1, see);
        }
    }
}

/// The arguments that the function has a type for, each with its place.
fn arguments(call: &IntrinsicCall) -> impl Iterator<Item = (&Argument, usize, Type)> {
    let placed = call.arguments.iter().zip(&call.places.arguments).enumerate();
    placed.filter_map(|(at, (argument, position))| Some((argument, *position, call.function.parameter(at)?)))
}

/// What the argument is, if it is not what is wanted.
fn mismatch(argument: &Argument, wanted: Type) -> Option<String> {
    let found = match argument {
        Argument::Path(_) => return None,
        Argument::Call(call) => Some(call.function.result()),
        Argument::String(_) | Argument::Template(_) => Some(Type::String),
        Argument::Number(_) => Some(Type::Number),
        Argument::Bool(_) => Some(Type::Bool),
        Argument::Null => None,
    };
    if wanted == Type::Any || [Some(Type::Any), Some(wanted)].contains(&found) {
        return None;
    }
    Some(match (argument, found) {
        (Argument::Call(call), Some(found)) => format!("{} gives {found}", call.function),
        (_, Some(found)) => format!("this is {found}"),
        (_, None) => "this is null".to_owned(),
    })
}

fn count(call: &IntrinsicCall, report: &mut impl FnMut(usize, String)) {
    let (found, min, max) =
        (call.arguments.len(), call.function.min_arguments(), call.function.max_arguments());
    if found < min || max.is_some_and(|max| found > max) {
        let wanted = match max {
            None => format!("{min} or more"),
            Some(max) if max == min => min.to_string(),
            Some(max) => format!("{min} to {max}"),
        };
        let noun = if max == Some(1) { "argument" } else { "arguments" };
        report(call.places.call, format!("{} takes {wanted} {noun}, and has {found}", call.function));
    }
}

/// Values that the function does not take, though they have the right type.
fn values(call: &IntrinsicCall, report: &mut impl FnMut(usize, String)) {
    let arguments: Vec<_> = arguments(call).map(|(argument, position, _)| (argument, position)).collect();
    let arguments = arguments.as_slice();
    let rounded = |argument| number(argument).map(f64::round);
    match (call.function, arguments) {
        (Function::Format, [(Argument::Template(template), position), values @ ..])
            if template.places() != values.len() =>
        {
            let (places, values) = (template.places(), values.len());
            let are =
                if values == 1 { "is 1 argument".to_owned() } else { format!("are {values} arguments") };
            report(*position, format!("the template has {places} `{{}}`, and there {are} for them"));
        }
        (Function::JsonMerge, [_, _, (Argument::Bool(true), position), ..]) => {
            report(*position, "objects are merged shallowly alone: this is false".into());
        }
        (Function::Hash, [data, (Argument::String(algorithm), position), ..]) => {
            if !ALGORITHMS.contains(&algorithm.as_str()) {
                report(*position, format!("the algorithm is one of {}", ALGORITHMS.join(", ")));
            }
            length(data, report);
        }
        (Function::Hash | Function::Base64Encode | Function::Base64Decode, [data, ..]) => {
            length(data, report)
        }
        (Function::ArrayPartition, [_, (size, position), ..]) if rounded(size).is_some_and(|s| s < 1.0) => {
            report(*position, "the size of the pieces is 1 or more".into());
        }
        (Function::ArrayGetItem, [_, (index, position), ..]) if rounded(index).is_some_and(|i| i < 0.0) => {
            report(*position, "the index is 0 or more".into());
        }
        (Function::ArrayRange, [(first, start), (last, _), (step, position), ..]) => {
            let Some(step) = rounded(step) else { return };
            if step == 0.0 {
                report(*position, "the step is not 0".into());
            } else if let (Some(first), Some(last)) = (rounded(first), rounded(last))
                && (last - first) / step >= MAX_ITEMS
            {
                report(*start, format!("a range has up to {MAX_ITEMS} items"));
            }
        }
        (Function::MathAdd, summands) => {
            let limits = f64::from(i32::MIN)..=f64::from(i32::MAX);
            for (summand, position) in summands {
                if rounded(summand).is_some_and(|summand| !limits.contains(&summand)) {
                    report(*position, format!("a summand is {} to {}", i32::MIN, i32::MAX));
                }
            }
        }
        _ => {}
    }
}

fn length((data, position): &(&Argument, usize), report: &mut impl FnMut(usize, String)) {
    if let Argument::String(text) = data {
        let characters = text.chars().count();
        if characters > MAX_CHARACTERS {
            report(
                *position,
                format!("the text has up to {MAX_CHARACTERS} characters, and this has {characters}"),
            );
        }
    }
}

fn number(argument: &Argument) -> Option<f64> {
    match argument {
        Argument::Number(number) => number.as_f64(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let problems = IntrinsicCall::parse(text).unwrap().problems();
        let found: Vec<_> = problems.iter().map(Problem::to_string).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[track_caller]
    fn check_doubts(text: &str, expected: &[&str]) {
        let call = IntrinsicCall::parse(text).unwrap();
        assert_eq!(call.problems(), []);
        let found: Vec<_> = call.doubts().iter().map(Doubt::to_string).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn arguments_are_counted() {
        check("States.UUID()", &[]);
        check("States.Array()", &[]);
        check("States.MathRandom(1, 9)", &[]);
        check("States.MathRandom(1, 9, 5)", &[]);
        check("States.UUID(1)", &["States.UUID takes 0 arguments, and has 1 at position 0"]);
        check("States.ArrayLength()", &["States.ArrayLength takes 1 argument, and has 0 at position 0"]);
        check("States.Format()", &["States.Format takes 1 or more arguments, and has 0 at position 0"]);
        check("States.MathRandom(1)", &["States.MathRandom takes 2 to 3 arguments, and has 1 at position 0"]);
        check(
            "States.Array(States.MathAdd($.a))",
            &["States.MathAdd takes 2 arguments, and has 1 at position 13"],
        );
    }

    #[test]
    fn types_are_checked_where_they_are_known() {
        check("States.ArrayLength($.a)", &[]);
        check("States.ArrayLength(States.StringToJson($.a))", &[]);
        check("States.ArrayContains(States.Array(1), null)", &[]);
        check(
            "States.MathAdd(1, '-1')",
            &["States.MathAdd takes a number here, and this is a text at position 18"],
        );
        check(
            "States.ArrayLength(1)",
            &["States.ArrayLength takes an array here, and this is a number at position 19"],
        );
        check(
            "States.StringSplit(null, true)",
            &[
                "States.StringSplit takes a text here, and this is null at position 19",
                "States.StringSplit takes a text here, and this is true or false at position 25",
            ],
        );
        check(
            "States.ArrayLength(States.UUID())",
            &["States.ArrayLength takes an array here, and States.UUID gives a text at position 19"],
        );
        check("States.Format(1)", &["States.Format takes a text here, and this is a number at position 14"]);
    }

    #[test]
    fn a_template_has_a_place_for_each_value() {
        check("States.Format('a')", &[]);
        check("States.Format('{}{}', 1, 2)", &[]);
        check("States.Format($.template, 1, 2)", &[]);
        check(r"States.Format('\{\} ${Name}')", &[]);
        let message = "the template has";
        check(
            "States.Format('{}', 1, 2)",
            &[&format!("{message} 1 `{{}}`, and there are 2 arguments for them at position 14")],
        );
        check(
            "States.Format('a', 1)",
            &[&format!("{message} 0 `{{}}`, and there is 1 argument for them at position 14")],
        );
    }

    #[test]
    fn some_values_are_refused() {
        check("States.JsonMerge($.a, $.b, false)", &[]);
        check(
            "States.JsonMerge($.a, $.b, true)",
            &["objects are merged shallowly alone: this is false at position 27"],
        );
        check("States.Hash($.a, 'SHA-256')", &[]);
        check("States.Hash($.a, $.b)", &[]);
        check(
            "States.Hash($.a, 'SHA256')",
            &["the algorithm is one of MD5, SHA-1, SHA-256, SHA-384, SHA-512 at position 17"],
        );
        check("States.ArrayPartition($.a, 0)", &["the size of the pieces is 1 or more at position 27"]);
        check("States.ArrayGetItem($.a, -1)", &["the index is 0 or more at position 25"]);
        check(
            "States.MathAdd(2147483647, 2147483648)",
            &["a summand is -2147483648 to 2147483647 at position 27"],
        );
    }

    #[test]
    fn a_range_has_a_step_and_an_end() {
        check("States.ArrayRange(1, 9, -2)", &[]);
        check("States.ArrayRange(1, 1000, 1)", &[]);
        check("States.ArrayRange(1, 1001, 1)", &["a range has up to 1000 items at position 18"]);
        check("States.ArrayRange(0, -1000, -1)", &["a range has up to 1000 items at position 18"]);
        check("States.ArrayRange($.a, 5, 0)", &["the step is not 0 at position 26"]);
        check("States.ArrayRange($.a, 5, 0.4)", &["the step is not 0 at position 26"]);
    }

    #[test]
    fn long_texts_are_refused() {
        check(&format!("States.Base64Encode('{}')", "é".repeat(10_000)), &[]);
        let message = "the text has up to 10000 characters, and this has 10001 at position";
        check(&format!("States.Base64Encode('{}')", "é".repeat(10_001)), &[&format!("{message} 20")]);
        check(&format!("States.Hash('{}', 'MD5')", "a".repeat(10_001)), &[&format!("{message} 12")]);
    }

    #[test]
    fn a_backslash_escapes_something() {
        let message = r"`\` stands before `'`, `{`, `}` and `\` alone at position";
        check(r"States.Array('\n', '\\', 'a\b')", &[&format!("{message} 14"), &format!("{message} 27")]);
    }

    #[test]
    fn nesting_has_a_limit() {
        let nested = |depth| format!("{}{}", "States.Array(".repeat(depth), ")".repeat(depth));
        check(&nested(MAX_NESTING), &[]);
        check(&nested(MAX_NESTING + 2), &["functions stand up to 10 deep in one another at position 130"]);
    }

    #[test]
    fn what_may_be_meant_otherwise_is_doubted() {
        check_doubts("States.MathAdd(1.5, $.a)", &["this will be rounded to 2 at position 15"]);
        check_doubts("States.Array(1.5)", &[]);
        check_doubts(
            "States.Array($.a[?(@.b==x)])",
            &["a text without quotes may be refused: write 'x' at position 24"],
        );
        check_doubts(
            "States.Array($.a-b, $['a-b'])",
            &["in an intrinsic function, such a name stands in brackets and quotes at position 16"],
        );
        let many = format!("States.Array({})", ["States.UUID()"; 10].join(","));
        check_doubts(
            &many,
            &["AWS promises to take 10 functions in a field, and this is one more at position 139"],
        );
    }
}
