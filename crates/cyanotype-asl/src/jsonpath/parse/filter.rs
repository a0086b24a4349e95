//! Filters.

use super::{Parsed, Parser, Step, cursor::Cursor, error, literal::Side};
use crate::{
    JsonPath,
    jsonpath::{FilterExpression, FilterOperator, FilterValue},
};

impl Parser {
    /// `[?(…)]`, with the question mark at this place.
    pub(super) fn filter(&mut self, cursor: &mut Cursor, mark: usize) -> Parsed<Step> {
        let open = match cursor.significant(mark) {
            Some((open, b'(')) => open,
            Some((_, b']' | b',')) => return error(mark, "a filter is written out: `?` stands for none"),
            _ => return error(mark + 1, "a filter stands in parentheses: [?(…)]"),
        };
        let close = cursor.closing_in_filter(open, b')')?;
        let Some((end, b']')) = cursor.significant(close) else {
            return error(close, "a filter ends with `)]`");
        };
        let mut inside = cursor.window(open, close + 1);
        let expression = self.or(&mut inside)?;
        inside.skip_spaces();
        if inside.in_bounds() {
            return error(inside.position(), "here the filter should end");
        }
        cursor.go_to(end + 1);
        Ok(Step::Filter(expression))
    }

    /// Parts with `||`, each of parts with `&&`.
    fn or(&mut self, cursor: &mut Cursor) -> Parsed<FilterExpression> {
        let mut alternatives = vec![];
        loop {
            let mut parts = vec![self.operand(cursor)?];
            while skip(cursor, "&&") {
                parts.push(self.operand(cursor)?);
            }
            alternatives.push(join(parts, FilterExpression::And));
            if !skip(cursor, "||") {
                return Ok(join(alternatives, FilterExpression::Or));
            }
        }
    }

    /// What stands between `&&` and `||`.
    fn operand(&mut self, cursor: &mut Cursor) -> Parsed<FilterExpression> {
        cursor.skip_spaces();
        let start = *cursor;
        if cursor.byte() == Some(b'!') {
            cursor.skip(1);
            cursor.skip_spaces();
            if !matches!(cursor.byte(), Some(b'$' | b'@')) {
                self.enter(start.position())?;
                let inner = self.operand(cursor)?;
                self.leave();
                return Ok(FilterExpression::Not(Box::new(inner)));
            }
            // This `!` belongs to the path.
            *cursor = start;
        }
        if cursor.byte() != Some(b'(') {
            return self.comparison(cursor);
        }
        cursor.skip(1);
        self.enter(start.position())?;
        let inner = self.or(cursor)?;
        self.leave();
        cursor.skip_spaces();
        if cursor.byte() != Some(b')') {
            return error(cursor.position(), "an operator, `&&`, `||` or `)` is missing here");
        }
        cursor.skip(1);
        Ok(inner)
    }

    /// `@.a == 1`, or `@.a` alone.
    fn comparison(&mut self, cursor: &mut Cursor) -> Parsed<FilterExpression> {
        let start = cursor.position();
        let (left, not) = self.value(cursor, Side::Left)?;
        let after_left = *cursor;
        let Some(operator) = operator(cursor) else {
            *cursor = after_left;
            return match (left, not) {
                (FilterValue::Path(path), None) => Ok(FilterExpression::Exists(path)),
                (FilterValue::Path(path), Some(_)) => {
                    Ok(FilterExpression::Not(Box::new(FilterExpression::Exists(path))))
                }
                (FilterValue::Literal(_), _) => error(start, "a value alone is no test"),
            };
        };
        let (right, not_right) = self.value(cursor, Side::Right)?;
        for position in not.into_iter().chain(not_right) {
            self.doubt(position, "this `!` counts for nothing: the opposite is !(…)");
        }
        Ok(FilterExpression::Compare { left, operator, right })
    }

    /// A path or a literal, and where a `!` stands before it.
    fn value(&mut self, cursor: &mut Cursor, side: Side) -> Parsed<(FilterValue, Option<usize>)> {
        cursor.skip_spaces();
        let start = cursor.position();
        let not = (cursor.byte() == Some(b'!')).then_some(start);
        if not.is_some() {
            cursor.skip(1);
            cursor.skip_spaces();
        }
        match cursor.byte() {
            Some(b'$' | b'@') => Ok((FilterValue::Path(self.filter_path(cursor)?), not)),
            _ if not.is_some() => error(start, "here, `!` stands before a path alone"),
            _ => Ok((FilterValue::Literal(self.literal(cursor, side)?), None)),
        }
    }

    /// A path ends at a space, an operator or a parenthesis, wherever they are not in brackets.
    fn filter_path(&mut self, cursor: &mut Cursor) -> Parsed<JsonPath> {
        let start = cursor.position();
        let mut first_dot = None;
        cursor.skip(1);
        while cursor.in_bounds() {
            if cursor.byte() == Some(b'[') {
                let open = cursor.position();
                let close = cursor.closing(open, b']')?;
                first_dot = first_dot.or_else(|| cursor.window(open, close).find_any(open, b"."));
                cursor.go_to(close + 1);
            }
            // The bracket after a bracket is passed over here, as any character is: Jayway does so.
            let at = cursor.position();
            let is_end_of_call = || {
                let open = at.saturating_sub(1);
                cursor.at(open) == Some(b'(') && first_dot.is_some_and(|dot| dot < open)
            };
            match cursor.byte().filter(|_| cursor.in_bounds()) {
                None | Some(b' ' | b'<' | b'>' | b'=' | b'~' | b'!') => break,
                Some(b')') if !is_end_of_call() => break,
                Some(b'.') => first_dot = first_dot.or(Some(at)),
                Some(byte @ (b'&' | b'|')) if cursor.at(at + 1) == Some(byte) => {
                    self.doubt(at, "without a space before it, this is part of the name");
                }
                Some(_) => {}
            }
            cursor.skip(1);
        }
        let window = cursor.window(start, cursor.position());
        self.whole(window)
    }
}

/// Passes over the operator, if it is here.
fn skip(cursor: &mut Cursor, operator: &str) -> bool {
    let mut here = *cursor;
    here.skip_spaces();
    let found = here.rest().starts_with(operator);
    if found {
        here.skip(operator.len());
        *cursor = here;
    }
    found
}

fn join(
    mut parts: Vec<FilterExpression>,
    join: fn(Vec<FilterExpression>) -> FilterExpression,
) -> FilterExpression {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            join(parts)
        }
    }
}

/// The operator here, if there is one.
fn operator(cursor: &mut Cursor) -> Option<FilterOperator> {
    cursor.skip_spaces();
    let rest = cursor.rest();
    let is_sign = |byte: char| "<>=~!".contains(byte);
    let end = match rest.starts_with(is_sign) {
        true => rest.find(|byte| !is_sign(byte)),
        false => rest.find(' '),
    };
    let text = rest.get(..end.unwrap_or(rest.len()))?;
    cursor.skip(text.len());
    FilterOperator::from_text(text)
}

#[cfg(test)]
mod tests {
    use crate::{
        JsonPath,
        jsonpath::{
            MAX_DEPTH, Step,
            test::{check_doubt, check_error},
        },
    };

    /// The filter means what the other text says, with all parentheses.
    #[track_caller]
    fn check(filter: &str, expected: &str) {
        let path = JsonPath::parse(&format!("$[?({filter})]")).unwrap();
        let [Step::Filter(expression)] = path.steps() else { panic!("{path:?}") };
        assert_eq!(expression.to_string(), expected);
        assert!(path.doubts().is_empty(), "{:?}", path.doubts());
    }

    #[test]
    fn a_path_alone_asks_whether_it_is_there() {
        check("@.a", "@.a");
        check("!@.a", "!@.a");
        check("! @['a b']", "!@['a b']");
        check("@.a.length()", "@.a.length()");
        check("(@)", "@");
        check_error("$[?(1)]", "a value alone is no test at position 4");
    }

    #[test]
    fn two_values_are_compared() {
        check("@.a==1", "@.a == 1");
        check("@.a==='x'", "@.a === 'x'");
        check("$.b <= @.a[0]", "$.b <= @.a[0]");
        check("1 !== @.a", "1 !== @.a");
        check("@.a =~ /x.*/i", "@.a =~ /x.*/i");
        check("@.a IN ['x','y']", "@.a in ['x','y']");
        check("@.a size 2", "@.a size 2");
        check("@.a empty true", "@.a empty true");
        check("@.a subsetof $.b", "@.a subsetof $.b");
        check("@.length() > 2", "@.length() > 2");
        check_error("$[?(@.a = 1)]", "an operator, `&&`, `||` or `)` is missing here at position 8");
        check_error("$[?(@.a == )]", "a value is missing here at position 11");
        check_error("$[?(@.a in['x'])]", "an operator, `&&`, `||` or `)` is missing here at position 8");
    }

    #[test]
    fn and_binds_more_tightly_than_or() {
        check("@.a || @.b && @.c", "@.a || @.b && @.c");
        check("(@.a || @.b) && @.c", "(@.a || @.b) && @.c");
        check("@.a==1&&@.b==2", "@.a == 1 && @.b == 2");
        check("!(@.a && @.b)", "!(@.a && @.b)");
        check("!(@.a)", "!@.a");
    }

    #[test]
    fn a_filter_stands_in_parentheses() {
        check_error("$[?@.a]", "a filter stands in parentheses: [?(…)] at position 3");
        check_error("$[?(@.a)", "a filter ends with `)]` at position 7");
        check_error("$[?(@.a]", "this bracket is not closed at position 3");
        check_error("$[?(@.a) && (@.b)]", "a filter ends with `)]` at position 7");
        check_error("$[?]", "a filter is written out: `?` stands for none at position 2");
        check_error("$[?, ?]", "a filter is written out: `?` stands for none at position 2");
    }

    #[test]
    fn paths_inside_are_checked_too() {
        check_error("$[?(@.a. == 1)]", "a path does not end with a dot at position 7");
        check_error("$[?(@['a] == 1)]", "this quote is not closed at position 6");
        check_doubt(
            "$[?(@.a == $$.b)]",
            "inside of a path, `$` and `@` alone are known to work at position 11",
        );
    }

    #[test]
    fn what_counts_for_nothing_is_doubted() {
        check_doubt("$[?(!@.a == 1)]", "this `!` counts for nothing: the opposite is !(…) at position 4");
        check_doubt("$[?(1 == !@.a)]", "this `!` counts for nothing: the opposite is !(…) at position 9");
        check_doubt("$[?(@.a&&@.b)]", "without a space before it, this is part of the name at position 7");
    }

    #[test]
    fn nesting_has_a_limit() {
        let parentheses = |depth| format!("$[?{}@.a{}]", "(".repeat(depth), ")".repeat(depth));
        assert!(JsonPath::parse(&parentheses(MAX_DEPTH)).is_ok());
        check_error(&parentheses(MAX_DEPTH + 1), "this nests more than 100 deep at position 103");

        let filters = |depth| format!("${}{}", "[?(@".repeat(depth), ")]".repeat(depth));
        assert!(JsonPath::parse(&filters(MAX_DEPTH)).is_ok());
        check_error(&filters(MAX_DEPTH + 1), "this nests more than 100 deep at position 403");

        let not = format!("$[?({}@.a)]", "!".repeat(1_000_000));
        check_error(&not, "this nests more than 100 deep at position 103");
    }
}
