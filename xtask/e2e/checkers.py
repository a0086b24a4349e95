#!/usr/bin/env python3
"""Gives everything in the assemblies to real checkers, each of which is shown to be able to fail."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from checks import cfn_lint, definitions, linted_policies, manifests, policies, zips
from harness.assembly import Assembly
from harness.report import run_all

CHECKERS = {
    "cfn-lint": cfn_lint,
    "statelint, asl-validator": definitions,
    "cloud-assembly-schema": manifests,
    "iam-simulate": policies,
    "hashlib, zipfile, unzip": zips,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assembly", type=Path, nargs="+", help="directory with a manifest.json")
    parser.add_argument("--samples", type=Path, required=True, help="directory of assemblies made at random")
    parser.add_argument("--policies", type=Path, help="directory of policies, if there are any beside the assemblies'")
    arguments = parser.parse_args()
    assemblies = [Assembly(path) for path in arguments.assembly]
    samples = [Assembly(path) for path in sorted(arguments.samples.iterdir())]
    steps: dict[str, Callable[[], None]] = {"cfn-lint: random apps": partial(cfn_lint.check_errors, samples)}
    steps["cfn-lint: snapshots"] = cfn_lint.check_snapshots
    for name, checker in CHECKERS.items():
        steps[name] = partial(checker.check, assemblies)
        steps[f"{name}: can fail"] = checker.can_fail
    if arguments.policies:
        steps["parliament"] = partial(linted_policies.check, assemblies, arguments.policies)
        steps["parliament: can fail"] = linted_policies.can_fail
    return run_all(steps)


if __name__ == "__main__":
    raise SystemExit(main())
