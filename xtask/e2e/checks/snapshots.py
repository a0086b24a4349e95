"""The whole templates that tests hold: snapshots that are called so."""

from __future__ import annotations

import json
from pathlib import Path

from harness.assembly import Template

_ROOT = Path(__file__).parents[3]


def templates() -> dict[Path, Template]:
    """Each behind a head of insta's."""
    return {
        path: json.loads(path.read_text().split("---", 2)[2])
        for folder in ("crates", "examples")
        for path in sorted((_ROOT / folder).glob("**/tests/snapshots/*.template*.snap"))
    }
