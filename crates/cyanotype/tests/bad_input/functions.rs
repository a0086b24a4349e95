//! Mistakes in functions, their code, aliases and imports.

use super::*;

fn of_code(code: impl Into<Code>) -> FunctionProps {
    FunctionProps::builder().runtime(Runtime::NODEJS_22).handler("index.handler").code(code).build()
}

#[test]
fn a_directory_that_is_not_there() {
    check(
        |stack| Fun::new(stack, "Hello", of_code(Code::directory("/no/such/../directory"))),
        "error: `Shop/Hello`: the code directory `/no/directory` does not exist\n  --> HERE\n  = help: give the path of \
         a directory, or build it first; a relative path counts from where the command runs, `asset!(\"…\")` from the \
         crate that says it",
    );
}

#[test]
fn a_directory_without_files() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().to_str().unwrap().to_owned();
    check(
        |stack| Fun::new(stack, "Hello", of_code(Code::directory(path.as_str()))),
        &format!(
            "error: `Shop/Hello`: the code directory `{path}` holds no files\n  --> HERE\n  = help: build the code \
             first, or look at what is excluded: Lambda takes no empty zip"
        ),
    );
}

#[test]
fn a_directory_that_lambda_does_not_take() {
    let directory = tempfile::tempdir().unwrap();
    // Sparse: nothing of it is on the disk, and nothing of it is read.
    std::fs::File::create(directory.path().join("model.bin")).unwrap().set_len(262_144_001).unwrap();
    let path = directory.path().to_str().unwrap().to_owned();
    check(
        |stack| Fun::new(stack, "Hello", of_code(Code::directory(path.as_str()))),
        &format!(
            "error: `Shop/Hello`: the code directory `{path}` has 262144001 bytes, and Lambda takes 262144000 unzipped\
             \n  --> HERE\n  = help: exclude what the function does not need at run time, or move it into layers or an \
             image"
        ),
    );
}

#[test]
fn a_timeout_out_of_range() {
    check(
        |stack| Fun::new(stack, "Hello", props!(timeout(seconds(901)))),
        "error: `Shop/Hello`: its timeout is 901 seconds\n  --> HERE\n  = help: Lambda takes 1 to 900",
    );
}

#[test]
fn memory_out_of_range() {
    check(
        |stack| Fun::new(stack, "Hello", props!(memory_mib(64u32))),
        "error: `Shop/Hello`: its memory is 64 MiB\n  --> HERE\n  = help: Lambda takes 128 to 10240",
    );
}

#[test]
fn a_name_is_looked_at_though_it_is_put_together_and_acknowledged() {
    let app = shop(|stack| {
        let handler =
            Value::concat(["index".into(), " handler".into()]).known_at_deploy("it is written here");
        let props = FunctionProps::builder().runtime(Runtime::NODEJS_22).handler(handler);
        Function::<String, String>::new(stack, "Hello", props.code(Code::inline("x")).build());
    });
    one_error(&app, &["Shop/Hello: `index handler` is no handler", "no spaces"]);
}

#[test]
fn inline_code_of_a_runtime_that_has_none() {
    let props = FunctionProps::builder().runtime(Runtime::JAVA_21).handler("Hello").code(Code::inline("x"));
    check(
        |stack| Fun::new(stack, "Hello", props.build()),
        "error: `Shop/Hello`: inline code does not run on `java21`\n  --> HERE\n  = help: Lambda takes inline code for \
         Node.js and Python; put any other into a directory",
    );
}

#[test]
fn inline_code_over_4_mib_passes_the_template_s_limit_too() {
    let app = shop(|stack| Fun::new(stack, "Hello", of_code(Code::inline("x".repeat((4 << 20) + 1)))));
    let errors = errors(&app);
    let [template, code] = &errors[..] else { panic!("{} errors", errors.len()) };
    assert!(
        template.contains("Shop: the template has 41") && template.contains("takes 1048576"),
        "{template}"
    );
    assert!(code.contains("Shop/Hello: its inline code has 4194305 bytes, and CloudFormation takes 4194304"));
}

#[test]
fn an_alias_s_name() {
    check(
        |stack| {
            let hello = function(stack, "Hello");
            hello.alias("12", &hello.publish());
        },
        "error: `Shop/Hello/Alias/12`: `12` is no name for an alias\n  --> HERE\n  = help: an alias has 1 to 128 \
         letters, digits, `-` and `_`, and is not a number",
    );
}

#[test]
fn an_alias_of_another_s_version() {
    check(
        |stack| function(stack, "Hello").alias("live", &function(stack, "Other").publish()),
        "error: `Shop/Hello/Alias/live`: the alias `live` is given a version of another function\n  --> HERE\n  = help: \
         give it a version that this function's `publish()` made",
    );
}

#[test]
fn a_raw_property_that_is_set_already() {
    check(
        |stack| function(stack, "Hello").raw("Runtime", "nodejs20.x", VersionLocked::Yes),
        "error: `Shop/Hello`: `Runtime` is set already, and `raw` would replace it\n  --> HERE",
    );
}

#[test]
fn a_create_only_property_that_a_version_is_said_not_to_hold() {
    check(
        |stack| function(stack, "Hello").raw("PackageType", "Image", VersionLocked::No),
        "error: `Shop/Hello`: a version holds `PackageType`, which cannot change in place: pass `VersionLocked::Yes`\n  \
         --> HERE",
    );
}

#[test]
fn a_raw_property_that_is_known_to_be_held_or_not() {
    let raw = |property: &'static str, locked| {
        shop(|stack| function(stack, "Hello").raw(property, tree!([]), locked))
    };
    one_error(&raw("Layers", VersionLocked::No), &["a version holds `Layers`: pass `VersionLocked::Yes`"]);
    one_error(
        &raw("RecursiveLoop", VersionLocked::Yes),
        &["a version does not hold `RecursiveLoop`: pass `VersionLocked::No`"],
    );
}

#[test]
fn an_import_that_can_move_is_refused_when_it_is_made() {
    let function = "arn:aws:lambda:eu-west-1:123456789012:function:hello";
    for (tail, says) in [
        ("", "has no version: it calls whatever was deployed last"),
        (":$LATEST", "calls whatever was deployed last"),
        (":$LATEST.PUBLISHED", "calls whatever was deployed last"),
        (":live", "names an alias, which can be moved while an execution runs"),
    ] {
        let error = Version::<Json, Json>::import(format!("{function}{tail}")).unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
    }
    assert!(Version::<Json, Json>::import(format!("{function}:7")).is_ok());
}
