//! What `Ref` and attributes of resources are, for rights: a name, an ARN, or a queue's URL.

/// A type of resource that definitions name.
#[derive(Debug)]
pub(super) struct ResourceType {
    /// Such as `AWS::SQS::Queue`.
    pub(super) name: &'static str,
    /// What `Ref` gives.
    pub(super) reference: Form,
    /// Its ARN behind `arn:<partition>:` and before the name, with `~` for the Region and `^` for the account.
    pub(super) arn: &'static str,
    /// The attribute that is the ARN; None where only `Ref` is.
    pub(super) arn_attribute: Option<&'static str>,
    /// How the name is had.
    pub(super) own_name: OwnName,
    /// Its ARN ends in a revision, and what has them has this property as its name.
    pub(super) revised: Option<&'static str>,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The name, or whatever else the ARN ends in.
    Name,
    /// The ARN.
    Arn,
    /// The URL of a queue.
    Url,
}

/// How the name of a resource is had.
#[derive(Debug, Clone, Copy)]
pub(super) enum OwnName {
    /// By `Ref`.
    Reference,
    /// By an attribute.
    Attribute(&'static str),
    /// It is what is at these places of `Ref`, cut at these separators.
    Part(&'static [(&'static str, u32)]),
}

/// A type of this name.
pub(super) fn find(name: &str) -> Option<&'static ResourceType> {
    TYPES.iter().find(|known| known.name == name)
}

/// The service in the ARNs of a type, where it is what the type's name says.
pub(super) fn service_of(type_name: &str) -> Option<String> {
    /// Those that it does not say.
    const OTHERS: [(&str, &str); 10] = [
        ("AWS::ApiGateway::RestApi", "execute-api"),
        ("AWS::ApiGatewayV2::Api", "execute-api"),
        ("AWS::CloudFormation::Stack", "cloudformation"),
        ("AWS::EFS::FileSystem", "elasticfilesystem"),
        ("AWS::EMR::Cluster", "elasticmapreduce"),
        ("AWS::KinesisFirehose::DeliveryStream", "firehose"),
        ("AWS::Location::PlaceIndex", "geo"),
        ("AWS::OpenSearchService::Domain", "es"),
        ("AWS::StepFunctions::StateMachineAlias", "states"),
        ("AWS::StepFunctions::StateMachineVersion", "states"),
    ];
    if let Some((_, service)) = OTHERS.iter().find(|(name, _)| *name == type_name) {
        return Some((*service).to_owned());
    }
    type_name.strip_prefix("AWS::")?.split("::").next().map(str::to_lowercase)
}

impl ResourceType {
    /// What an attribute is, or without one what `Ref` is; None where that is nothing a right is made of.
    pub(super) fn form(&self, attribute: Option<&str>) -> Option<Form> {
        match attribute {
            None => Some(self.reference),
            Some(_) if attribute == self.arn_attribute => Some(Form::Arn),
            Some(name) if matches!(self.own_name, OwnName::Attribute(own) if own == name) => Some(Form::Name),
            Some("QueueUrl") if self.reference == Form::Url => Some(Form::Url),
            Some(_) => None,
        }
    }
}

const fn named(name: &'static str, arn: &'static str) -> ResourceType {
    ResourceType {
        name,
        reference: Form::Name,
        arn,
        arn_attribute: Some("Arn"),
        own_name: OwnName::Reference,
        revised: None,
    }
}

const fn by_arn(
    name: &'static str,
    arn: &'static str,
    attribute: &'static str,
    own: OwnName,
) -> ResourceType {
    ResourceType { reference: Form::Arn, arn_attribute: Some(attribute), own_name: own, ..named(name, arn) }
}

/// `<family>:<revision>` behind a slash.
const REVISED: OwnName = OwnName::Part(&[("/", 1), (":", 0)]);

const fn revised(name: &'static str, arn: &'static str, property: &'static str) -> ResourceType {
    ResourceType {
        reference: Form::Arn,
        arn_attribute: None,
        own_name: REVISED,
        revised: Some(property),
        ..named(name, arn)
    }
}

/// Each from "Return values" of its page in
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html>, which
/// is `aws-resource-<service>-<type>.html`, and the ARN's form from "Resource types" of its service in
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>.
///
/// What is not here is taken for a name by `Ref`, and for an ARN by an attribute that is called so.
#[rustfmt::skip]
const TYPES: &[ResourceType] = &[
    revised("AWS::Batch::JobDefinition", "batch:~:^:job-definition/", "JobDefinitionName"),
    by_arn("AWS::Batch::JobQueue", "batch:~:^:job-queue/", "JobQueueArn", OwnName::Part(&[("/", 1)])),
    named("AWS::CodeBuild::Project", "codebuild:~:^:project/"),
    named("AWS::Cognito::UserPool", "cognito-idp:~:^:userpool/"),
    named("AWS::DynamoDB::GlobalTable", "dynamodb:~:^:table/"),
    named("AWS::DynamoDB::Table", "dynamodb:~:^:table/"),
    named("AWS::ECS::Cluster", "ecs:~:^:cluster/"),
    revised("AWS::ECS::TaskDefinition", "ecs:~:^:task-definition/", "Family"),
    named("AWS::EKS::Cluster", "eks:~:^:cluster/"),
    named("AWS::EMRServerless::Application", "emr-serverless:~:^:/applications/"),
    named("AWS::Events::Connection", "events:~:^:connection/"),
    named("AWS::Events::EventBus", "events:~:^:event-bus/"),
    named("AWS::IAM::Role", "iam::^:role/"),
    named("AWS::Kinesis::Stream", "kinesis:~:^:stream/"),
    named("AWS::KinesisFirehose::DeliveryStream", "firehose:~:^:deliverystream/"),
    named("AWS::KMS::Key", "kms:~:^:key/"),
    named("AWS::Lambda::Function", "lambda:~:^:function:"),
    named("AWS::S3::Bucket", "s3:::"),
    by_arn("AWS::SecretsManager::Secret", "secretsmanager:~:^:secret:", "Id", OwnName::Part(&[(":", 6)])),
    by_arn("AWS::SNS::Topic", "sns:~:^:", "TopicArn", OwnName::Attribute("TopicName")),
    ResourceType {
        reference: Form::Url,
        own_name: OwnName::Attribute("QueueName"),
        ..named("AWS::SQS::Queue", "sqs:~:^:")
    },
    by_arn("AWS::StepFunctions::Activity", "states:~:^:activity:", "Arn", OwnName::Attribute("Name")),
    by_arn("AWS::StepFunctions::StateMachine", "states:~:^:stateMachine:", "Arn", OwnName::Attribute("Name")),
];
