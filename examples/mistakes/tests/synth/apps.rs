//! Mistakes of the app itself.

use crate::place::{Place, check};

#[test]
fn two_resources_of_one_id_are_both_named() {
    check(
        "duplicate-id",
        "\
error: `Shop/Orders`: `Orders` is there already, made at examples/mistakes/src/names.rs:LINE
  --> examples/mistakes/src/names.rs:LINE
  = help: give one of them another ID: it is what keeps a resource the same from deploy to deploy

1 error: nothing was written
",
    );
}

#[test]
fn a_cycle_is_named_link_by_link() {
    check(
        "cycle",
        "\
error: `Shop/Take`: CloudFormation can make none of these first, since each needs the next:
  `Shop/Take` needs `Shop/Make` (in `Environment.Variables.NEXT`)
  `Shop/Make` needs `Shop/Ship` (in `Environment.Variables.NEXT`)
  `Shop/Ship` needs `Shop/Take` (in `Environment.Variables.NEXT`)
  --> examples/mistakes/src/references.rs:LINE
  = help: break one link: name a resource by a pattern or a fixed name instead of referring to it, or hand the value \
over at run time (a parameter in SSM, the input of the execution)

1 error: nothing was written
",
    );
}

#[test]
fn a_resource_of_another_app_cannot_be_named() {
    check(
        "another-app",
        "\
error: `Shop/Hello`: it names a resource of another app (in `Environment.Variables.TOPIC`)
  --> examples/mistakes/src/references.rs:LINE
  = help: an app deploys on its own: make both in one app, or hand the value over by a parameter or an import

1 error: nothing was written
",
    );
}

#[test]
fn a_state_that_nothing_leads_to_is_named_by_its_own_line() {
    check(
        "unreachable-state",
        "\
error: `Shop/Greeting`, state `Pause`: no path leads to this state
  --> examples/mistakes/src/machines.rs:LINE
  = help: make it the target of an edge, or remove it

1 error: nothing was written
",
    );
}

#[test]
fn a_state_s_name_has_80_characters_at_most() {
    let name = "Ask whether the order is paid for, and if so, whether all of it is in the store..";
    assert_eq!(name.len(), 81);
    check(
        "long-state-name",
        &format!(
            "\
error: `Shop/Greeting`, state `{name}`: the name of a state has 1 to 80 characters, and this has 81 \
(INVALID_STATE_NAME at /States/{name})
  --> examples/mistakes/src/machines.rs:LINE
  = help: shorten it: what needs more room goes into the state's comment

1 error: nothing was written
"
        ),
    );
}

#[test]
fn a_template_has_1_mib_at_most() {
    check(
        "large-template",
        "\
error: `Shop`: the template has 1048772 bytes, and CloudFormation takes 1048576
  --> examples/mistakes/src/main.rs:LINE
  = help: split the stack: what changes together belongs together

1 error: nothing was written
",
    );
}

#[test]
fn a_stack_has_500_resources_at_most() {
    check(
        "many-resources",
        "\
error: `Shop`: the template has 501 resources, and CloudFormation takes 500
  --> examples/mistakes/src/main.rs:LINE
  = help: split the stack: what changes together belongs together

1 error: nothing was written
",
    );
}

#[test]
fn inline_code_that_passes_two_limits_is_told_both() {
    check(
        "large-inline-code",
        "\
error: `Shop/Hello`: its inline code has 4194305 bytes, and CloudFormation takes 4194304
  --> examples/mistakes/src/limits.rs:LINE
  = help: put it into a directory: `Code::directory(asset!(\"…\"))`

error: `Shop`: the template has 4195521 bytes, and CloudFormation takes 1048576
  --> examples/mistakes/src/main.rs:LINE
  = help: split the stack: what changes together belongs together

2 errors: nothing was written
",
    );
}

#[test]
fn environment_variables_have_a_limit_and_are_the_user_s_own() {
    check(
        "large-environment",
        "\
error: `Shop/Hello`: its environment variables have 4139 bytes as JSON, and Lambda takes 4096
  --> examples/mistakes/src/limits.rs:LINE
  = help: keep what is long in a parameter of SSM, or in a file beside the code, and have the function read it

error: `Shop/Hello`: the environment variable `AWS_REGION` is one that Lambda sets
  --> examples/mistakes/src/limits.rs:LINE
  = help: give it another name: Lambda takes none of its own

2 errors: nothing was written
",
    );
}

#[test]
fn an_image_is_named_by_its_digest() {
    check(
        "image-by-tag",
        "\
error: `Shop/Hello`: its image is named by the tag `v1`, which can be moved to another image, and the function is \
published: the same template then publishes nothing, and what a version runs cannot be known
  --> examples/mistakes/src/images.rs:LINE
  = help: name it by its digest, `…@sha256:…`: `aws ecr describe-images --repository-name … --image-ids imageTag=…`

1 error: nothing was written
",
    );
}

#[test]
fn a_description_leaves_room_for_the_stamp() {
    check(
        "long-description",
        "\
error: `Shop/Hello`: its description has 252 characters, which leaves no room for the stamp of its build
  --> examples/mistakes/src/limits.rs:LINE
  = help: shorten it to 231: Lambda takes 256, and ` [cyanotype:…]` takes 25

1 error: nothing was written
",
    );
}

/// Those of the command line first, then by file and line, whatever the order in which the app is written.
const SEVERAL: &str = "\
error: `-c wait=soon`: invalid digit found in string
  --> examples/mistakes/src/main.rs:LINE
  = help: give a value that is a u32: `-c wait=…`

error: the app knows no context key `stage`
  = help: it knows `code`, `mistake`, `redeploy`, `wait`

error: `Shop/Hello`: its description has 252 characters, which leaves no room for the stamp of its build
  --> examples/mistakes/src/limits.rs:LINE
  = help: shorten it to 231: Lambda takes 256, and ` [cyanotype:…]` takes 25

error: `Shop/Greeting`, state `Pause`: no path leads to this state
  --> examples/mistakes/src/machines.rs:LINE
  = help: make it the target of an edge, or remove it

error: `Shop/Orders`: `Orders` is there already, made at examples/mistakes/src/names.rs:LINE
  --> examples/mistakes/src/names.rs:LINE
  = help: give one of them another ID: it is what keeps a resource the same from deploy to deploy

error: `Shop/Take`: CloudFormation can make none of these first, since each needs the next:
  `Shop/Take` needs `Shop/Make` (in `Environment.Variables.NEXT`)
  `Shop/Make` needs `Shop/Ship` (in `Environment.Variables.NEXT`)
  `Shop/Ship` needs `Shop/Take` (in `Environment.Variables.NEXT`)
  --> examples/mistakes/src/references.rs:LINE
  = help: break one link: name a resource by a pattern or a fixed name instead of referring to it, or hand the value \
over at run time (a parameter in SSM, the input of the execution)

error: `Shop/Topic`: its properties are not an object: write `tree!({ \"Name\": value })`
  --> examples/mistakes/src/several.rs:LINE

7 errors: nothing was written
";

#[test]
fn several_mistakes_are_all_reported_and_always_in_the_same_order() {
    let place = Place::new();
    let arguments = ["-c", "wait=soon", "-c", "mistake=several", "-c", "stage=live", "--out", "out"];
    // A process seeds its maps anew: an order that hangs on them would not stay the same for ten.
    for _ in 0..10 {
        place.fails(&arguments, SEVERAL);
    }
    // Nor do the words hang on where the person sits.
    let mut elsewhere = place.synth(&arguments);
    elsewhere.envs([("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Pacific/Chatham")]);
    place.command_fails(&mut elsewhere, SEVERAL);
}
