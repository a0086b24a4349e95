"""Runs one handler once: python.py CODE_DIRECTORY HANDLER RESULT_FILE, the event on standard input."""

import importlib
import json
import sys
from pathlib import Path

directory, handler, result_file = sys.argv[1:]
module, name = handler.rsplit(".", 1)
sys.path.insert(0, directory)
try:
    result = getattr(importlib.import_module(module), name)(json.load(sys.stdin), None)
except Exception as error:  # whatever the code raises is its answer
    Path(result_file).write_text(json.dumps({"errorType": type(error).__name__, "errorMessage": str(error)}))
    sys.exit(1)
Path(result_file).write_text(json.dumps(result))
