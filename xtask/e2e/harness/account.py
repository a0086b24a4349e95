"""The account in the emulator, through the ordinary SDK: deploy, start an execution, see what it did."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.request import Request, urlopen

import boto3
from botocore.config import Config

from .assembly import Assembly, Template
from .report import expect

ACCOUNT, REGION = "123456789012", "us-east-1"  # moto's own account
T = TypeVar("T")
_DONE = ("SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED")


@dataclass(frozen=True)
class Deployment:
    """How an operation on a stack ended."""

    status: str
    outputs: dict[str, str]
    reason: str  # of the failure, if it is one
    seconds: float


@dataclass(frozen=True)
class Execution:
    """How an execution stands: its history tells which states it entered and which functions it called."""

    status: str
    cause: str
    states: list[str]
    called: list[str]


class Account:
    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        keywords: dict[str, Any] = {
            "endpoint_url": endpoint,
            "region_name": REGION,
            "aws_access_key_id": "test",
            "aws_secret_access_key": "test",
            "config": Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
        }
        names = ("cloudformation", "dynamodb", "iam", "lambda", "s3", "stepfunctions")
        self._clients = {name: boto3.client(name, **keywords) for name in names}

    def reset(self) -> None:
        """Empties the account; nothing may still be running."""
        urlopen(Request(f"{self.endpoint}/moto-api/reset", method="POST")).close()

    def make_asset_bucket(self) -> None:
        """The bucket that `cdk bootstrap` makes in a real account."""
        self._clients["s3"].create_bucket(Bucket=f"cdk-hnb659fds-assets-{ACCOUNT}-{REGION}")

    def upload(self, assembly: Assembly) -> None:
        for asset in assembly.assets():
            bucket, key = in_account(asset.bucket), in_account(asset.key)
            self._clients["s3"].put_object(Bucket=bucket, Key=key, Body=asset.path.read_bytes())

    def deploy(self, stack: str, template: Template) -> Deployment:
        """Creates or updates the stack and waits for the end, whatever it is."""
        client, start = self._clients["cloudformation"], time.monotonic()
        exists = any(s["StackName"] == stack for s in client.describe_stacks()["Stacks"])
        operation = client.update_stack if exists else client.create_stack
        operation(StackName=stack, TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_IAM"])
        found = poll(
            lambda: client.describe_stacks(StackName=stack)["Stacks"][0],
            lambda s: not s["StackStatus"].endswith("_IN_PROGRESS"),
        )
        events = client.describe_stack_events(StackName=stack)["StackEvents"]  # the newest first
        failed = [e for e in events if e["ResourceStatus"].endswith("_FAILED")]
        reasons = [e["ResourceStatusReason"] for e in failed if "ResourceStatusReason" in e]
        return Deployment(
            found["StackStatus"], outputs_of(found), next(iter(reasons), ""), time.monotonic() - start
        )

    def delete(self, stack: str) -> None:
        self._clients["cloudformation"].delete_stack(StackName=stack)

    def continue_rollback(self, stack: str) -> str:
        """Goes on with a rollback that could not end, and gives the stack's status then."""
        client = self._clients["cloudformation"]
        client.continue_update_rollback(StackName=stack)
        return client.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]

    def outputs(self, stack: str) -> dict[str, str]:
        return outputs_of(self._clients["cloudformation"].describe_stacks(StackName=stack)["Stacks"][0])

    def start(self, machine: str, name: str) -> str:
        client = self._clients["stepfunctions"]
        return client.start_execution(stateMachineArn=machine, name=name, input="{}")["executionArn"]

    def execution(self, arn: str) -> Execution:
        client = self._clients["stepfunctions"]
        found = client.describe_execution(executionArn=arn)
        events = client.get_execution_history(executionArn=arn, maxResults=1000)["events"]
        states = [e["stateEnteredEventDetails"]["name"] for e in events if "stateEnteredEventDetails" in e]
        called = [function for e in events if (function := function_called(e))]
        return Execution(found["status"], found.get("cause", ""), states, called)

    def until(self, arn: str, holds: Callable[[Execution], bool]) -> Execution:
        return poll(lambda: self.execution(arn), holds)

    def finished(self, arn: str) -> Execution:
        return self.until(arn, lambda e: e.status in _DONE)

    def versions_of_alias(self, alias: str) -> list[str]:
        """The versions to which the alias of a machine leads."""
        found = self._clients["stepfunctions"].describe_state_machine_alias(stateMachineAliasArn=alias)
        return [route["stateMachineVersionArn"] for route in found["routingConfiguration"]]

    def role_of_machine(self, machine: str) -> str:
        return self._clients["stepfunctions"].describe_state_machine(stateMachineArn=machine)["roleArn"]

    def role_exists(self, arn: str) -> bool:
        return any(role["Arn"] == arn for role in self._clients["iam"].list_roles()["Roles"])

    def role_of_version(self, version: str) -> str:
        return self._clients["lambda"].get_function_configuration(FunctionName=version)["Role"]

    def rights(self, role: str) -> list[dict[str, Any]]:
        """The statements in the role itself."""
        client, name = self._clients["iam"], role.rpartition("/")[2]
        names = client.list_role_policies(RoleName=name)["PolicyNames"]
        documents = [client.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"] for policy in names]
        return [statement for document in documents for statement in document["Statement"]]

    def items(self) -> int:
        """How many items all tables have."""
        client = self._clients["dynamodb"]
        return sum(client.scan(TableName=table)["Count"] for table in client.list_tables()["TableNames"])

    def published_versions(self, function: str) -> list[str]:
        found = self._clients["lambda"].list_versions_by_function(FunctionName=function)["Versions"]
        return [version["Version"] for version in found if version["Version"] != "$LATEST"]


def outputs_of(stack: dict[str, Any]) -> dict[str, str]:
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def in_account(text: str) -> str:
    """The names in an asset manifest, in this account."""
    values = {"AWS::AccountId": ACCOUNT, "AWS::Region": REGION, "AWS::Partition": "aws"}
    for name, value in values.items():
        text = text.replace("${" + name + "}", value)
    return text


def function_called(event: dict[str, Any]) -> str | None:
    """The function that a history event says was called, by either way of writing a Lambda Task."""
    if details := event.get("lambdaFunctionScheduledEventDetails"):
        return details["resource"]
    if details := event.get("taskScheduledEventDetails"):
        return json.loads(details["parameters"]).get("FunctionName")
    return None


def poll(look: Callable[[], T], holds: Callable[[T], bool], seconds: float = 60) -> T:
    end = time.monotonic() + seconds
    while not holds(seen := look()):
        expect(time.monotonic() < end, f"nothing changed in {seconds:.0f} s: {seen}")
        time.sleep(0.1)
    return seen
