//! Whatever the text: the parsers and the validator end in a value or in an error, and soon.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

#[allow(unreachable_pub, reason = "it is a library of its own elsewhere")]
#[path = "../../../fuzz/src/lib.rs"]
mod fuzz;

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use cyanotype_asl::{IntrinsicCall, JsonPath};
use proptest::prelude::*;

/// Pieces of what is read, in any order.
fn text() -> impl Strategy<Value = String> {
    const PIECES: [&str; 58] = [
        "$",
        "$$",
        "@",
        ".",
        "..",
        "[",
        "]",
        "(",
        ")",
        "[?(",
        ")]",
        "?",
        "*",
        "'",
        "\"",
        "\\",
        "\\u",
        "00e9",
        "ud83c",
        ",",
        ":",
        "-",
        "0",
        "12",
        "2147483648",
        "a",
        "é",
        "日本",
        " ",
        "\n",
        "/",
        "/i",
        "==",
        "!=",
        "=~",
        "<",
        "!",
        "&&",
        "||",
        " in ",
        " nin ",
        "null",
        "true",
        "e5",
        "length()",
        ".sum(",
        "{",
        "}",
        "{}",
        "\u{301}",
        "\u{1F197}",
        "States.",
        "Format(",
        "Array(",
        "States.Array(",
        "MathAdd(",
        "Hash('a', ",
        "UUID()",
    ];
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..24);
    prop_oneof![
        2 => pieces.prop_map(|pieces| pieces.concat()),
        2 => ".{0,40}",
        1 => any::<String>(),
    ]
}

/// Reads it as everything that it can be.
fn read(text: &str) {
    for (_, target) in fuzz::TARGETS {
        target(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 5_000,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_ends_in_a_value_or_an_error(text in text()) {
        read(&text);
        read(&format!("${text}"));
        read(&format!("$.a[?({text})]"));
        read(&format!("States.Format('{text}', $.{text}, {text})"));
    }
}

#[test]
fn what_fuzzing_has_found_stays_mended() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
    let mut count = 0;
    for (name, _) in fuzz::TARGETS {
        for entry in fs::read_dir(seeds.join(name)).unwrap_or_else(|error| panic!("{name}: {error}")) {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let start = Instant::now();
            read(&text);
            let took = start.elapsed();
            assert!(took < Duration::from_secs(5), "{}: {took:?}", path.display());
            count += 1;
        }
    }
    println!("{count} seeds");
    assert!(count >= fuzz::TARGETS.len());
}

/// Twice the text takes about twice the time.
#[track_caller]
fn check_linear(kilobytes: usize, start: &str, piece: &str, end: &str) {
    let time = |bytes: usize| {
        let text = format!("{start}{}{end}", piece.repeat(bytes / piece.len()));
        let start = Instant::now();
        let _ = (JsonPath::parse(&text), IntrinsicCall::parse(&text));
        start.elapsed()
    };
    // Whatever else the machine does meanwhile; a quadratic reader takes minutes, every time.
    let is_linear =
        (0..5).any(|_| time(kilobytes << 11) < time(kilobytes << 10) * 3 + Duration::from_millis(500));
    assert!(is_linear, "{start:?} {piece:?}");
}

#[test]
fn long_nonsense_takes_time_by_its_length() {
    for piece in
        ["[", "(", ".", "]", ")", "!", "'", "\"", "\\", " ", "$", "@", "a", "/", "?", "States.Array(", "{}"]
    {
        check_linear(1024, "", piece, "");
        check_linear(1024, "$", piece, "");
        check_linear(1024, "$.a[?(", piece, ")]");
        check_linear(1024, "$.a[?(@", piece, ")]");
        check_linear(1024, "$.f(", piece, ")");
        check_linear(1024, "States.Format(", piece, ")");
    }
}

#[test]
fn long_paths_and_calls_take_time_by_their_length() {
    for piece in [".a", "[0]", "..a", ".f()", "[?(@.a==1)]", ".f(1)", "['a' , 'b']", "[0]a"] {
        check_linear(128, "$", piece, "");
    }
    for piece in ["()", ".f()", "[0]", " && @.a", " || (@.a)", "&&", "[[]]"] {
        check_linear(128, "$.a[?(@", piece, ")]");
    }
    for piece in ["1,", "$.a,", "{},", "\"a\","] {
        check_linear(128, "$.f(", piece, "1)");
        check_linear(128, "$.a[?(@.b in [", piece, "1])]");
        check_linear(128, "States.Array(", piece, "1)");
    }
}
