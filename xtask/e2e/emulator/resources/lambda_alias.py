"""`AWS::Lambda::Alias`: a name that points to a version and can be moved."""

from __future__ import annotations

from moto.awslambda import models

from .base import Properties, Resource


class LambdaAlias(Resource):
    CREATE_ONLY = frozenset({"FunctionName", "Name"})

    def create(self, name: str, properties: Properties) -> None:
        self._backend = models.lambda_backends[self.place.account][self.place.region]
        self._name, self._function = properties["Name"], properties["FunctionName"]
        alias = self._backend.create_alias(self._name, self._function, **self._target(properties))
        self._arn: str = alias.arn

    def update(self, properties: Properties) -> None:
        self._backend.update_alias(self._name, self._function, **self._target(properties))

    def delete(self) -> None:
        self._backend.delete_alias(self._name, self._function)

    @property
    def physical_resource_id(self) -> str:
        return self._arn

    def get_cfn_attribute(self, name: str) -> str:
        return {"AliasArn": self._arn}[name]

    @staticmethod
    def _target(properties: Properties) -> Properties:
        return {
            "function_version": properties["FunctionVersion"],
            "description": properties.get("Description", ""),
            "routing_config": properties.get("RoutingConfig"),
        }
