//! Texts that are long or deep: an error or a result, in a time that grows as they do.

use std::time::{Duration, Instant};

use cyanotype_asl::Jsonata;

const MEGABYTE: usize = 1 << 20;

/// A text of about so many bytes.
fn repeat(head: &str, body: &str, bytes: usize) -> String {
    let mut text = String::from(head);
    while text.len() < bytes {
        text.push_str(body);
    }
    text
}

fn judge(text: &str) -> (Option<&'static str>, Duration) {
    let start = Instant::now();
    let verdict = Jsonata::parse(text);
    if let Ok(expression) = &verdict {
        // The variables and the fields come from the same walk.
        let _ = expression.problems();
    }
    (verdict.err().map(|error| error.code), start.elapsed())
}

/// A text of one megabyte has this verdict, and one of two takes no more than four times as long.
#[track_caller]
fn check(head: &str, body: &str, tail: &str, code: Option<&str>) {
    check_size(MEGABYTE, [head, body, tail], code);
}

/// The same of a smaller text that is taken: many of a megabyte would take minutes.
#[track_caller]
fn check_chain(head: &str, body: &str, tail: &str) {
    check_size(MEGABYTE / 8, [head, body, tail], None);
}

#[track_caller]
fn check_size(size: usize, [head, body, tail]: [&str; 3], code: Option<&str>) {
    let once = repeat(head, body, size) + tail;
    let twice = repeat(head, body, 2 * size) + tail;
    // Other tests run beside it: what is too slow is so every time.
    let is_linear = (0..5).any(|_| {
        let (verdict, time) = judge(&once);
        assert_eq!(verdict, code, "{head}{body}…{tail}");
        judge(&twice).1 <= time * 4 + Duration::from_millis(20)
    });
    assert!(is_linear, "{head}{body}…{tail}");
}

#[test]
fn deep_nesting_is_refused() {
    check("", "(", "", Some("L0001"));
    check("", "[", "", Some("L0001"));
    check("", "{\"a\":", "", Some("L0001"));
    check("", "-", "1", Some("L0001"));
    check("", "a[", "", Some("L0001"));
    check("", "$f(", "", Some("L0001"));
    check("", "|", "", Some("L0001"));
    check("", "a?b:", "c", Some("L0001"));
    check("", "a?", "c", Some("L0001"));
    check("", "a?:", "b", Some("L0001"));
    check("", "a??", "b", Some("L0001"));
    check("", "$a:=", "1", Some("L0001"));
    check("", "function($a){", "", Some("L0001"));
    check("", "a^(", "", Some("L0001"));
}

#[test]
fn hundreds_of_thousands_of_operators_are_taken() {
    check("1", "+1", "", None);
}

#[test]
fn hundreds_of_thousands_of_steps_are_taken() {
    check("a", ".a", "", None);
}

#[test]
fn long_chains_are_taken() {
    check_chain("a", ".a", "");
    check_chain("1", "+1", "");
    check_chain("a", "[0]", "");
    check_chain("a", "[]", "");
    check_chain("a", "(1)", "");
    check_chain("a", "@$b", "");
    check_chain("a", "#$b", "");
    check_chain("a", "^(b)", "");
    check_chain("a", "~>$b", "");
    check_chain("a", " and a", "");
    check_chain("[1", ",1", "]");
    check_chain("(1", ";$a:=1", ")");
    check_chain("(1", ";$a", ")");
    check_chain("$f(1", ",?", ")");
    check_chain("{'a':1", ",'a':1", "}");
    check_chain("function($a)<s", "s", ">{1}");
    check_chain("(1", ";function($a){$a}", ")");
    check_chain("a", "/*b*/", "");
}

#[test]
fn what_is_sought_in_long_paths_has_a_limit() {
    check_size(MEGABYTE / 8, ["a", ".%", ""], Some("L0002"));
    check_chain("a.b[%.c", "+%.c", "]");
    check_chain("a.(1", "+%", ")");
    check_size(MEGABYTE / 8, ["1", "+%", ""], Some("S0217"));
}

#[test]
fn what_has_no_end_is_refused() {
    check("'", "a", "", Some("S0101"));
    check("'", "\\\\", "", Some("S0101"));
    check("`", "a", "", Some("S0105"));
    check("/*", "*", "", Some("S0106"));
    check("a[/", "a", "", Some("S0302"));
    check("(/", "a", "", Some("S0211"));
    check("$f(/", "\\/", "", Some("S0302"));
    check("$f(/", "(", "", Some("S0302"));
    check("", "1", "", Some("S0102"));
    check("function($a)<", "<", "", Some("S0203"));
    check("", " ", "", Some("S0207"));
}
