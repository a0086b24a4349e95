"""`AWS::StepFunctions::StateMachine` on the backend that interprets it."""

from __future__ import annotations

import uuid

from moto.stepfunctions.parser.api import ExecutionStatus
from moto.stepfunctions.parser.models import (
    StepFunctionsParserBackend,
    stepfunctions_parser_backends,
)

from .base import Properties, Refused, Resource


class StateMachine(Resource):
    CREATE_ONLY = frozenset({"StateMachineName", "StateMachineType"})

    def create(self, name: str, properties: Properties) -> None:
        name = properties.get("StateMachineName", name)
        arn = f"arn:aws:states:{self.place.region}:{self.place.account}:stateMachine:{name}"
        if any(machine.arn == arn for machine in self._backend.state_machines):
            raise Refused(f"State Machine Already Exists: '{arn}'")  # moto would give out the existing one
        self._machine = self._backend.create_state_machine(
            name, definition(properties), properties["RoleArn"], sm_type=properties.get("StateMachineType")
        )
        self._revise(properties)

    def update(self, properties: Properties) -> None:
        self._backend.update_state_machine(self._machine.arn, definition(properties), properties["RoleArn"])
        self._revise(properties)

    def delete(self) -> None:
        """Removes the machine and ends what still runs on it, as AWS does at the next transition."""
        for execution in self._machine.executions:
            if execution.status == ExecutionStatus.RUNNING:
                execution.stop(None, None, None)
        self._backend.delete_state_machine(self._machine.arn)

    @property
    def physical_resource_id(self) -> str:
        return self._machine.arn

    def get_cfn_attribute(self, name: str) -> str:
        attributes = {"Arn": self._machine.arn, "Name": self._machine.name}
        return {**attributes, "StateMachineRevisionId": self._revision}[name]

    @property
    def _backend(self) -> StepFunctionsParserBackend:
        return stepfunctions_parser_backends[self.place.account][self.place.region]

    def _revise(self, properties: Properties) -> None:
        """Gives a new revision ID when, and only when, the definition or the role has changed."""
        content = (definition(properties), properties["RoleArn"])
        if content != getattr(self, "_content", None):
            self._content, self._revision = content, str(uuid.uuid4())


def definition(properties: Properties) -> str:
    if "DefinitionString" not in properties or "DefinitionSubstitutions" in properties:
        raise Refused("the emulator takes DefinitionString alone, with its variables already in it")
    return properties["DefinitionString"]
