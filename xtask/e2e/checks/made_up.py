"""A template's values in a made-up account, good enough for a checker to read as the real ones.

Not the emulator's intrinsics: a second reading of the template, that needs nothing deployed.
"""

from __future__ import annotations

import re
from typing import Any

from harness.assembly import Assembly, Template

ACCOUNT, REGION, STACK = "111122223333", "us-east-1", "MadeUp"
VERSION = "7"
_VARIABLE = re.compile(r"\$\{(!?)([^}]*)\}")
_NAMES = ("Name", "FunctionName", "LogGroupName", "RoleName", "StateMachineName")
_PSEUDO = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Region": REGION,
    "AWS::Partition": "aws",
    "AWS::StackName": STACK,
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackId": f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{STACK}/made-up",
}


def templates(assembly: Assembly) -> dict[str, Template]:
    """The template of each stack, with what they read of each other in its place."""
    linked: dict[str, Template] = {}
    for stack in assembly.stacks():  # each after those that it reads
        linked[stack] = link(assembly.template(stack), linked)
    return linked


def link(value: Any, stacks: dict[str, Template]) -> Any:
    match value:
        case {"Fn::GetStackOutput": {"StackName": str(stack), "OutputName": str(output)}}:
            return resolve(stacks[stack], stacks[stack]["Outputs"][output]["Value"])
        case {"Fn::ImportValue": str(name)}:
            outputs = [(t, o) for t in stacks.values() for o in t.get("Outputs", {}).values()]
            template, output = next((t, o) for t, o in outputs if o.get("Export", {}).get("Name") == name)
            return resolve(template, output["Value"])
        case dict():
            return {key: link(inner, stacks) for key, inner in value.items()}
        case list():
            return [link(inner, stacks) for inner in value]
    return value


def resolve(template: Template, value: Any) -> Any:
    """The value with every intrinsic replaced by what it could be."""
    match value:
        case {"Ref": str(name)}:
            return _PSEUDO[name] if name in _PSEUDO else reference(template, name)
        case {"Fn::GetAtt": [str(name), str(attribute)]}:
            return attribute_of(template, name, attribute)
        case {"Fn::Join": [str(separator), list(parts)]}:
            return separator.join(str(resolve(template, part)) for part in parts)
        case {"Fn::Select": [index, values]}:
            return resolve(template, values)[int(index)]
        case {"Fn::Split": [str(separator), text]}:
            return resolve(template, text).split(separator)
        case {"Fn::Sub": str(text)}:
            return substitute(template, text, {})
        case {"Fn::Sub": [str(text), dict(variables)]}:
            return substitute(template, text, variables)
        case dict():
            if unknown := [key for key in value if key.startswith("Fn::")]:
                raise NotImplementedError(f"{unknown[0]} in {value}")
            return {key: resolve(template, inner) for key, inner in value.items()}
        case list():
            return [resolve(template, inner) for inner in value]
    return value


def substitute(template: Template, text: str, variables: dict[str, Any]) -> str:
    def replacement(match: re.Match[str]) -> str:
        literal, name = match.groups()
        if literal:
            return "${" + name + "}"
        if name in variables:
            return str(resolve(template, variables[name]))
        logical_id, _, attribute = name.partition(".")
        return str(resolve(template, {"Fn::GetAtt": [logical_id, attribute]} if attribute else {"Ref": name}))

    return _VARIABLE.sub(replacement, text)


def reference(template: Template, name: str) -> str:
    """What `Ref` could give: an ARN where the type says so, and else a name."""
    if name in template.get("Parameters", {}):
        return str(template["Parameters"][name].get("Default", "parameter"))
    resource = template["Resources"][name]
    properties = resource.get("Properties", {})
    match resource["Type"]:
        case "AWS::Lambda::Version":
            return f"{resolve(template, function_arn(properties))}:{VERSION}"
        case "AWS::Lambda::Alias":
            return f"{resolve(template, function_arn(properties))}:{properties['Name']}"
        case "AWS::StepFunctions::StateMachine":
            return attribute_of(template, name, "Arn")
        case "AWS::StepFunctions::StateMachineVersion":
            return f"{resolve(template, properties['StateMachineArn'])}:{VERSION}"
        case "AWS::StepFunctions::Activity":
            return f"arn:aws:states:{REGION}:{ACCOUNT}:activity:{resolve(template, properties['Name'])}"
        case "AWS::SQS::Queue":
            return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{physical_name(template, name)}"
        case "AWS::SNS::Topic":
            return f"arn:aws:sns:{REGION}:{ACCOUNT}:{physical_name(template, name)}"
    return physical_name(template, name)


def attribute_of(template: Template, name: str, attribute: str) -> str:
    """What `Fn::GetAtt` could give: an ARN has the form of its type, as far as a checker looks at it."""
    resource, given = template["Resources"][name], physical_name(template, name)
    service, where = resource["Type"].split("::")[1].lower(), f"{REGION}:{ACCOUNT}"
    match (resource["Type"], attribute):
        case ("AWS::Lambda::Version", "Version"):
            return VERSION
        case ("AWS::Lambda::Function", "Arn"):
            return f"arn:aws:lambda:{where}:function:{given}"
        case ("AWS::IAM::Role", "Arn"):
            path = resolve(template, resource["Properties"].get("Path", "/"))
            return f"arn:aws:iam::{ACCOUNT}:role{path}{given}"
        case ("AWS::StepFunctions::StateMachine", "Arn"):
            return f"arn:aws:states:{where}:stateMachine:{given}"
        case ("AWS::DynamoDB::Table", "Arn"):
            return f"arn:aws:dynamodb:{where}:table/{given}"
        case ("AWS::S3::Bucket", "Arn"):
            return f"arn:aws:s3:::{given.lower()}"
        case ("AWS::Events::EventBus", "Arn"):
            return f"arn:aws:events:{where}:event-bus/{given}"
        case ("AWS::KMS::Key", "Arn"):
            return f"arn:aws:kms:{where}:key/{given}"
        case ("AWS::Logs::LogGroup", "Arn"):
            return f"arn:aws:logs:{where}:log-group:{given}:*"
        case (_, "Arn"):
            return f"arn:aws:{service}:{where}:{given}"
    return f"{name}-{attribute}"


def physical_name(template: Template, name: str) -> str:
    """The name that the template gives a resource, or one as CloudFormation would make it."""
    properties = template["Resources"][name].get("Properties", {})
    given = next((properties[key] for key in _NAMES if key in properties), f"{STACK}-{name}")
    match template["Resources"][name]["Type"]:
        case "AWS::S3::Bucket":
            given = given.lower()
        case "AWS::StepFunctions::StateMachine" if "StateMachineName" not in properties:
            given = f"{name}-0MadeUp0"  # without the stack's name
    return str(resolve(template, given))


def function_arn(properties: dict[str, Any]) -> Any:
    """The function that a version or an alias belongs to, which they name by `Ref` or by ARN."""
    match properties["FunctionName"]:
        case {"Ref": str(name)}:
            return {"Fn::GetAtt": [name, "Arn"]}
        case other:
            return other


def of_type(template: Template, resource_type: str) -> dict[str, dict[str, Any]]:
    return {name: r for name, r in template["Resources"].items() if r["Type"] == resource_type}
