"""`Fn::Sub` as CloudFormation does it, and `Fn::GetStackOutput`.

moto reads the text of a `Fn::Sub` as a Python template: it turns `$$` into `$`, and so breaks every
`$$.Execution.Id` in a definition, and it looks for more variables in the values that it has just put in. It does
not know outputs of other stacks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from moto.cloudformation import models, parsing

from .resources.base import Refused

_VARIABLE = re.compile(r"\$\{(!?)([^}]*)\}")
_moto_resolve = parsing.clean_json


def install() -> None:
    parsing.clean_json = resolve  # moto's own recursion looks the name up here, and finds ours


def resolve(value: Any, resources: Mapping[str, Any]) -> Any:
    """The value with its intrinsics resolved against the resources that exist."""
    if isinstance(value, dict) and value.keys() == {"Fn::Sub"}:
        return substitute(value["Fn::Sub"], resources)
    if isinstance(value, dict) and value.keys() == {"Fn::GetStackOutput"}:
        return output_of_stack(value["Fn::GetStackOutput"], resources)
    return _moto_resolve(value, resources)


def substitute(argument: str | list[Any], resources: Mapping[str, Any]) -> str:
    text, variables = (argument, {}) if isinstance(argument, str) else argument
    known = {name: str(resolve(value, resources)) for name, value in variables.items()}

    def replacement(match: re.Match[str]) -> str:
        literal, name = match.groups()
        if literal:
            return "${" + name + "}"
        if name in known:
            return known[name]
        logical_id, _, attribute = name.partition(".")
        reference = {"Fn::GetAtt": [logical_id, attribute]} if attribute else {"Ref": name}
        return str(resolve(reference, resources))

    return _VARIABLE.sub(replacement, text)


def output_of_stack(argument: dict[str, str], resources: Any) -> str:
    """What an output of another stack has at this moment."""
    stack_name, output_name = argument["StackName"], argument["OutputName"]
    backend = models.cloudformation_backends[resources._account_id][resources._region_name]
    stack = next((stack for stack in backend.stacks.values() if stack.name == stack_name), None)
    if stack is None or output_name not in stack.output_map.outputs:
        raise Refused(f"{stack_name} has no output {output_name}")
    return stack.output_map[output_name].value


def outputs_read(value: Any) -> list[dict[str, str]]:
    """The outputs of other stacks that a part of a template reads."""
    if isinstance(value, list):
        return [found for inner in value for found in outputs_read(inner)]
    if not isinstance(value, dict):
        return []
    if value.keys() == {"Fn::GetStackOutput"}:
        return [value["Fn::GetStackOutput"]]
    return [found for inner in value.values() for found in outputs_read(inner)]


def references(value: Any) -> set[str]:
    """Every logical ID or parameter that a part of a template names."""
    if isinstance(value, list):
        return set().union(*map(references, value))
    if not isinstance(value, dict):
        return set()
    found: set[str] = set()
    for key, inner in value.items():
        match key:
            case "Ref":
                found.add(inner)
            case "Fn::GetAtt":
                found.add(inner[0] if isinstance(inner, list) else inner.partition(".")[0])
            case "DependsOn":
                found.update([inner] if isinstance(inner, str) else inner)
            case "Fn::Sub":
                text, variables = (inner, {}) if isinstance(inner, str) else inner
                names = {name.partition(".")[0] for literal, name in _VARIABLE.findall(text) if not literal}
                found |= (names - variables.keys()) | references(variables)
            case _:
                found |= references(inner)
    return found
