"""IAM's own evaluation of what a machine's role may call: the versions and topics it names, and no others."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from harness import tools
from harness.assembly import Assembly, Template
from harness.report import expect, say

from . import made_up

ALLOWED, DENIED = "Allowed", "ImplicitlyDenied"
INVOKE, PUBLISH = "lambda:InvokeFunction", "sns:Publish"
SCRIPT = Path(__file__).with_name("policies.cjs")


@dataclass(frozen=True)
class Question:
    """May a principal with these policies do this with that?"""

    role: str
    policies: list[Any]
    action: str
    resource: str
    expected: str


def check(assemblies: list[Assembly]) -> None:
    templates = [assembly.template(stack) for assembly in assemblies for stack in assembly.stacks()]
    asked = [question for template in templates for question in questions(template)]
    expect(any(question.expected == ALLOWED for question in asked), "no machine names a version")
    wrong = [f"{q.role} on {q.resource}: {got}" for q, got in answers(asked) if got != q.expected]
    expect(not wrong, "\n".join(wrong))
    say(f"{len(asked)} simulated calls decided as they must be")


def can_fail() -> None:
    function = f"arn:aws:lambda:{made_up.REGION}:{made_up.ACCOUNT}:function:hello"
    statement = {"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": function}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    asked = [
        Question("Role", [policy], INVOKE, f"{function}:1", ALLOWED),
        Question("Role", [policy], INVOKE, function, DENIED),
    ]
    got = [answer for _, answer in answers(asked)]
    expect(got == [DENIED, ALLOWED], f"a policy on the function alone is judged {got}")


def questions(template: Template) -> list[Question]:
    """For each machine: its versions are allowed; their functions, unqualified, and any other are not. So are topics."""
    found: list[Question] = []
    for machine in made_up.of_type(template, "AWS::StepFunctions::StateMachine").values():
        role = machine["Properties"]["RoleArn"]["Fn::GetAtt"][0]
        policies = role_policies(template, role)
        versions = versions_named(template, machine["Properties"]["DefinitionString"])
        functions = {version.rpartition(":")[0] for version in versions}
        others = {f"{function}-other:{made_up.VERSION}" for function in functions}
        found += [Question(role, policies, INVOKE, version, ALLOWED) for version in sorted(versions)]
        found += [Question(role, policies, INVOKE, function, DENIED) for function in sorted(functions | others)]
        for topic in sorted(topics_named(template, machine["Properties"]["DefinitionString"])):
            found.append(Question(role, policies, PUBLISH, topic, ALLOWED))
            found.append(Question(role, policies, PUBLISH, f"{topic}-other", DENIED))
    return found


def role_policies(template: Template, role: str) -> list[Any]:
    """What is in the role, and what other resources attach to it."""
    own = template["Resources"][role]["Properties"].get("Policies", [])
    attached = [
        resource["Properties"]
        for kind in ("AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy")
        for resource in made_up.of_type(template, kind).values()
        if {"Ref": role} in [*resource["Properties"].get("Roles", []), resource["Properties"].get("RoleName")]
    ]
    managed = made_up.of_type(template, "AWS::IAM::ManagedPolicy")
    named = template["Resources"][role]["Properties"].get("ManagedPolicyArns", [])
    attached += [managed[name]["Properties"] for name in managed if {"Ref": name} in named]
    return [made_up.resolve(template, policy["PolicyDocument"]) for policy in [*own, *attached]]


def versions_named(template: Template, definition: Any) -> set[str]:
    """The ARNs of the Lambda versions that a definition's variables stand for."""
    match definition:
        case {"Fn::Sub": [str(), dict(variables)]}:
            versions = made_up.of_type(template, "AWS::Lambda::Version")
            named = [value.get("Ref") for value in variables.values() if isinstance(value, dict)]
            return {made_up.reference(template, name) for name in named if name in versions}
    return set()


def topics_named(template: Template, definition: Any) -> set[str]:
    """The topics to which a definition's Tasks publish."""
    found: set[str] = set()
    todo: list[Any] = [json.loads(made_up.resolve(template, definition))]
    while todo:
        match todo.pop():
            case {"Resource": str(resource), "Parameters": {"TopicArn": str(topic)}} if "sns:publish" in resource:
                found.add(topic)
            case dict(members):
                todo += members.values()
            case list(items):
                todo += items
    return found


def answers(asked: list[Question]) -> list[tuple[Question, str]]:
    process = tools.run_script(SCRIPT, stdin=json.dumps([asdict(question) for question in asked]))
    expect(process.returncode == 0, tools.printed(process))
    return list(zip(asked, json.loads(process.stdout), strict=True))
