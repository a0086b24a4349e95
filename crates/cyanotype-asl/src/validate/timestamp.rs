//! Timestamps, in the profile of RFC 3339 that the States Language takes.

/// Whether it is a date and a time with an upper-case `T`, and `Z` or an offset, such as
/// `2026-11-24T10:00:00Z`.
pub(super) fn is_valid(text: &str) -> bool {
    parse(text).is_some()
}

fn parse(text: &str) -> Option<()> {
    let (date, time) = text.split_once('T')?;
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let (time, offset) = match time.strip_suffix('Z') {
        Some(time) => (time, None),
        None => time.rfind(['+', '-']).map(|at| (&time[..at], Some(&time[at + 1..])))?,
    };
    let (time, fraction) =
        time.split_once('.').map_or((time, None), |(time, fraction)| (time, Some(fraction)));
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;

    // A leap second is 60 in RFC 3339.
    let clock = |hour: u32, minute: u32| hour <= 23 && minute <= 59;
    let valid = (1..=days(year, month)).contains(&day)
        && clock(hour, minute)
        && second <= 60
        && fraction.is_none_or(|f| !f.is_empty() && f.bytes().all(|b| b.is_ascii_digit()));
    let offset = match offset.map(|offset| numbers(offset, ':', [2, 2])) {
        None => true,
        Some(offset) => offset.is_some_and(|[hour, minute]| clock(hour, minute)),
    };
    (valid && offset).then_some(())
}

/// Numbers of exactly so many digits each.
fn numbers<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Option<[u32; N]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; N];
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next()?;
        if part.len() != digits || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

/// How many days the month has; none if there is no such month.
fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(text: &str, valid: bool) {
        assert_eq!(super::is_valid(text), valid, "{text}");
    }

    #[test]
    fn timestamps_are_dates_and_times_in_a_zone() {
        check("2016-08-18T17:33:00Z", true);
        check("2016-08-18T17:33:00.123456789Z", true);
        check("2016-08-18T17:33:00+02:00", true);
        check("2016-08-18T17:33:00.5-11:30", true);
        check("2024-02-29T00:00:00Z", true);
        check("2016-12-31T23:59:60Z", true);
    }

    #[test]
    fn others_are_none() {
        check("", false);
        check("2016-08-18", false);
        check("2016-08-18T17:33:00", false);
        check("2016-08-18t17:33:00Z", false);
        check("2016-08-18T17:33:00z", false);
        check("2016-08-18 17:33:00Z", false);
        check("2016-13-18T17:33:00Z", false);
        check("2023-02-29T00:00:00Z", false);
        check("2016-08-18T24:00:00Z", false);
        check("2016-08-18T17:33:00.Z", false);
        check("2016-08-18T17:33:00+0200", false);
        check("16-8-18T17:33:00Z", false);
        check("٢٠١٦-08-18T17:33:00Z", false);
        check("2016-08-18T17:33:00+é", false);
    }
}
