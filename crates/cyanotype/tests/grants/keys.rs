//! Grants on keys, and what grants take of the keys behind their resources.

use super::*;

#[test]
fn a_key_encrypts_and_decrypts() {
    let it = attribute("Key", "Arn");
    check(|stack| grants::kms::decrypt(&key(stack)), &[(json!("kms:Decrypt"), it.clone())]);
    check(|stack| grants::kms::encrypt(&key(stack)), &[(json!(["kms:Encrypt", "kms:GenerateDataKey*"]), it)]);
}

/// Asserts that the resource's grant allows this of the key, in a statement of its own.
#[track_caller]
fn of_key<G: Into<Grant>>(
    type_name: &str,
    properties: impl FnOnce(Tree) -> Tree,
    grant: impl FnOnce(&Resource) -> G,
    actions: &Json,
) {
    let template = granted(|stack| {
        let key = key(stack).attribute("Arn");
        grant(&of_type(stack, type_name, properties(key.into())))
    });
    let expected = json!({ "Effect": "Allow", "Action": actions, "Resource": attribute("Key", "Arn") });
    let of_keys: Vec<_> = statements(&template, "HelloRole").into_iter().filter(|s| *s == expected).collect();
    assert_eq!(of_keys, [expected], "{template:#}");
}

#[test]
fn what_is_encrypted_with_a_key_of_the_app_takes_the_key_too() {
    let (read, write) = (json!("kms:Decrypt"), json!(["kms:Decrypt", "kms:GenerateDataKey*"]));
    let table = |key| {
        let encrypted = tree!({ "SSEEnabled": true, "KMSMasterKeyId": key });
        tree!({ "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }], "SSESpecification": encrypted })
    };
    of_key("AWS::DynamoDB::Table", table, |it| grants::dynamodb::read(it), &read);
    of_key("AWS::DynamoDB::Table", table, |it| grants::dynamodb::write(it), &write);
    let bucket = |key| {
        let default = tree!({ "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key });
        let rules = tree!([{ "ServerSideEncryptionByDefault": default }]);
        tree!({ "BucketEncryption": { "ServerSideEncryptionConfiguration": rules } })
    };
    of_key("AWS::S3::Bucket", bucket, |it| grants::s3::read(it).under("a/"), &read);
    of_key("AWS::S3::Bucket", bucket, |it| grants::s3::write(it), &write);
    let master = |key| tree!({ "KmsMasterKeyId": key });
    of_key("AWS::SQS::Queue", master, |it| grants::sqs::send(it), &write);
    of_key("AWS::SQS::Queue", master, |it| grants::sqs::consume(it), &read);
    of_key("AWS::SNS::Topic", master, |it| grants::sns::publish(it), &write);
    let secret = |key| tree!({ "KmsKeyId": key });
    of_key("AWS::SecretsManager::Secret", secret, |it| grants::secrets_manager::read(it), &read);
}

#[test]
fn an_alias_of_the_app_stands_for_its_key() {
    let template = granted(|stack| {
        let alias = tree!({ "AliasName": "alias/it", "TargetKeyId": key(stack).reference() });
        let alias = stack.resource("Alias", "AWS::KMS::Alias", alias);
        let queue = tree!({ "KmsMasterKeyId": alias.reference() });
        grants::sqs::consume(&of_type(stack, "AWS::SQS::Queue", queue))
    });
    let of_key: Vec<_> =
        statements(&template, "HelloRole").into_iter().filter(|s| s["Action"] == "kms:Decrypt").collect();
    assert_eq!(of_key.iter().map(|s| s["Resource"].clone()).collect::<Vec<_>>(), [attribute("Key", "Arn")]);
}

#[test]
fn a_key_that_aws_manages_takes_nothing() {
    let queue = tree!({ "KmsMasterKeyId": "alias/aws/sqs" });
    check(
        |stack| grants::sqs::send(&of_type(stack, "AWS::SQS::Queue", queue)),
        &[(json!("sqs:SendMessage"), arn())],
    );
}

#[test]
fn deleting_takes_nothing_of_a_key() {
    let template = granted(|stack| {
        let default = tree!({ "SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key(stack).attribute("Arn") });
        let rules = tree!([{ "ServerSideEncryptionByDefault": default }]);
        let encryption = tree!({ "BucketEncryption": { "ServerSideEncryptionConfiguration": rules } });
        grants::s3::delete(&of_type(stack, "AWS::S3::Bucket", encryption))
    });
    assert_eq!(statements(&template, "HelloRole").len(), 1);
}
