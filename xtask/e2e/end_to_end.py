#!/usr/bin/env python3
"""Deploys the days of the examples while executions run, and shows that the controls fail.

DAYS holds a directory for each example, with one cloud assembly for each day; `scenarios` says which.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from harness.emulator_process import EmulatorProcess
from harness.report import run_all
from harness.stage import Stage
from scenarios import SCENARIOS


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("days", type=Path)
    parser.add_argument(
        "--only", choices=SCENARIOS, action="append", help="runs this scenario; may be repeated"
    )
    arguments = parser.parse_args()
    with EmulatorProcess() as emulator:
        steps = {name: partial(play, name, emulator, arguments.days) for name in arguments.only or SCENARIOS}
        return run_all(steps, emulator.log)


def play(name: str, emulator: EmulatorProcess, days: Path) -> None:
    example, scenario = SCENARIOS[name]
    scenario(Stage(emulator, days / example))


if __name__ == "__main__":
    raise SystemExit(main())
