//! The types of a function's parameters, such as `<a<n>s?:b>`.

/// Refuses what the reference refuses in a signature: a code, and where in the signature.
///
/// What the reference makes a regular expression of and cannot, such as `<s?+>`, is taken.
pub(super) fn check(signature: &str) -> Result<(), (&'static str, usize)> {
    let units: Vec<u16> = signature.encode_utf16().collect();
    let mut position = 1;
    // Whether the type before may have a parameter.
    let mut is_open = false;
    while let Some(symbol) = units.get(position).map(|unit| u8::try_from(*unit).unwrap_or_default()) {
        match symbol {
            b':' => break,
            b'a' | b'f' => is_open = true,
            b's' | b'n' | b'b' | b'l' | b'o' | b'j' | b'x' => is_open = false,
            b'(' => {
                let end = closing(&units, position, b'(', b')');
                let choice = units.get(position + 1..end).unwrap_or_default();
                if choice.contains(&b'<'.into()) {
                    return Err(("S0402", position));
                }
                position = end;
                is_open = false;
            }
            b'<' if is_open => position = closing(&units, position, b'<', b'>'),
            b'<' => return Err(("S0401", position)),
            _ => {}
        }
        position += 1;
    }
    Ok(())
}

/// Where the bracket that is opened there is closed; the end if it is not.
fn closing(units: &[u16], start: usize, open: u8, close: u8) -> usize {
    let mut depth = 1_usize;
    for (at, unit) in units.iter().enumerate().skip(start + 1) {
        if *unit == u16::from(close) {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        } else if *unit == u16::from(open) {
            depth += 1;
        }
    }
    units.len()
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(signature: &str, expected: Result<(), (&'static str, usize)>) {
        assert_eq!(super::check(signature), expected, "{signature}");
    }

    #[test]
    fn types_may_be_optional_repeated_and_chosen() {
        check("<>", Ok(()));
        check("<s-n?b+:o>", Ok(()));
        check("<(sn)j:x>", Ok(()));
    }

    #[test]
    fn only_arrays_and_functions_take_types() {
        check("<a<s>f<n:n>>", Ok(()));
        check("<a?<s>>", Ok(()));
        check("<s<n>>", Err(("S0401", 2)));
        check("<<n>>", Err(("S0401", 1)));
        check("<(sa)<n>>", Err(("S0401", 5)));
    }

    #[test]
    fn a_choice_takes_no_types_with_types() {
        check("<n(sa<n>)>", Err(("S0402", 2)));
    }

    #[test]
    fn what_is_returned_is_not_read() {
        check("<s:s<s>>", Ok(()));
    }
}
