"""parliament on every policy: actions, resources and conditions that go together. Each finding was looked up, or is a fault."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import parliament
from harness.assembly import Assembly, Template
from harness.report import expect, say

from . import made_up

_REFERENCE = "https://docs.aws.amazon.com/service-authorization/latest/reference"


@dataclass(frozen=True)
class Reviewed:
    """A kind of finding that is wrong, as the page shows."""

    issue: str
    about: str
    why: str
    page: str


REVIEWED = [
    Reviewed(
        "RESOURCE_MISMATCH",
        "states:DescribeExecution *",
        "it has two types of resource, and is allowed on either; children of a distributed Map are executions",
        f"{_REFERENCE}/list_awsstepfunctions.html",
    ),
    Reviewed(
        "RESOURCE_MISMATCH",
        "bedrock:InvokeModel *",
        "a model is one of the types of resource, of which a call has one",
        f"{_REFERENCE}/list_amazonbedrock.html",
    ),
    Reviewed(
        "RESOURCE_MISMATCH",
        "sagemaker:CreateEndpoint sagemaker:UpdateEndpoint *",
        "the endpoint and its configuration are both asked for, here in a statement each",
        f"{_REFERENCE}/list_amazonsagemaker.html",
    ),
    Reviewed(
        "MISMATCHED_TYPE_BUT_USABLE",
        "*StringEquals requires a value of type String but given Arn*",
        "AWS narrows job runs to an execution role by `StringEquals`",
        "https://docs.aws.amazon.com/emr/latest/EMR-on-EKS-DevelopmentGuide/iam-execution-role.html",
    ),
    Reviewed(
        "UNKNOWN_CONDITION_FOR_ACTION",
        "*states:HTTP* for action states:InvokeHTTPEndpoint",
        "HTTP Tasks are newer than the checker's data",
        "https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html",
    ),
    Reviewed(
        "INVALID_ARN",
        "* expected to be of form like *",
        "the account or Region of the definition is made up by whoever wrote it",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
    ),
]


def check(assemblies: list[Assembly], directory: Path) -> None:
    """The policies in templates, and those in a directory, which are of many more definitions."""
    documents = {path.name: json.loads(path.read_text()) for path in sorted(directory.iterdir())}
    for assembly in assemblies:
        for stack, template in made_up.templates(assembly).items():
            for role, policies in policies_of(template).items():
                for number, policy in enumerate(policies):
                    documents[f"{assembly.directory.name} {stack} {role} {number}"] = policy
    used: set[Reviewed] = set()
    faults: list[str] = []
    for name, document in documents.items():
        for issue, about in findings(document):
            known = [entry for entry in REVIEWED if entry.issue == issue and fnmatch(about, entry.about)]
            used.update(known)
            if not known:
                faults.append(f"{name}: {issue}: {about}")
    expect(not faults, "\n".join(faults))
    expect(len(documents) > 50, f"only {len(documents)} policies")
    unused = [entry.why for entry in REVIEWED if entry not in used]
    expect(not unused, f"no policy has this any more: {unused}")
    say(f"{len(documents)} policies without a finding that was not looked up")


def can_fail() -> None:
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket"}
    found = findings({"Version": "2012-10-17", "Statement": [statement]})
    expect([issue for issue, _ in found] == ["RESOURCE_MISMATCH"], f"an object's right on a bucket is judged {found}")


def findings(document: dict[str, Any]) -> list[tuple[str, str]]:
    """What is said of each statement alone, so that a reader sees which one is meant."""
    found: list[tuple[str, str]] = []
    for statement in document["Statement"]:
        alone = json.dumps({"Version": document["Version"], "Statement": [statement]})
        for finding in parliament.analyze_policy_string(alone).findings:
            detail = finding.detail
            if isinstance(detail, list):
                actions = sorted({part["action"] for part in detail})
                detail = f"{' '.join(actions)} on {statement['Resource']}"
            found.append((finding.issue, str(detail)))
    return found


def policies_of(template: Template) -> dict[str, list[Any]]:
    """The policies in roles, and those that are resources of their own."""
    found: dict[str, list[Any]] = {}
    for name, role in made_up.of_type(template, "AWS::IAM::Role").items():
        found[name] = [policy["PolicyDocument"] for policy in role["Properties"].get("Policies", [])]
    for kind in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"):
        for name, policy in made_up.of_type(template, kind).items():
            found[name] = [policy["Properties"]["PolicyDocument"]]
    return {name: made_up.resolve(template, policies) for name, policies in found.items()}
