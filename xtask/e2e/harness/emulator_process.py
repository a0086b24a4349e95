"""The emulator as a child process: started here, ended here, by its own process id."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

from .report import expect

_E2E = Path(__file__).parents[1]


class EmulatorProcess:
    """`with EmulatorProcess() as emulator:` has an AWS at `emulator.endpoint` until the block ends."""

    def __enter__(self) -> EmulatorProcess:
        self._directory = TemporaryDirectory(prefix="cyanotype-e2e-")
        self._journal, self._log = Path(self._directory.name, "journal"), Path(self._directory.name, "log")
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "emulator", "--journal", str(self._journal)],
                cwd=_E2E,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout is not None
        self.endpoint = self._process.stdout.readline().strip()
        expect(self.endpoint, f"the emulator did not start:\n{self.log()}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)
        self._directory.cleanup()

    def log(self) -> str:
        return self._log.read_text()

    def journal(self) -> list[dict[str, Any]]:
        """Every call so far: `authorized` with its role, resource and refusal, `invoked` with its version."""
        return [json.loads(line) for line in self._journal.read_text().splitlines()]
