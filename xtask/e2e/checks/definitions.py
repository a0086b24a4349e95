"""statelint and asl-validator on every state machine of a template, with its variables filled in."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from harness import tools
from harness.assembly import Assembly
from harness.report import expect, say

from . import made_up


def check(assemblies: list[Assembly]) -> None:
    with TemporaryDirectory() as scratch:
        files = [write(Path(scratch), name, text) for name, text in definitions(assemblies).items()]
        expect(files, "no assembly has a state machine")
        for findings in (statelint(files), asl_validator(files)):
            expect(not findings, findings)
    say(f"{len(files)} definitions without a finding")


def can_fail() -> None:
    dangling = json.dumps({"StartAt": "Pass", "States": {"Pass": {"Type": "Pass", "Next": "Nowhere"}}})
    with TemporaryDirectory() as scratch:
        file = write(Path(scratch), "dangling", dangling)
        for linter in (statelint, asl_validator):
            expect("Nowhere" in linter([file]), f"{linter.__name__} lets a Next to no state pass")


def definitions(assemblies: list[Assembly]) -> dict[str, str]:
    """The text of each definition by a name to tell it by."""
    found: dict[str, str] = {}
    for assembly in assemblies:
        for stack, template in made_up.templates(assembly).items():
            for name, machine in made_up.of_type(template, "AWS::StepFunctions::StateMachine").items():
                text = made_up.resolve(template, machine["Properties"]["DefinitionString"])
                expect("${" not in text, f"{stack}/{name}: a variable is left in {text}")
                found[f"{assembly.directory.name}.{stack}.{name}"] = text
    return found


def write(directory: Path, name: str, text: str) -> Path:
    path = directory / f"{name}.asl.json"
    path.write_text(text)
    return path


def statelint(files: list[Path]) -> str:
    """Findings of statelint, which knows JSONPath alone."""
    jsonpath = [file for file in files if not uses_jsonata(json.loads(file.read_text()))]
    ran = [tools.run(tools.executable("statelint"), file) for file in jsonpath]
    return "\n".join(
        tools.printed(process) for process in ran if process.returncode or process.stdout.strip()
    )


def asl_validator(files: list[Path]) -> str:
    """Findings of asl-validator, which knows both query languages."""
    arguments = [argument for file in files for argument in ("--json-path", file)]
    process = tools.run(tools.executable("asl-validator"), *arguments)
    return tools.printed(process) if process.returncode else ""


def uses_jsonata(value: Any) -> bool:
    if isinstance(value, dict):
        return value.get("QueryLanguage") == "JSONata" or any(map(uses_jsonata, value.values()))
    return isinstance(value, list) and any(map(uses_jsonata, value))
