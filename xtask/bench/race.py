#!/usr/bin/env python3
"""Runs our synth and the AWS CDK's on the same apps, as whole processes, in one run; prints medians and ratios.

Each command is run once to warm up and then ROUNDS times, or as often as SECONDS allow. Wall time is the process's,
memory its peak resident size.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).parent
APPS = ("article", "10", "100")
ROUNDS = 5
# What takes milliseconds is measured as long as this, since the scheduler's own moods are milliseconds too.
SECONDS = 0.3


@dataclass
class Runner:
    """A way to synthesize an app."""

    name: str
    command: list[str]
    environment: dict[str, str]
    out_flag: bool

    def run(self, app: str, out: Path) -> tuple[float, float]:
        """Seconds and peak MiB of one run."""
        command = [part.replace("APP", app) for part in self.command]
        environment = {**os.environ, **self.environment}
        if self.out_flag:
            command += ["--out", str(out)]
        else:
            environment["CDK_OUTDIR"] = str(out)
        start = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(command)} failed:\n{said.decode()}")
        return seconds, peak_of(said.decode()) or usage.ru_maxrss / 1024


def peak_of(said: str) -> float | None:
    """The peak that our own process says it had: what `wait4` says includes this interpreter's memory."""
    found = re.search(r"^VmHWM:\s+(\d+) kB$", said, re.MULTILINE)
    return int(found[1]) / 1024 if found else None


@dataclass
class Result:
    app: str
    runner: str
    seconds: float
    mebibytes: float


def measure(runner: Runner, app: str, scratch: Path) -> Result:
    out = scratch / f"{runner.name.replace(' ', '-')}-{app}"
    first, _ = runner.run(app, out)
    runs = [runner.run(app, out) for _ in range(max(ROUNDS, int(SECONDS / first)))]
    seconds, mebibytes = (statistics.median(values) for values in zip(*runs))
    return Result(app, runner.name, seconds, mebibytes)


def runners(arguments: argparse.Namespace) -> list[Runner]:
    node = {"NODE_PATH": str(arguments.node_modules)}
    script = ["node", str(HERE / "cdk.cjs"), "APP"]
    return [
        Runner("cyanotype", [str(arguments.release), "race", "APP", "synth"], {}, True),
        Runner("cyanotype, dev build", [str(arguments.dev), "race", "APP", "synth"], {}, True),
        Runner("CDK, no validation", script, {**node, "CDK_VALIDATION": "false"}, False),
        Runner("CDK", script, node, False),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--release", type=Path, required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--node-modules", type=Path, required=True)
    parser.add_argument("--inner", type=Path, required=True, help="what `race measure` wrote")
    parser.add_argument("--report", type=Path, required=True)
    arguments = parser.parse_args()
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as scratch:
        for app in APPS:
            for runner in runners(arguments):
                result = measure(runner, app, Path(scratch))
                results.append(result)
                ours = next(r for r in results if r.app == app)
                print(
                    f"{app:>8}  {result.runner:<22} {result.seconds * 1000:9.1f} ms {result.mebibytes:7.1f} MiB"
                    f"   {result.seconds / ours.seconds:7.1f} x time {result.mebibytes / ours.mebibytes:6.1f} x memory"
                )
    inner = json.loads(arguments.inner.read_text())
    for name, value in inner.items():
        print(f"in process: {name} {value}")
    report = {"processes": [asdict(result) for result in results], "in process": inner}
    arguments.report.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
