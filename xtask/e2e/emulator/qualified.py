"""Executions that are started by a version or an alias of a machine run what that version holds.

moto starts them by the machine alone.
"""

from __future__ import annotations

import threading
from typing import Any

from moto.stepfunctions.parser.backend.execution import Execution
from moto.stepfunctions.parser.models import StepFunctionsParserBackend

_start = StepFunctionsParserBackend.start_execution
_one_at_a_time = threading.Lock()
#: The parts of the ARN of a machine; one more is a qualifier.
_PARTS = 7


def install() -> None:
    StepFunctionsParserBackend.start_execution = start_execution


def start_execution(
    backend: StepFunctionsParserBackend, state_machine_arn: str, *arguments: Any, **keywords: Any
) -> Execution:
    *machine_arn, qualifier = state_machine_arn.split(":")
    if len(machine_arn) < _PARTS:
        return _start(backend, state_machine_arn, *arguments, **keywords)
    machine = backend.describe_state_machine(":".join(machine_arn))
    if alias := machine.aliases.get(qualifier):
        qualifier = alias.routing_configuration[0]["stateMachineVersionArn"].rpartition(":")[2]
    version = machine.versions[int(qualifier)]
    # moto copies the machine as it is when an execution starts, so it is made to be the version for as long.
    with _one_at_a_time:
        current = machine.definition, machine.roleArn
        machine.definition, machine.roleArn = version.definition, version.roleArn
        try:
            return _start(backend, machine.arn, *arguments, **keywords)
        finally:
            machine.definition, machine.roleArn = current
