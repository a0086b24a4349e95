#!/usr/bin/env python3
"""Gives everything in the assemblies to real checkers, each of which is shown to be able to fail."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from checks import cfn_lint, definitions, manifests, policies
from harness.assembly import Assembly
from harness.report import run_all

CHECKERS = {
    "cfn-lint": cfn_lint,
    "statelint, asl-validator": definitions,
    "cloud-assembly-schema": manifests,
    "iam-simulate": policies,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assembly", type=Path, nargs="+", help="directory with a manifest.json")
    assemblies = [Assembly(path) for path in parser.parse_args().assembly]
    steps: dict[str, Callable[[], None]] = {}
    for name, checker in CHECKERS.items():
        steps[name] = partial(checker.check, assemblies)
        steps[f"{name}: can fail"] = checker.can_fail
    return run_all(steps)


if __name__ == "__main__":
    raise SystemExit(main())
