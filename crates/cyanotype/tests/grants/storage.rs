//! Grants on tables and buckets.

use super::*;

#[test]
fn a_table_is_read_with_its_indexes() {
    let of_table = json!([
        "dynamodb:BatchGetItem",
        "dynamodb:ConditionCheckItem",
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:Scan",
    ]);
    let of_index = json!(["dynamodb:Query", "dynamodb:Scan"]);
    check(
        |stack| grants::dynamodb::read(&table(stack, "It")),
        &[(of_table.clone(), arn()), (of_index.clone(), sub("${It.Arn}/index/*"))],
    );
    let orders = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders";
    check(
        |_| grants::dynamodb::read(orders),
        &[(of_table, json!(orders)), (of_index, json!(format!("{orders}/index/*")))],
    );
}

#[test]
fn a_table_is_written_without_being_read() {
    let actions =
        json!(["dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]);
    check(|stack| grants::dynamodb::write(table(stack, "It").attribute("Arn")), &[(actions, arn())]);
}

#[test]
fn a_stream_is_read_whichever_it_is() {
    let stream = tree!({ "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }], "StreamSpecification": { "StreamViewType": "NEW_IMAGE" } });
    let actions = json!(["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]);
    check(
        |stack| grants::dynamodb::read_stream(&of_type(stack, "AWS::DynamoDB::Table", stream)),
        &[(actions, sub("${It.Arn}/stream/*")), (json!("dynamodb:ListStreams"), json!("*"))],
    );
}

#[test]
fn a_bucket_is_read_whole() {
    check(
        |stack| grants::s3::read(&of_type(stack, "AWS::S3::Bucket", tree!({}))),
        &[(json!("s3:GetObject"), sub("${It.Arn}/*")), (json!("s3:ListBucket"), arn())],
    );
}

#[test]
fn a_bucket_is_read_and_listed_under_a_prefix_alone() {
    let template =
        granted(|stack| grants::s3::read(&of_type(stack, "AWS::S3::Bucket", tree!({}))).under("a/"));
    let list = json!({
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": arn(),
        "Condition": { "StringLike": { "s3:prefix": "a/*" } },
    });
    let get = json!({ "Effect": "Allow", "Action": "s3:GetObject", "Resource": sub("${It.Arn}/a/*") });
    in_order(&template, vec![list, get]);
}

#[test]
fn an_empty_prefix_is_the_whole_bucket() {
    let of = |whole: bool| {
        granted(|stack| {
            let grant = grants::s3::read(&of_type(stack, "AWS::S3::Bucket", tree!({})));
            if whole { grant } else { grant.under("") }
        })
    };
    assert_eq!(of(true), of(false));
}

#[test]
fn objects_are_put_and_deleted_under_a_prefix() {
    check(
        |_| grants::s3::write("arn:aws:s3:::reports").under("2026/"),
        &[(json!(["s3:AbortMultipartUpload", "s3:PutObject"]), json!("arn:aws:s3:::reports/2026/*"))],
    );
    check(
        |_| grants::s3::delete("arn:aws:s3:::reports"),
        &[(json!("s3:DeleteObject"), json!("arn:aws:s3:::reports/*"))],
    );
}
