"""`AWS::StepFunctions::StateMachineVersion`: one for each revision."""

from __future__ import annotations

from moto.stepfunctions.parser.models import stepfunctions_parser_backends

from .base import Properties, Refused, Resource


class StateMachineVersion(Resource):
    CREATE_ONLY = frozenset({"StateMachineArn", "StateMachineRevisionId", "Description"})

    def create(self, name: str, properties: Properties) -> None:
        backend = stepfunctions_parser_backends[self.place.account][self.place.region]
        self._machine = backend.describe_state_machine(properties["StateMachineArn"])
        self._machine.publish(properties.get("Description"))
        self._version = self._machine.latest_version

    def update(self, properties: Properties) -> None:
        raise Refused("every property of a state machine version is create-only")

    def delete(self) -> None:
        self._machine.versions.pop(self._version.version, None)

    @property
    def physical_resource_id(self) -> str:
        return self._version.arn

    def get_cfn_attribute(self, name: str) -> str:
        return {"Arn": self._version.arn}[name]
