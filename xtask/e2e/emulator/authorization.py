"""Lets a Task call a function only when the role of its execution allows it.

As on AWS, the role is the one the execution started with, and its policies are those of the moment of the
call. moto's interpreter carries the role along and never asks it.
"""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.iam.exceptions import NotFoundException
from moto.iam.models import Role, iam_backends
from moto.stepfunctions.parser.asl.component.state.exec.state_task import (
    lambda_eval_utils,
)

from . import journal

_ACTION = "lambda:InvokeFunction"
_invoke = lambda_eval_utils._invoke_lambda_function


def install() -> None:
    lambda_eval_utils._invoke_lambda_function = invoke_as_role


def invoke_as_role(parameters: dict[str, Any], region: str, state_credentials: Any) -> Any:
    role, function = state_credentials.role_arn, parameters["FunctionName"]
    refusal = reason_to_refuse(role, function)
    journal.write("authorized", role=role, resource=function, refusal=refusal)
    if refusal:
        message = (
            f"User: {role} is not authorized to perform: {_ACTION} on resource: {function}"
            f" because {refusal} (Error Code: AccessDeniedException)"
        )
        raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": message}}, "Invoke")
    return _invoke(parameters, region, state_credentials)


def reason_to_refuse(role_arn: str, resource: str) -> str | None:
    """Why the role may not invoke exactly this ARN, or nothing when it may."""
    try:
        role = iam_backends[role_arn.split(":")[4]]["aws"].get_role_by_arn(role_arn)
    except NotFoundException:
        return "the role does not exist"
    verdicts = {IAMPolicy(policy).is_action_permitted(_ACTION, resource) for policy in policies(role)}
    if PermissionResult.DENIED in verdicts:
        return f"a policy denies the {_ACTION} action"
    if PermissionResult.PERMITTED not in verdicts:
        return f"no identity-based policy allows the {_ACTION} action"
    return None


def policies(role: Role) -> list[Any]:
    inline = [policy if isinstance(policy, str) else json.dumps(policy) for policy in role.policies.values()]
    return [*inline, *role.managed_policies.values()]
