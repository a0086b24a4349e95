//! The functions of this example as Rust: the same requests and answers as the Node.js sources beside them, which are
//! deployed because they need no cross-compiler.
//!
//! The infrastructure depends on the types and never on this crate: a real handler brings a Lambda runtime along, which
//! a synth must not compile. Here the functions are plain, and a binary for Lambda would hand them to its runtime.

use blue_green_types::{Request, day1, day2, day3::Welcome};

/// `hello` of day 1.
#[must_use]
pub fn hello_day1(_: &Request) -> day1::Verdict {
    day1::Verdict::Approved
}

/// `hello` of day 2.
#[must_use]
pub fn hello_day2(_: &Request) -> day2::Verdict {
    day2::Verdict::ThumbsUp
}

/// `welcome`.
#[must_use]
pub fn welcome(_: &Request) -> Welcome {
    Welcome { welcome: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answers_are_the_bare_strings_that_the_machines_test_for() {
        let request = Request { name: None };
        let answers = [
            serde_json::to_string(&hello_day1(&request)).unwrap(),
            serde_json::to_string(&hello_day2(&request)).unwrap(),
            serde_json::to_string(&welcome(&request)).unwrap(),
        ];
        assert_eq!(answers, ["\"Approved\"", "\"ThumbsUp\"", "{\"welcome\":true}"]);
    }
}
