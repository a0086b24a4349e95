"""`AWS::Lambda::LayerVersion`: another one with each change."""

from __future__ import annotations

from moto.awslambda import models

from .base import Properties, Refused, Resource


class LayerVersion(Resource):
    CREATE_ONLY = frozenset(
        {"CompatibleArchitectures", "CompatibleRuntimes", "Content", "Description", "LayerName", "LicenseInfo"}
    )

    def create(self, name: str, properties: Properties) -> None:
        # A layer without a name is called by its logical ID, so that its versions are counted together.
        spec = {**properties, "LayerName": properties.get("LayerName", self.place.logical_id)}
        self._backend = models.lambda_backends[self.place.account][self.place.region]
        self._version = self._backend.publish_layer_version(spec)

    def update(self, properties: Properties) -> None:
        raise Refused("every property of a layer's version is create-only")

    def delete(self) -> None:
        self._backend.delete_layer_version(self._version.name, str(self._version.version))

    @property
    def physical_resource_id(self) -> str:
        return self._version.arn

    def get_cfn_attribute(self, name: str) -> str:
        return {"LayerVersionArn": self._version.arn}[name]
