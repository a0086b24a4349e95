//! A handler that does not keep its contract does not compile: each file in `ui/` is named for the mistake that it makes.

#[test]
fn a_handler_that_drifts_does_not_compile_and_says_why() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
