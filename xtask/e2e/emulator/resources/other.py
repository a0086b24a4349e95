"""Every type that moto plays well enough by itself."""

from __future__ import annotations

from typing import Any

from moto.cloudformation import parsing

from .base import Properties, Refused, Resource


class MotoResource(Resource):
    """Wraps a model of moto's. A change that moto cannot make in place is accepted and not played."""

    def create(self, name: str, properties: Properties) -> None:
        self._model = parsing.resource_class_from_type(self.place.type)
        if self._model is None:
            raise Refused(f"the emulator does not know {self.place.type}")
        self._declared = {"Type": self.place.type, "Properties": properties}
        given = properties.get(parsing.resource_name_property_from_type(self.place.type) or "", name)
        self._inner: Any = self._model.create_from_cloudformation_json(
            given, self._declared, *self._where, LogicalId=self.place.logical_id
        )

    def update(self, properties: Properties) -> None:
        self._declared = {"Type": self.place.type, "Properties": properties}
        if not hasattr(self._model.update_from_cloudformation_json, "__isabstractmethod__"):
            self._inner = self._model.update_from_cloudformation_json(
                self._inner, self.physical_resource_id, self._declared, *self._where
            )

    def delete(self) -> None:
        if hasattr(self._inner, "delete"):
            self._inner.delete(*self._where)
        else:
            self._model.delete_from_cloudformation_json(
                self.physical_resource_id, self._declared, *self._where
            )

    @property
    def physical_resource_id(self) -> str:
        return self._inner.physical_resource_id

    def get_cfn_attribute(self, name: str) -> Any:
        return self._inner.get_cfn_attribute(name)

    @property
    def _where(self) -> tuple[str, str]:
        return self.place.account, self.place.region
