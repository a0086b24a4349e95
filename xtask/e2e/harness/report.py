"""What a person reads, and how a scenario says that something did not hold."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Mapping


class NotAsExpected(Exception):
    """Something that must hold does not; the message says what was seen."""


def expect(holds: object, otherwise: str) -> None:
    if not holds:
        raise NotAsExpected(otherwise)


def say(line: str) -> None:
    print(f"    {line}", flush=True)


def run_all(steps: Mapping[str, Callable[[], None]], log: Callable[[], str] = str) -> int:
    """Runs every step, also after one that failed; prints the log if one has; gives the exit code."""
    failed: list[str] = []
    for name, step in steps.items():
        print(f"  {name}", flush=True)
        start = time.monotonic()
        try:
            step()
        except NotAsExpected as reason:
            failed.append(name)
            print(f"    NOT AS EXPECTED: {reason}", flush=True)
        except Exception:
            failed.append(name)
            traceback.print_exc()
        else:
            say(f"holds ({time.monotonic() - start:.1f} s)")
    print(f"  {len(steps) - len(failed)} of {len(steps)} hold", flush=True)
    if failed:
        print(f"{log()}failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0
