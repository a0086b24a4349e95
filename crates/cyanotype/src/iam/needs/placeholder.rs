//! What a placeholder probably stands for, by its name.

use cyanotype_asl::{Segment, Text};

/// Whether a text is an ARN, or a placeholder that says so: `${OrdersArn}`, `${Orders.Arn}`.
pub(super) fn is_arn(text: &Text) -> bool {
    match text.segments().first() {
        Some(Segment::Literal(literal)) => literal.starts_with("arn:"),
        Some(Segment::Placeholder(name)) => name.to_ascii_lowercase().ends_with("arn"),
        None => false,
    }
}

/// The most characters that a placeholder can come to.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
pub(in crate::iam) fn longest(name: &str) -> usize {
    match name {
        "AWS::AccountId" => 12,
        "AWS::Partition" => "aws-us-gov".len(),
        "AWS::Region" => "ap-southeast-1".len(),
        "AWS::URLSuffix" => "amazonaws.com.cn".len(),
        "AWS::StackName" => 128,
        "AWS::StackId" => {
            "arn:aws-us-gov:cloudformation:ap-southeast-1:123456789012:stack//".len() + 128 + 36
        }
        // A machine's name.
        super::MACHINE_NAME => 80,
        _ if is_arn(&Text::placeholder(name)) => {
            "arn:aws-us-gov:lambda:ap-southeast-1:123456789012:function:".len() + 64
        }
        _ => 64,
    }
}
