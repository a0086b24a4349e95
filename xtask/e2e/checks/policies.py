"""IAM's own evaluation of what a machine's role may call: what its Tasks call, and nothing near it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from harness import tools
from harness.assembly import Assembly, Template
from harness.report import expect, say

from . import made_up, snapshots
from .calls import Call, calls_of

ALLOWED, DENIED = "Allowed", "ImplicitlyDenied"
SCRIPT = Path(__file__).with_name("policies.cjs")


@dataclass(frozen=True)
class Question:
    """May a role with these policies make this call?"""

    role: str
    policies: list[Any]
    call: Call
    expected: str


def check(assemblies: list[Assembly]) -> None:
    """Whether rights are exact, an assembly's or a snapshot's name says."""
    named = [(a.directory.name, template) for a in assemblies for template in made_up.templates(a).values()]
    named += [(path.stem, template) for path, template in snapshots.templates().items() if "calls__" in path.stem]
    asked = [question for name, template in named for question in questions(template, exact="exact" in name)]
    allowed = [question for question in asked if question.expected == ALLOWED]
    expect(allowed, "no machine calls anything")
    wrong = [f"{q.role} {q.call}: {got}" for q, got in answers(asked) if got != q.expected]
    expect(not wrong, "\n".join(wrong))
    say(f"{len(allowed)} calls are allowed, and {len(asked) - len(allowed)} near misses are not")


def can_fail() -> None:
    function = f"arn:aws:lambda:{made_up.REGION}:{made_up.ACCOUNT}:function:hello"
    statement = {"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": function}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    calls = [Call("lambda:InvokeFunction", resource) for resource in (f"{function}:1", function)]
    got = [answer for _, answer in answers([Question("Role", [policy], call, ALLOWED) for call in calls])]
    expect(got == [DENIED, ALLOWED], f"a policy on the function alone is judged {got}")


def questions(template: Template, *, exact: bool) -> list[Question]:
    found: list[Question] = []
    for name, machine in made_up.of_type(template, "AWS::StepFunctions::StateMachine").items():
        match machine["Properties"]["RoleArn"]:
            case {"Fn::GetAtt": [str(role), "Arn"]}:
                policies = role_policies(template, role)
            case _:
                continue  # a role that somebody else looks after
        definition = made_up.resolve(template, machine["Properties"]["DefinitionString"])
        for call, near in calls_of(definition, made_up.attribute_of(template, name, "Arn"), exact):
            found.append(Question(role, policies, call, ALLOWED))
            found += [Question(role, policies, other, DENIED) for other in near]
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


def answers(asked: list[Question]) -> list[tuple[Question, str]]:
    process = tools.run_script(SCRIPT, stdin=json.dumps([asdict(question) for question in asked]))
    expect(process.returncode == 0, tools.printed(process))
    return list(zip(asked, json.loads(process.stdout), strict=True))
