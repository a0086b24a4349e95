"""What CloudFormation asks of a resource type."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

Properties = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a resource is made, and as what."""

    account: str
    region: str
    stack: str
    logical_id: str
    type: str


class Resource(ABC):
    """One physical resource. It exists from `create` to `delete`; a replacement is another one."""

    #: A change of one of these makes a new resource: the schema's create-only properties.
    CREATE_ONLY: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, place: Place) -> None:
        self.place = place
        # The names under which moto lists a stack's resources.
        self.logical_resource_id = place.logical_id
        self.cf_resource_type = place.type

    @abstractmethod
    def create(self, name: str, properties: Properties) -> None:
        """Makes it, under the generated name unless the properties give one."""

    @abstractmethod
    def update(self, properties: Properties) -> None:
        """Changes it in place; none of `CREATE_ONLY` differs."""

    @abstractmethod
    def delete(self) -> None:
        """Removes it."""

    @property
    @abstractmethod
    def physical_resource_id(self) -> str:
        """What `Ref` gives."""

    @abstractmethod
    def get_cfn_attribute(self, name: str) -> Any:
        """What `Fn::GetAtt` gives."""


class Refused(Exception):
    """A service's refusal, in its own words; it fails the stack's operation."""
