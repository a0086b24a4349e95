"""Edits that take a safeguard out of a synthesized template, so that the tests show what it is there for."""

from __future__ import annotations

import json
import re
from typing import Any

from .assembly import Template
from .report import expect

_INVOKE = "lambda:InvokeFunction"


def call_unqualified(template: Template, machine: str) -> Template:
    """Ties every Task to the function instead of the version, and allows that call as well."""
    variables = definition_variables(template, machine)
    versions = {name: value for name, value in variables.items() if is_version(template, value)}
    expect(versions, f"no variable of {machine}'s definition is a version")
    for name, value in versions.items():
        variables[name] = function_arn(template, value["Ref"])
    for statement in invoke_statements(template, machine):
        statement["Resource"] = [*as_list(statement["Resource"]), *(variables[name] for name in versions)]
    return template


def allow_only_unqualified(template: Template, machine: str) -> Template:
    """Leaves `:*` out: the policy names the functions and none of their versions."""
    variables = definition_variables(template, machine).values()
    functions = [function_arn(template, value["Ref"]) for value in variables if is_version(template, value)]
    for statement in invoke_statements(template, machine):
        statement["Resource"] = functions
    return template


def name_role_constantly(template: Template, machine: str) -> Template:
    """The same role under a logical ID that stays, so that its rights change in place."""
    return rename(template, role_of(template, machine), f"{machine}Role")


def drop_retain(template: Template, resource_type: str) -> Template:
    """Leaves every resource of the type to CloudFormation's default, which deletes."""
    for resource in template["Resources"].values():
        if resource["Type"] == resource_type:
            resource.pop("DeletionPolicy", None)
            resource.pop("UpdateReplacePolicy", None)
    return template


def retain_except_on_create(template: Template) -> Template:
    """As a stack has it that gives up what a failed deploy has created."""
    for resource in template["Resources"].values():
        if resource.get("DeletionPolicy") == "Retain":
            resource["DeletionPolicy"] = "RetainExceptOnCreate"
    return template


def name_function(template: Template, function: str, name: str) -> Template:
    """Changes a create-only property under the same logical ID."""
    template["Resources"][function]["Properties"]["FunctionName"] = name
    return template


def publish_twice(template: Template, function: str) -> Template:
    """A second version of the same code, which Lambda refuses once the first is there."""
    version = version_of(template, function)
    second = {
        "Type": "AWS::Lambda::Version",
        "DependsOn": version,
        "Properties": {"FunctionName": {"Ref": function}},
    }
    template["Resources"][f"{version}Second"] = second
    return template


def add_what_fails(template: Template, after: str) -> Template:
    """A resource that cannot be made, once another one has been brought up to date."""
    properties = {"FunctionName": "no-such-function"}
    failing = {"Type": "AWS::Lambda::Version", "DependsOn": after, "Properties": properties}
    template["Resources"]["Failing"] = failing
    return template


def expect_code_of(template: Template, other: Template, function: str) -> Template:
    """A version that says it is of the code in the other template."""
    code = other["Resources"][version_of(other, function)]["Properties"]["CodeSha256"]
    template["Resources"][version_of(template, function)]["Properties"]["CodeSha256"] = code
    return template


def rename(template: Template, old: str, new: str) -> Template:
    return json.loads(re.sub(rf"\b{re.escape(old)}\b", new, json.dumps(template)))


def version_of(template: Template, function: str) -> str:
    """The logical ID of the function's version."""
    found = [
        name
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::Lambda::Version" and function_of(resource) == function
    ]
    expect(len(found) == 1, f"{function} has not one version but {found}")
    return found[0]


def role_of(template: Template, machine: str) -> str:
    """The logical ID of the machine's role."""
    return template["Resources"][machine]["Properties"]["RoleArn"]["Fn::GetAtt"][0]


def definition_variables(template: Template, machine: str) -> dict[str, Any]:
    """The variables of the `Fn::Sub` that the definition is."""
    return template["Resources"][machine]["Properties"]["DefinitionString"]["Fn::Sub"][1]


def is_version(template: Template, value: Any) -> bool:
    name = value.get("Ref") if isinstance(value, dict) else None
    return name in template["Resources"] and template["Resources"][name]["Type"] == "AWS::Lambda::Version"


def function_arn(template: Template, version: str) -> dict[str, Any]:
    """The unqualified ARN of the function that a version belongs to."""
    return {"Fn::GetAtt": [function_of(template["Resources"][version]), "Arn"]}


def function_of(version: dict[str, Any]) -> str:
    """The logical ID of the function that a version names, by `Ref` or by ARN."""
    name = version["Properties"]["FunctionName"]
    return name["Ref"] if "Ref" in name else name["Fn::GetAtt"][0]


def invoke_statements(template: Template, machine: str) -> list[dict[str, Any]]:
    """The statements of the machine's role that let it call functions."""
    policies = template["Resources"][role_of(template, machine)]["Properties"]["Policies"]
    statements = [s for p in policies for s in as_list(p["PolicyDocument"]["Statement"])]
    found = [s for s in statements if _INVOKE in as_list(s["Action"])]
    expect(found, f"no statement of {machine}'s role allows {_INVOKE}")
    return found


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
