"""What the Tasks of a definition call, as IAM is asked about it: a second reading, from AWS's pages alone.

Each call comes with near misses: calls like it that no Task makes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from . import made_up

ELSEWHERE = "444455556666"
_INVOKE, _START = "lambda:InvokeFunction", "states:StartExecution"
_QUALIFIER = "states:StateMachineQualifier"


@dataclass(frozen=True)
class Call:
    """May a role do this to that, in this context?"""

    action: str
    resource: str
    context: dict[str, str | list[str]] = field(default_factory=dict)


def calls_of(definition: str, machine: str, exact: bool) -> list[tuple[Call, list[Call]]]:
    """Every call of a machine's definition, each with its near misses. `exact`: no other version may be called."""
    found: list[tuple[Call, list[Call]]] = []
    for state in states(json.loads(definition)):
        match state["Type"]:
            case "Task":
                found += of_task(state, exact)
            case "Map":
                found += of_map(state, machine)
    return found


def states(scope: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All states, those in branches and items included."""
    for state in scope.get("States", {}).values():
        yield state
        for inner in [*state.get("Branches", []), state.get("ItemProcessor", {}), state.get("Iterator", {})]:
            yield from states(inner)


def of_task(state: dict[str, Any], exact: bool) -> list[tuple[Call, list[Call]]]:
    resource = state["Resource"]
    arguments = state.get("Parameters") or state.get("Arguments") or {}
    if role := state.get("Credentials", {}).get("RoleArn"):
        # What the other role may do is its own account's business.
        call = Call("sts:AssumeRole", role)
        return [(call, [other_name(call), in_another_account(call)])]
    if ":function:" in resource:
        return [of_function(resource, exact)]
    if ":activity:" in resource:
        return []
    service, _, action = resource.partition(":::")[2].removeprefix("aws-sdk:").partition(":")
    action = action.partition(".")[0]
    match service, action:
        case "lambda", "invoke":
            return [of_function(arguments["FunctionName"], exact)]
        case "states", "startExecution":
            return [of_machine(arguments["StateMachineArn"], exact)]
        case "sns", "publish":
            return [plain("sns:Publish", arguments["TopicArn"])]
        case "sqs", "sendMessage":
            return [plain("sqs:SendMessage", queue(arguments["QueueUrl"]))]
        case "dynamodb", name:
            table, said = own("dynamodb", f"table/{arguments['TableName']}"), f"dynamodb:{name[0].upper()}{name[1:]}"
            call, near = plain(said, table)
            return [(call, [*near, replace(call, action="dynamodb:DeleteTable")])]
        case "events", "putEvents":
            buses = {entry.get("EventBusName", "default") for entry in arguments["Entries"]}
            return [plain("events:PutEvents", own("events", f"event-bus/{bus}")) for bus in sorted(buses)]
        case "s3", "getObject":
            return [plain("s3:GetObject", f"arn:aws:s3:::{arguments['Bucket']}/{arguments['Key']}")]
    raise NotImplementedError(f"which rights {resource} takes is not known here")


def of_function(arn: str, exact: bool) -> tuple[Call, list[Call]]:
    """A version: not the function without a qualifier, nor another one; if rights are exact, no other version."""
    call, function = Call(_INVOKE, arn), arn.rpartition(":")[0]
    others = ["$LATEST", "8", "live"] if exact else []
    near = [function, f"{function}-other:{made_up.VERSION}", *(f"{function}:{other}" for other in others)]
    return call, [in_another_account(call), *(replace(call, resource=resource) for resource in near)]


def of_machine(arn: str, exact: bool) -> tuple[Call, list[Call]]:
    """A version of a machine, which IAM is asked about without its qualifier."""
    machine, _, version = arn.rpartition(":")
    call = Call(_START, machine, {_QUALIFIER: [version]})
    near = [other_name(call), in_another_account(call)]
    if exact:
        near += [replace(call, context=context) for context in ({_QUALIFIER: ["8"]}, {_QUALIFIER: ["live"]}, {})]
    return call, near


def of_map(state: dict[str, Any], machine: str) -> list[tuple[Call, list[Call]]]:
    """A distributed Map starts its own machine, reads its items, and writes what came of them."""
    if state.get("ItemProcessor", {}).get("ProcessorConfig", {}).get("Mode") != "DISTRIBUTED":
        return []
    found = [plain(_START, machine)]
    reader, writer = state.get("ItemReader", {}), state.get("ResultWriter", {})
    match reader.get("Resource", "").rpartition(":")[2], reader.get("Parameters", {}):
        case "getObject", {"Bucket": str(bucket), "Key": str(key)}:
            found.append(plain("s3:GetObject", f"arn:aws:s3:::{bucket}/{key}"))
        case "listObjectsV2", {"Bucket": str(bucket), "Prefix": str(prefix)}:
            call = Call("s3:ListBucket", f"arn:aws:s3:::{bucket}", {"s3:prefix": prefix})
            outside = replace(call, context={"s3:prefix": f"not-{prefix}"})
            found.append((call, [other_name(call), outside]))
    match writer.get("Parameters", {}):
        case {"Bucket": str(bucket), "Prefix": str(prefix)}:
            call = Call("s3:PutObject", f"arn:aws:s3:::{bucket}/{prefix}/0/SUCCEEDED_0.json")
            outside = replace(call, resource=f"arn:aws:s3:::{bucket}/not-{prefix}/0/SUCCEEDED_0.json")
            elsewhere = replace(call, resource=f"arn:aws:s3:::{bucket}-other/{prefix}/0/SUCCEEDED_0.json")
            found.append((call, [outside, elsewhere]))
    return found


def plain(action: str, resource: str) -> tuple[Call, list[Call]]:
    call = Call(action, resource)
    near = [other_name(call)]
    if resource.split(":")[4]:
        near.append(in_another_account(call))
    return call, near


def other_name(call: Call) -> Call:
    """Of another beginning where a machine's right on itself is on all that begin with its logical ID."""
    if call.action == _START:
        return replace(call, resource=call.resource.replace(":stateMachine:", ":stateMachine:Other-"))
    return replace(call, resource=f"{call.resource}-other")


def in_another_account(call: Call) -> Call:
    parts = call.resource.split(":")
    return replace(call, resource=":".join([*parts[:4], ELSEWHERE, *parts[5:]]))


def own(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{made_up.REGION}:{made_up.ACCOUNT}:{resource}"


def queue(url: str) -> str:
    """The ARN of a queue, of `https://sqs.us-east-1.amazonaws.com/111122223333/orders`."""
    return own("sqs", url.rpartition("/")[2])
