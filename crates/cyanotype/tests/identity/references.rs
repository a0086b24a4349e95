//! What of a resource publishes the function that refers to it.

use super::*;

#[test]
fn what_is_referred_to_publishes_when_it_may_be_replaced_and_not_by_its_tags() {
    let of = |properties: Tree| {
        published(props!(), |stack, hello| {
            let table = table_with(stack, "Table", properties);
            hello.environment("TABLE", table.reference());
        })
        .1
    };
    let plain = of(tree!({ "TableName": "a" }));
    assert_ne!(plain, of(tree!({ "TableName": "b" })));
    assert_eq!(plain, of(tree!({ "TableName": "a", "Tags": [{ "Key": "Team", "Value": "shop" }] })));
}

#[test]
fn what_is_referred_to_in_two_steps_publishes() {
    let of = |pending: u32| {
        published(props!(), |stack, hello| {
            let name = format!("queue{pending}");
            let queue = stack.resource("Queue", "AWS::SQS::Queue", tree!({ "QueueName": name }));
            let named = tree!({ "TableName": queue.attribute("QueueName") });
            let table = table_with(stack, "Table", named);
            hello.environment("TABLE", table.reference());
        })
        .1
    };
    assert_ne!(of(7), of(8));
    assert_eq!(of(7), of(7));
}

/// The fingerprint of a function that refers to a resource of these properties.
#[track_caller]
fn refers(type_name: &str, properties: Tree, read: fn(&Resource) -> Value<String>) -> String {
    let properties = properties.clone();
    let refer = |stack: &Stack, hello: &Fun| {
        hello.environment("IT", read(&stack.resource("It", type_name, properties)));
    };
    published(props!(), refer).1
}

const TABLE: &str = "AWS::DynamoDB::Table";

fn a_table(billing: &str, key: &str) -> Tree {
    tree!({ "BillingMode": billing, "KeySchema": [{ "AttributeName": key, "KeyType": "HASH" }] })
}

#[test]
fn a_tables_billing_does_not_publish_what_names_it_and_its_key_does() {
    for read in [Resource::reference as fn(&Resource) -> _, |table| table.attribute("Arn")] {
        let of = |billing, key| refers(TABLE, a_table(billing, key), read);
        assert_eq!(of("PROVISIONED", "Id"), of("PAY_PER_REQUEST", "Id"));
        assert_ne!(of("PROVISIONED", "Id"), of("PROVISIONED", "Other"));
    }
}

#[test]
fn an_attribute_that_is_no_identity_publishes_with_every_property_but_tags() {
    let read: fn(&Resource) -> _ = |table| table.attribute("StreamArn");
    let of = |billing| refers(TABLE, a_table(billing, "Id"), read);
    assert_ne!(of("PROVISIONED"), of("PAY_PER_REQUEST"));
    let pool = |tags: Tree| {
        let pool = tree!({ "UserPoolName": "a", "UserPoolTags": tags });
        refers("AWS::Cognito::UserPool", pool, |pool| pool.attribute("ProviderName"))
    };
    assert_eq!(pool(tree!({ "Team": "a" })), pool(tree!({ "Team": "b" })));
}

#[test]
fn what_one_function_reads_of_a_resource_does_not_publish_another() {
    let of = |billing: &str, other_reads: bool| {
        let edit = |stack: &Stack, hello: &Fun| {
            let table = stack.resource("Table", TABLE, a_table(billing, "Id"));
            hello.environment("TABLE", table.reference());
            if other_reads {
                let other = function(stack, "Other");
                other.environment("STREAM", table.attribute("StreamArn"));
                other.publish();
            }
        };
        published(props!(), edit).1
    };
    assert_eq!(of("PROVISIONED", false), of("PAY_PER_REQUEST", true));
}

#[test]
fn all_properties_of_a_type_that_is_not_known_publish() {
    let private = |size: u32| refers("MyOrg::Vault::Safe", tree!({ "Size": size }), Resource::reference);
    assert_ne!(private(1), private(2));
    // Its `Ref` ends in a revision, which any change makes another.
    let job = |retries: u32| {
        let job = tree!({ "Type": "container", "RetryStrategy": { "Attempts": retries } });
        refers("AWS::Batch::JobDefinition", job, Resource::reference)
    };
    assert_ne!(job(1), job(2));
}

#[test]
fn a_newer_property_and_those_of_an_unchecked_resource_publish() {
    let of = |edit: &dyn Fn(Resource) -> Resource, delay: u32| {
        published(props!(), |stack, hello| {
            let queue = edit(stack.resource("Queue", "AWS::SQS::Queue", tree!({ "DelaySeconds": delay })));
            hello.environment("QUEUE", queue.reference());
        })
        .1
    };
    assert_eq!(of(&|queue| queue, 1), of(&|queue| queue, 2));
    assert_ne!(of(&|queue| queue, 1), of(&|queue| queue.newer_property("Fresh", 1), 1));
    assert_ne!(of(&Resource::unchecked, 1), of(&Resource::unchecked, 2));
}
