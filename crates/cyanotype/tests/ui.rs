//! Compile errors are the user interface of types: each file in `ui/` is named for the mistake that it makes.

#[test]
fn mistakes_do_not_compile_and_say_why() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
