#!/usr/bin/env python3
"""Plays blue-green once more, deployed by the CDK CLI from the assemblies as they are on disk.

ASSEMBLIES holds `day1`, whose Wait must outlast a run of the CLI, and `day2`. Day 2 is deployed from a copy
whose template is over 51,200 bytes, which CloudFormation takes from a bucket alone.
"""

from __future__ import annotations

import argparse
import os
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from harness import tools
from harness.account import REGION, Account
from harness.assembly import Assembly, copy_with_padding
from harness.emulator_process import EmulatorProcess
from harness.report import expect, run_all, say

STACK, LARGE = "BlueGreen", 51_200


class Cli:
    """The CDK CLI with an endpoint, credentials and a home of its own: no real account is ever asked."""

    def __init__(self, endpoint: str, home: Path) -> None:
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "CDK_DISABLE_CLI_TELEMETRY": "true",
            "NO_COLOR": "1",
        }

    def run(self, assembly: Assembly, *arguments: str) -> str:
        options = ("--no-notices", "--app", assembly.directory)
        environment, home = self._environment, self._environment["HOME"]
        process = tools.run(tools.executable("cdk"), *options, *arguments, env=environment, cwd=home)
        expect(process.returncode == 0, f"cdk {arguments}: {process.returncode}\n{tools.printed(process)}")
        return tools.printed(process)

    def deploy(self, assembly: Assembly) -> None:
        start = time.monotonic()
        self.run(assembly, "deploy", STACK, "--method=direct", "--require-approval=never")
        seconds, size = time.monotonic() - start, assembly.template_path(STACK).stat().st_size
        say(f"{assembly.directory.name} deployed, template of {size:,} bytes ({seconds:.1f} s)")


def blue_green(emulator: EmulatorProcess, assemblies: Path, scratch: Path) -> None:
    account, cli = Account(emulator.endpoint), Cli(emulator.endpoint, scratch)
    account.make_asset_bucket()
    day1 = Assembly(assemblies / "day1")
    day2 = copy_with_padding(Assembly(assemblies / "day2"), STACK, LARGE, scratch / "day2")

    cli.deploy(day1)
    before = account.outputs(STACK)
    first = account.start(before["MachineArn"], "first")

    cli.deploy(day2)
    after = account.outputs(STACK)
    second = account.finished(account.start(after["MachineArn"], "second"))
    waiting = account.execution(first)
    expect((second.status, second.called) == ("SUCCEEDED", [after["HelloVersionArn"]]), f"second: {second}")
    expect(waiting.status == "RUNNING", f"the first execution must still wait: {waiting}")
    say(f"second execution: {second.status}; first: {waiting.status} in {waiting.states[-1]}")
    ended = account.finished(first)
    expect((ended.status, ended.called) == ("SUCCEEDED", [before["HelloVersionArn"]]), f"first: {ended}")
    expect(emulator.journal()[-1]["version"] == "1", f"other code ran: {emulator.journal()[-1]}")
    say(f"first execution: {ended.status}")


def reading(emulator: EmulatorProcess, assemblies: Path, scratch: Path) -> None:
    """`cdk ls` sees every stack that the manifest names; `cdk diff` compares them with what is deployed."""
    cli = Cli(emulator.endpoint, scratch)
    for directory in sorted(assemblies.iterdir()):
        assembly = Assembly(directory)
        listed = cli.run(assembly, "ls").split()
        expect(sorted(listed) == sorted(assembly.stacks()), f"cdk ls: {listed}, not {assembly.stacks()}")
        difference = cli.run(assembly, "diff", "--method=template")
        say(f"{directory.name}: ls gives {', '.join(listed)}; diff ends with “{difference.splitlines()[-1]}”")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assemblies", type=Path)
    assemblies = parser.parse_args().assemblies.resolve()
    with EmulatorProcess() as emulator, TemporaryDirectory(prefix="cyanotype-cdk-") as scratch:
        steps = {"cdk deploy": blue_green, "cdk ls, cdk diff": reading}
        bound = {name: partial(step, emulator, assemblies, Path(scratch)) for name, step in steps.items()}
        return run_all(bound, emulator.log)


if __name__ == "__main__":
    raise SystemExit(main())
