"""Where the pinned tools are, and how the npm ones run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

#: This process runs from a virtual environment; the npm packages are installed beside it.
NODE_MODULES = Path(sys.prefix).parent / "node_modules"


def run(*command: str | Path, **keywords: Any) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end and gives what it printed; its exit code is the caller's to judge."""
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=120, **keywords)


def executable(name: str) -> Path:
    return NODE_MODULES / ".bin" / name


def run_script(script: Path, *arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Runs one of our own Node scripts, which finds the packages through NODE_PATH."""
    environment = {**os.environ, "NODE_PATH": str(NODE_MODULES)}
    return run("node", script, *arguments, input=stdin, env=environment)


def printed(process: subprocess.CompletedProcess[str]) -> str:
    return f"{process.stdout}{process.stderr}".strip()
