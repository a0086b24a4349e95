"""cfn-lint: properties, types, references and the shape of policies. Any finding is one too many."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from harness import tools
from harness.assembly import Assembly
from harness.report import expect, say

from . import snapshots
from .made_up import REGION


def check(assemblies: list[Assembly]) -> None:
    templates = [assembly.template_path(stack) for assembly in assemblies for stack in assembly.stacks()]
    expect_clean(templates)
    say(f"{len(templates)} templates without a finding")


def check_snapshots() -> None:
    found = snapshots.templates()
    expect(len(found) >= 10, f"only {len(found)} templates in snapshots")
    with TemporaryDirectory() as scratch:
        # Those of two crates can have one name.
        paths = [Path(scratch, f"{number}-{path.stem}.json") for number, path in enumerate(found)]
        for path, template in zip(paths, found.values(), strict=True):
            path.write_text(json.dumps(template))
        expect_clean(paths)
    say(f"{len(paths)} templates of snapshots without a finding")


def check_errors(assemblies: list[Assembly]) -> None:
    """Errors alone: a warning of a random app is about what its user wrote, such as a mapping that nobody uses."""
    templates = [assembly.template_path(stack) for assembly in assemblies for stack in assembly.stacks()]
    expect(len(assemblies) >= 50, f"only {len(assemblies)} samples")
    expect_clean(templates, "error", "--ignore-checks", "W", "--ignore-checks", "I")
    say(f"{len(templates)} templates without an error")


def can_fail() -> None:
    function = {"Type": "AWS::Lambda::Function", "Properties": {"Code": {"ZipFile": "x"}}}
    with TemporaryDirectory() as scratch:
        path = Path(scratch, "broken.template.json")
        path.write_text(json.dumps({"Resources": {"Function": function}}))
        found = lint([path]).stdout
    expect("'Role' is a required property" in found, f"a function without a role passes:\n{found}")


def expect_clean(templates: list[Path], *options: str) -> None:
    process = lint(templates, *options)
    expect(process.returncode == 0 and not process.stdout, tools.printed(process))


def lint(templates: list[Path], level: str = "informational", *more: str) -> subprocess.CompletedProcess[str]:
    cfn_lint = Path(sys.prefix, "bin", "cfn-lint")
    options = ["--regions", REGION, "--non-zero-exit-code", level, *more, "--"]
    return tools.run(cfn_lint, *options, *templates)
