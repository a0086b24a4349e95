"""A record of every call of a function, one JSON object a line, for the test to read."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

_lock = threading.Lock()
_path: Path | None = None


def open_at(path: Path) -> None:
    """Starts an empty journal."""
    global _path
    _path = path
    path.write_text("")


def write(event: str, **details: Any) -> None:
    """Adds one line. Calls come from several threads: the interpreter runs one for each execution."""
    assert _path is not None, "journal.open_at comes first"
    with _lock, _path.open("a") as file:
        file.write(json.dumps({"event": event, **details}) + "\n")
