//! Numbers and lists that Lambda takes within limits.

use crate::synth::properties::Properties;

use super::{Report, parts};

/// A number, where it stands, what it is to a person, its unit, and its range.
type Range = (&'static str, &'static str, &'static str, f64, f64);

/// Sources: <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>,
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html>
const RANGES: &[Range] = &[
    ("EphemeralStorage.Size", "ephemeral storage", " MiB", 512.0, 10_240.0),
    ("DurableConfig.ExecutionTimeout", "durable timeout", " seconds", 1.0, 31_622_400.0),
    ("DurableConfig.RetentionPeriodInDays", "durable retention", " days", 1.0, 90.0),
    (
        "FunctionScalingConfig.MinExecutionEnvironments",
        "least number of execution environments",
        "",
        0.0,
        15_000.0,
    ),
    (
        "FunctionScalingConfig.MaxExecutionEnvironments",
        "greatest number of execution environments",
        "",
        0.0,
        15_000.0,
    ),
    (
        "CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.ExecutionEnvironmentMemoryGiBPerVCpu",
        "memory for a virtual CPU",
        " GiB",
        2.0,
        8.0,
    ),
    (
        "CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.PerExecutionEnvironmentMaxConcurrency",
        "concurrency in an execution environment",
        "",
        1.0,
        1_600.0,
    ),
];

/// A list, where it stands, what is in it, and how much it takes.
const LENGTHS: &[(&str, &str, usize)] = &[
    ("Layers", "layers", 5),
    ("VpcConfig.SubnetIds", "subnets", 16),
    ("VpcConfig.SecurityGroupIds", "security groups", 5),
    ("ImageConfig.Command", "words of a command", 1_500),
    ("ImageConfig.EntryPoint", "words of an entry point", 1_500),
];

pub(super) fn check(report: &mut Report<'_>, properties: &Properties<'_>) {
    for (path, what, unit, least, most) in RANGES {
        if let Some(is) = parts::number(properties, path).filter(|is| !(*least..=*most).contains(is)) {
            report.error(format!("its {what} is {is}{unit}"), format!("Lambda takes {least} to {most}"));
        }
    }
    for (path, what, most) in LENGTHS {
        if let Some(items) = parts::list(properties, path).filter(|items| items.len() > *most) {
            report.error(format!("it has {} {what}", items.len()), format!("Lambda takes {most}"));
        }
    }
    scaling(report, properties);
}

fn scaling(report: &mut Report<'_>, properties: &Properties<'_>) {
    let of = |name: &str| parts::number(properties, &format!("FunctionScalingConfig.{name}"));
    if let (Some(least), Some(most)) = (of("MinExecutionEnvironments"), of("MaxExecutionEnvironments"))
        && least > most
    {
        report.error(
            format!("it has at least {least} execution environments, and at most {most}"),
            "let the most be no less than the least",
        );
    }
}
