"""Runs a function's code as a local process: no Docker, the same contract.

The runner gets the event on standard input and leaves the result in a file, so that whatever the code prints
is a log line and nothing else.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from moto.awslambda.models import LambdaFunction, lambda_backends

from . import journal

_RUNNERS = Path(__file__).parent / "runners"


def install() -> None:
    LambdaFunction._invoke_lambda = invoke


def invoke(function: LambdaFunction, event: Any = None) -> tuple[str, bool, str]:
    """Runs the function once; gives its result as JSON text, whether it failed, and its log."""
    with tempfile.TemporaryDirectory() as scratch:
        code, result = Path(scratch, "code"), Path(scratch, "result.json")
        layers = Path(scratch, "opt")
        zipfile.ZipFile(io.BytesIO(function.code_bytes)).extractall(code)
        for content in layers_of(function):
            zipfile.ZipFile(io.BytesIO(content)).extractall(layers)  # each over those before it
        process = subprocess.run(
            [*runner(function.run_time), str(code), function.handler, str(result)],
            input=json.dumps(event).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment(function, layers),
            timeout=int(function.timeout),
            check=False,
        )
        log = process.stdout.decode(errors="replace")
        if not result.exists():  # it ended before it could answer, as after process.exit()
            result.write_text(json.dumps({"errorType": "Runtime.ExitError", "errorMessage": log}))
        output = result.read_text()
    failed = process.returncode != 0
    call = {"function": function.function_name, "version": str(function.version)}
    journal.write("invoked", **call, failed=failed, output=json.loads(output))
    return output, failed, log


def runner(runtime: str) -> list[str]:
    """The command that runs a handler of this runtime, in whichever version is installed."""
    if runtime.startswith("nodejs"):
        return ["node", str(_RUNNERS / "node.mjs")]
    if runtime.startswith("python"):
        return [sys.executable, str(_RUNNERS / "python.py")]
    raise NotImplementedError(f"the emulator runs nodejs and python, not {runtime}")


def layers_of(function: LambdaFunction) -> list[bytes]:
    """The zips of the function's layers, in their order."""
    backend = lambda_backends[function.account_id][function.region]
    found = [backend.layers_versions_by_arn(layer["Arn"]) for layer in function.layers]
    return [layer.code_bytes for layer in found if layer]


def environment(function: LambdaFunction, layers: Path) -> dict[str, str]:
    """What Lambda sets for the code, over what a process needs to start at all."""
    return {
        "PATH": os.environ["PATH"],
        "NODE_PATH": str(layers / "nodejs/node_modules"),
        "PYTHONPATH": str(layers / "python"),
        "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
        "AWS_LAMBDA_FUNCTION_VERSION": str(function.version),
        **function.environment_vars,
    }
