//! References that CloudFormation resolves: in a published function they name a version of what they refer to.

mod common;

use common::*;
use cyanotype::prelude::*;

fn app(value: impl Into<Value<String>>, publish: bool) -> App {
    let props = props!(environment([("STAGE", value.into())]));
    shop(|stack| {
        let hello = Fun::new(stack, "Hello", props);
        if publish {
            hello.publish();
        }
    })
}

const PARAMETER: &str = "name the parameter's version: ";
const SECRET: &str = "name the secret's version, by its ID: \
                      `{{resolve:secretsmanager:ID:SecretString:KEY::VERSION}}`; or have the function read the secret \
                      when it runs";

fn says(path: &str, reference: &str, help: &str) -> String {
    format!(
        "Shop/Hello: `{path}` holds `{reference}`, which comes to the value of the day, and the function is \
         published: another value publishes nothing, and what a version runs with cannot be known / {help}; or say \
         why it cannot change: `.known_at_deploy(\"…\")`"
    )
}

#[track_caller]
fn warned(value: impl Into<Value<String>>, reference: &str, help: &str) {
    assert_eq!(warnings(&app(value, true)), [says("Environment.Variables.STAGE", reference, help)]);
}

#[track_caller]
fn silent(value: impl Into<Value<String>>) {
    assert_eq!(warnings(&app(value, true)), [""; 0]);
}

#[test]
fn a_parameter_without_a_version_is_a_warning() {
    let help = |with: &str| format!("{PARAMETER}`{with}`");
    warned(
        "{{resolve:ssm:/shop/stage}}",
        "{{resolve:ssm:/shop/stage}}",
        &help("{{resolve:ssm:/shop/stage:3}}"),
    );
    warned("a{{resolve:ssm:b}}c", "{{resolve:ssm:b}}", &help("{{resolve:ssm:b:3}}"));
    let arn = "{{resolve:ssm:arn:aws:ssm:eu-west-1:123456789012:parameter/stage";
    warned(format!("{arn}}}}}"), &format!("{arn}}}}}"), &help(&format!("{arn}:3}}}}")));
    silent("{{resolve:ssm:/shop/stage:3}}");
    silent(format!("{arn}:3}}}}"));
    silent("{{resolve:other:thing}}");
    silent("resolve:ssm:/shop/stage");
}

#[test]
fn a_secret_without_a_version_s_id_is_a_warning() {
    let arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
    for secret in [
        "db",
        "db:SecretString:password",
        "db:SecretString:password:AWSCURRENT",
        "db:SecretString:password:AWSCURRENT:",
        arn,
    ] {
        let reference = format!("{{{{resolve:secretsmanager:{secret}}}}}");
        warned(reference.as_str(), &reference, SECRET);
    }
    for secret in ["db", arn] {
        silent(format!("{{{{resolve:secretsmanager:{secret}:SecretString:password::a1b2}}}}"));
    }
}

#[test]
fn a_reference_is_seen_across_the_parts_of_a_text() {
    let parts = |parts: [&str; 3]| Value::concat(parts.map(Value::from));
    let help = format!("{PARAMETER}`{{{{resolve:ssm:/shop/stage:3}}}}`");
    warned(parts(["{{res", "olve:ssm:/shop/", "stage}}"]), "{{resolve:ssm:/shop/stage}}", &help);
    silent(parts(["{{resolve:ssm:/shop/stage", ":", "3}}"]));
    let joined = Value::join("/", Value::from(vec!["{{resolve:ssm:", "shop", "stage}}"]));
    warned(joined, "{{resolve:ssm:/shop/stage}}", &help);

    let region = || Value::pseudo(Pseudo::Region);
    let help = format!("{PARAMETER}`{{{{resolve:ssm:/…/stage:3}}}}`");
    warned(
        Value::concat(["{{resolve:ssm:/".into(), region(), "/stage}}".into()]),
        "{{resolve:ssm:/…/stage}}",
        &help,
    );
    warned(
        Value::sub("{{resolve:ssm:/${Region}/stage}}", [("Region", region())]),
        "{{resolve:ssm:/…/stage}}",
        &help,
    );
    // What the deploy knows of a version is a version.
    silent(Value::sub("{{resolve:ssm:/stage:${Version}}}", [("Version", region())]));
}

#[test]
fn a_secret_of_the_app_is_named_by_what_refers_to_it() {
    let of = |end: &str| {
        shop(|stack| {
            let secret = stack.resource("Password", "AWS::SecretsManager::Secret", tree!({}));
            let value = Value::concat(["{{resolve:secretsmanager:".into(), secret.reference(), end.into()]);
            Fun::new(stack, "Hello", props!(environment([("PASSWORD", value)]))).publish();
        })
    };
    let reference = "{{resolve:secretsmanager:…:SecretString:password}}";
    let expected = says("Environment.Variables.PASSWORD", reference, SECRET);
    assert_eq!(warnings(&of(":SecretString:password}}")), [expected]);
    assert_eq!(warnings(&of(":SecretString:password::a1b2}}")), [""; 0]);
}

#[test]
fn what_is_acknowledged_not_published_or_not_held_by_a_version_is_no_warning() {
    let reference = || Value::<String>::from("{{resolve:ssm:/shop/stage}}");
    assert_eq!(warnings(&app(reference(), false)), [""; 0]);
    silent(reference().known_at_deploy("it is set once for each account"));
    let tagged = shop(|stack| Fun::new(stack, "Hello", props!(tags([("Stage", reference())]))).publish());
    assert_eq!(warnings(&tagged), [""; 0]);
}

#[test]
fn a_reference_in_code_is_neither_a_wrong_name_nor_a_tag() {
    let help = |name: &str| format!("{PARAMETER}`{{{{resolve:ssm:{name}:3}}}}`");
    let of = |props: FunctionProps| shop(|stack| Fun::new(stack, "Hello", props).publish());
    let object = |name: &str| {
        let code = Code::s3(format!("{{{{resolve:ssm:{name}}}}}"), "a").version("v1");
        of(FunctionProps::builder().runtime(Runtime::NODEJS_22).handler("index.handler").code(code).build())
    };
    assert_eq!(errors(&object("/builds:1")), [""; 0]);
    assert_eq!(warnings(&object("/builds:1")), [""; 0]);
    assert_eq!(
        warnings(&object("/builds")),
        [says("Code.S3Bucket", "{{resolve:ssm:/builds}}", &help("/builds"))]
    );
    let image =
        |name: &str| of(FunctionProps::image(Image::registry(format!("{{{{resolve:ssm:{name}}}}}"))).build());
    assert_eq!(errors(&image("/image:1")), [""; 0]);
    assert_eq!(
        warnings(&image("/image")),
        [says("Code.ImageUri", "{{resolve:ssm:/image}}", &help("/image"))]
    );
}

#[test]
fn a_secure_parameter_is_refused_since_cloudformation_resolves_it_elsewhere_alone() {
    let expected = "Shop/Hello: `Environment.Variables.STAGE` holds `{{resolve:ssm-secure:/key:1}}`, and \
                    CloudFormation resolves none of `ssm-secure` in a function / have the function read the parameter \
                    when it runs, or keep it in Secrets Manager";
    for publish in [true, false] {
        assert_eq!(errors(&app("{{resolve:ssm-secure:/key:1}}", publish)), [expected]);
    }
}
