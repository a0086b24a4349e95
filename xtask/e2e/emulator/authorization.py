"""Lets a Task call a function or a table only when the role of its execution allows it.

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
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_dynamodb import (
    StateTaskServiceDynamoDB,
)

from . import journal

_INVOKE = "lambda:InvokeFunction"
_invoke = lambda_eval_utils._invoke_lambda_function
_call_table = StateTaskServiceDynamoDB._eval_service_task


def install() -> None:
    lambda_eval_utils._invoke_lambda_function = invoke_as_role
    StateTaskServiceDynamoDB._eval_service_task = call_table_as_role


def invoke_as_role(parameters: dict[str, Any], region: str, state_credentials: Any) -> Any:
    authorize(state_credentials.role_arn, _INVOKE, parameters["FunctionName"])
    return _invoke(parameters, region, state_credentials)


def call_table_as_role(
    task: StateTaskServiceDynamoDB,
    env: Any,
    resource_runtime_part: Any,
    normalised_parameters: dict[str, Any],
    state_credentials: Any,
) -> None:
    place, name = resource_runtime_part, task.resource.api_action
    table = f"arn:aws:dynamodb:{place.region}:{place.account}:table/{normalised_parameters['TableName']}"
    authorize(state_credentials.role_arn, f"dynamodb:{name[0].upper()}{name[1:]}", table)
    _call_table(task, env, place, normalised_parameters, state_credentials)


def authorize(role: str, action: str, resource: str) -> None:
    """Writes the question down, and refuses it as the service would."""
    refusal = reason_to_refuse(role, action, resource)
    journal.write("authorized", role=role, action=action, resource=resource, refusal=refusal)
    if refusal:
        message = (
            f"User: {role} is not authorized to perform: {action} on resource: {resource}"
            f" because {refusal} (Error Code: AccessDeniedException)"
        )
        error = {"Error": {"Code": "AccessDeniedException", "Message": message}}
        raise ClientError({**error, "ResponseMetadata": {"HTTPStatusCode": 400, "RequestId": "-"}}, action)


def reason_to_refuse(role_arn: str, action: str, resource: str) -> str | None:
    """Why the role may not do this to exactly this ARN, or nothing when it may."""
    try:
        role = iam_backends[role_arn.split(":")[4]]["aws"].get_role_by_arn(role_arn)
    except NotFoundException:
        return "the role does not exist"
    verdicts = {IAMPolicy(policy).is_action_permitted(action, resource) for policy in policies(role)}
    if PermissionResult.DENIED in verdicts:
        return f"a policy denies the {action} action"
    if PermissionResult.PERMITTED not in verdicts:
        return f"no identity-based policy allows the {action} action"
    return None


def policies(role: Role) -> list[Any]:
    inline = [policy if isinstance(policy, str) else json.dumps(policy) for policy in role.policies.values()]
    return [*inline, *role.managed_policies.values()]
