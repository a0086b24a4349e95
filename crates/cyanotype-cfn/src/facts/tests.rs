use super::*;

#[track_caller]
fn queue() -> ResourceType {
    ResourceType::find("AWS::SQS::Queue").unwrap()
}

#[track_caller]
fn of(name: &str) -> ResourceType {
    ResourceType::find(name).unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn every_line_is_found_by_its_name_and_in_order() {
    let names: Vec<_> = TABLE.lines().map(|line| ResourceType::read(line).name).collect();
    assert!(names.is_sorted());
    assert_eq!(names.len(), ResourceType::count());
    for name in names {
        assert_eq!(of(&format!("AWS::{name}")).name, name);
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    for name in ["", "AWS::", "AWS::A", "AWS::ZZZ::Z", "AWS::SQS", "AWS::SQS::Queu", "AWS::SQS::Queues", "X"]
    {
        assert_eq!(ResourceType::find(name), None, "{name}");
    }
    assert_eq!(ResourceType::find("AWS::CloudFormation::CustomResource"), None);
    assert_eq!(ResourceType::find("Custom::Thing"), None);
    assert_eq!(ResourceType::find("AWS::Serverless::Function"), None);
}

#[test]
fn a_mistyped_type_is_near_one_that_there_is() {
    assert_eq!(ResourceType::nearest("AWS::SQS::Que").as_deref(), Some("AWS::SQS::Queue"));
    assert_eq!(ResourceType::nearest("AWS::DynamoDb::Tables").as_deref(), Some("AWS::DynamoDB::Table"));
    assert_eq!(ResourceType::nearest("AWS::Nothing::OfThisKind"), None);
}

#[test]
fn properties_attributes_and_tags_are_told_apart() {
    assert!(queue().fact("QueueName").is_some_and(|fact| fact.replaces() && !fact.is_read_only()));
    assert!(queue().fact("QueueUrl").is_some_and(|fact| fact.identifies() && fact.is_read_only()));
    assert!(queue().properties().all(|property| property.name() != "Arn"));
    assert!(queue().attributes().any(|attribute| attribute.name() == "Arn"));
    assert_eq!(queue().tags(), Some("Tags"));
    assert_eq!(of("AWS::Cognito::UserPool").tags(), Some("UserPoolTags"));
    assert_eq!(of("AWS::Lambda::Version").tags(), None);
}

#[test]
fn attributes_below_properties_are_paths() {
    assert!(of("AWS::RDS::DBInstance").fact("Endpoint.Address").is_some_and(Fact::is_read_only));
}

#[test]
fn what_replaces_counts_with_what_may_and_what_nobody_knows() {
    let table = of("AWS::DynamoDB::Table");
    assert!(table.may_replace("TableName"));
    assert!(table.may_replace("KeySchema"));
    assert!(!table.may_replace("BillingMode"));
    assert!(!table.may_replace("Tags"));
    assert!(table.may_replace("NewerThanTheTable"));
}

#[test]
fn a_part_that_replaces_makes_its_property_replace() {
    let parts = |line| {
        let of = ResourceType::read(line);
        let below = |fact: &Fact| fact.path.contains('.') && fact.replaces();
        of.facts().filter(below).map(move |fact| (of, fact)).collect::<Vec<_>>()
    };
    let all: Vec<_> = TABLE.lines().flat_map(parts).collect();
    assert!(all.len() > 200, "{}", all.len());
    for (of, fact) in all {
        let property = fact.path.split('.').next().unwrap_or_default();
        assert!(of.may_replace(property), "{} {}", of.name, fact.path);
    }
}

#[test]
fn an_attribute_is_identity_by_rule() {
    let table = of("AWS::DynamoDB::Table");
    assert!(table.is_identity("Arn"));
    assert!(!table.is_identity("StreamArn"));
    assert!(of("AWS::SNS::Topic").is_identity("TopicArn"));
    assert!(queue().is_identity("QueueUrl"));
    assert!(queue().is_identity("QueueName"));
    assert!(!of("AWS::SSM::Parameter").is_identity("Value"));
    assert!(!of("AWS::RDS::DBInstance").is_identity("Endpoint.Address"));
}
