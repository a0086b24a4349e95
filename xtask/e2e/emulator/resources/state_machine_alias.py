"""`AWS::StepFunctions::StateMachineAlias`: a name that leads to a version and can be moved."""

from __future__ import annotations

from typing import Any

from moto.stepfunctions.parser.models import stepfunctions_parser_backends

from .base import Properties, Resource


class StateMachineAlias(Resource):
    CREATE_ONLY = frozenset({"Name"})

    def create(self, name: str, properties: Properties) -> None:
        backend = stepfunctions_parser_backends[self.place.account][self.place.region]
        given, routes = properties["Name"], self._routes(properties)
        self._alias = backend.create_state_machine_alias(given, routes, properties.get("Description"))
        self._machine = backend.describe_state_machine(self._alias.statemachine_arn)

    def update(self, properties: Properties) -> None:
        """Moves it at once, however slowly the properties ask: no alarm ever goes off here."""
        self._alias.update(routing_configuration=self._routes(properties))

    def delete(self) -> None:
        self._machine.aliases.pop(self._alias.name, None)

    @property
    def physical_resource_id(self) -> str:
        return self._alias.arn

    def get_cfn_attribute(self, name: str) -> str:
        return {"Arn": self._alias.arn}[name]

    @staticmethod
    def _routes(properties: Properties) -> list[dict[str, Any]]:
        """As the service's own API spells them."""
        if preference := properties.get("DeploymentPreference"):
            return [{"stateMachineVersionArn": preference["StateMachineVersionArn"], "weight": 100}]
        return [
            {"stateMachineVersionArn": route["StateMachineVersionArn"], "weight": route["Weight"]}
            for route in properties["RoutingConfiguration"]
        ]
