"""CloudFormation's order of things.

An operation walks the new template from dependencies to dependents and creates, updates in place or
replaces. Only when all of that has succeeded does the clean-up delete what was replaced or has left the
template, unless its policy says Retain. When a step fails, what was done is undone in reverse.

moto removes before it adds and adds before it modifies, so that a version is published before its function's
code has changed; it knows no Retain on an update, no replacement and no rollback.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from moto.cloudformation import models, parsing, responses
from moto.cloudformation.exceptions import ValidationError
from moto.core.responses import ActionResult

from . import intrinsics
from .resources import class_for
from .resources.base import Place, Properties, Refused, Resource

ROLLBACK_FAILED = "UPDATE_ROLLBACK_FAILED"
_moto_parse = models.Stack.parse_template


def install() -> None:
    models.ResourceMap = parsing.ResourceMap = ResourceMap
    models.Stack.create_resources = create_resources
    models.Stack.update = update
    models.Stack.parse_template = staticmethod(parse_template)
    responses.CloudFormationResponse.continue_update_rollback = continue_update_rollback


@dataclass
class Live:
    """A resource that exists, as the template last described it."""

    resource: Resource
    declared: dict[str, Any]
    properties: Properties

    def retained(self, policy: str, *, created_now: bool = False) -> bool:
        """Whether it stays. `RetainExceptOnCreate` does not hold for what the operation itself has created."""
        value = self.declared.get(policy)
        return value == "Retain" or (value == "RetainExceptOnCreate" and not created_now)


@dataclass
class Operation:
    """What one create or update has done so far, and what is left to do after it."""

    undo: list[Callable[[], None]] = field(default_factory=list)
    cleanup: list[Resource] = field(default_factory=list)


class RollbackFailed(Exception):
    """An update that failed could not be undone; it can be tried again."""


class ResourceMap(parsing.ResourceMap):
    """The resources of one stack. moto and the intrinsics look up parameters and resources in it by name."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        self._live: dict[str, Live] = {}
        self._undone: Callable[[], None] = lambda: None
        super().__init__(*arguments, **keywords)

    def __getitem__(self, key: str) -> Any:
        if key in self._live:
            return self._live[key].resource
        return self._parsed_resources[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._live)

    def __len__(self) -> int:
        return len(self._live)

    def validate_outputs(self) -> None:
        """Left to cfn-lint: moto asks its own classes here, and ours know more attributes."""

    def create(self, template: dict[str, Any]) -> bool:
        try:
            self._converge(template)
        except Exception:
            self._undone()
            raise
        return True

    def update(self, template: dict[str, Any], parameters: dict[str, Any] | None = None) -> None:
        self._previous = self._template
        self._use(template, parameters)
        try:
            self._converge(template)
        except Exception:
            self.roll_back()
            raise

    def roll_back(self) -> None:
        """Goes back to the previous template.

        Nothing says whether CloudFormation then reads outputs of other stacks again. Here it does, which is worse:
        one that is gone keeps the rollback from its end.
        """
        try:
            for output in intrinsics.outputs_read(self._previous):
                intrinsics.output_of_stack(output, self)
        except Refused as refusal:
            raise RollbackFailed(str(refusal)) from refusal
        self._undone()
        self._use(self._previous, None)

    def delete(self) -> None:
        self._clean_up([live.resource for live in self._live.values() if not live.retained("DeletionPolicy")])
        self._live.clear()

    def _use(self, template: dict[str, Any], parameters: dict[str, Any] | None) -> None:
        self._template, self._resource_json_map = template, template["Resources"]
        if parameters:
            self.input_parameters = parameters
        self.load_mapping()
        self.load_parameters()
        self.load_conditions()

    def _converge(self, template: dict[str, Any]) -> None:
        """Brings the stack to the template, or back to where it was."""
        operation, before = Operation(), dict(self._live)
        wanted = {name: declared for name, declared in template["Resources"].items() if self._holds(declared)}
        try:
            for logical_id in dependency_order(wanted):
                self._settle(logical_id, wanted[logical_id], operation)
        except Exception:
            self._undone = lambda: self._undo(operation, before)
            raise
        for name in [name for name in self._live if name not in wanted]:
            live = self._live.pop(name)
            if not live.retained("DeletionPolicy"):
                operation.cleanup.append(live.resource)
        self._clean_up(operation.cleanup)

    def _undo(self, operation: Operation, before: dict[str, Live]) -> None:
        for step in reversed(operation.undo):
            step()
        self._live = before

    def _clean_up(self, resources: list[Resource]) -> None:
        """Deletes in reverse, dependents first. As on AWS, a failure here no longer fails the operation."""
        for resource in reversed(resources):
            try:
                resource.delete()
            except Exception:
                logging.exception("the clean-up left %s", resource.physical_resource_id)

    def _holds(self, declared: dict[str, Any]) -> bool:
        return "Condition" not in declared or self.lazy_condition_map[declared["Condition"]]

    def _settle(self, logical_id: str, declared: dict[str, Any], operation: Operation) -> None:
        """Brings one resource to what the template says of it."""
        properties = parsing.clean_json(declared.get("Properties", {}), self)
        live = self._live.get(logical_id)
        if live is None:
            self._live[logical_id] = self._create(logical_id, declared, properties, operation)
            return
        if live.declared["Type"] != declared["Type"]:
            raise ValueError(f"Update of resource type is not permitted: {logical_id}")
        changed = {
            key
            for key in live.properties.keys() | properties.keys()
            if live.properties.get(key) != properties.get(key)
        }
        if changed & live.resource.CREATE_ONLY:
            self._live[logical_id] = self._create(logical_id, declared, properties, operation)
            # Which of the two templates' policies counts is not documented: either one keeps it.
            if not (live.retained("UpdateReplacePolicy") or declared.get("UpdateReplacePolicy") == "Retain"):
                operation.cleanup.append(live.resource)
            return
        if changed:
            operation.undo.append(lambda: live.resource.update(live.properties))
            live.resource.update(properties)
        self._live[logical_id] = Live(live.resource, declared, properties)

    def _create(
        self, logical_id: str, declared: dict[str, Any], properties: Properties, operation: Operation
    ) -> Live:
        place = Place(
            self._account_id, self._region_name, self["AWS::StackName"], logical_id, declared["Type"]
        )
        resource = class_for(place.type)(place)
        resource.create(parsing.generate_resource_name(place.type, place.stack, logical_id), properties)
        live = Live(resource, declared, properties)
        if not live.retained("DeletionPolicy", created_now=True):
            operation.undo.append(resource.delete)
        return live


def dependency_order(declared: dict[str, Any]) -> list[str]:
    """The logical IDs, each after everything that it refers to."""
    order: list[str] = []
    open_names: set[str] = set()

    def visit(name: str) -> None:
        if name in order:
            return
        if name in open_names:
            raise ValueError(f"Circular dependency between resources: {sorted(open_names)}")
        open_names.add(name)
        for reference in sorted(intrinsics.references(declared[name]) & declared.keys()):
            visit(reference)
        open_names.remove(name)
        order.append(name)

    for name in declared:
        visit(name)
    return order


def create_resources(stack: models.Stack) -> None:
    """Creates a stack, or leaves it in ROLLBACK_COMPLETE with the reason as an event."""
    stack.status = "CREATE_IN_PROGRESS"
    try:
        stack.resource_map.create(stack.template_dict)
    except Exception as error:
        stack.output_map = models.OutputMap(stack.resource_map, {}, stack.stack_id)
        fail(stack, "CREATE_FAILED", "ROLLBACK_COMPLETE", error)
    else:
        stack.mark_creation_complete()


def update(
    stack: models.Stack,
    template: str,
    role_arn: str | None = None,
    parameters: dict[str, Any] | None = None,
    tags: dict[str, str] | None = None,
) -> None:
    """Updates a stack, or leaves it in UPDATE_ROLLBACK_COMPLETE, as it was, with the reason as an event."""
    if stack.status == ROLLBACK_FAILED:
        raise ValidationError(stack.stack_id, message=f"{stack.name} is in {stack.status} state and can not be updated")
    stack._add_stack_event("UPDATE_IN_PROGRESS", resource_status_reason="User Initiated")
    wanted = parse_template(template)
    try:
        stack.resource_map.update(wanted, parameters)
    except RollbackFailed as error:
        fail(stack, "UPDATE_FAILED", ROLLBACK_FAILED, error)
        return
    except Exception as error:
        fail(stack, "UPDATE_FAILED", "UPDATE_ROLLBACK_COMPLETE", error)
        return
    stack.template, stack.template_dict = template, wanted
    stack.description = wanted.get("Description")
    stack.role_arn, stack.parameters = role_arn, parameters or stack.parameters
    stack.tags = stack.tags if tags is None else tags
    stack.output_map = stack._create_output_map()
    stack._add_stack_event("UPDATE_COMPLETE")
    stack.status = "UPDATE_COMPLETE"


def continue_update_rollback(response: responses.CloudFormationResponse) -> ActionResult:
    """The action of that name: tries the rollback again."""
    stack = response.cloudformation_backend.get_stack(response._get_param("StackName"))
    try:
        stack.resource_map.roll_back()
    except RollbackFailed as error:
        fail(stack, "UPDATE_FAILED", ROLLBACK_FAILED, error)
    else:
        stack._add_stack_event("UPDATE_ROLLBACK_COMPLETE")
        stack.status = "UPDATE_ROLLBACK_COMPLETE"
    return ActionResult({})


def fail(stack: models.Stack, event: str, status: str, error: Exception) -> None:
    reason = str(getattr(error, "message", error)) or repr(error)
    stack._add_stack_event(event, resource_status_reason=reason)
    stack._add_stack_event(status)
    stack.status = status


def parse_template(template: str) -> dict[str, Any]:
    """JSON first: moto's YAML reader takes seconds for a large template."""
    try:
        return json.loads(template)
    except ValueError:
        return _moto_parse(template)
