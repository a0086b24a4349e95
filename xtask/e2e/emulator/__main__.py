"""Serves the emulator until its parent is gone, its time is up, or it is told to stop.

The first line on standard output is the endpoint; everything else goes to standard error.
"""

from __future__ import annotations

import argparse
import logging
import os
import threading
import time
from pathlib import Path

from moto.core.config import default_user_config
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    create_backend_app,
)
from werkzeug.serving import make_server

from . import authorization, intrinsics, journal, qualified, runtime, stacks


def main() -> None:
    arguments = parse_arguments()
    journal.open_at(arguments.journal)
    configure_moto()

    # Port 0: the system picks a free one, and nobody can take it between the choice and the bind.
    server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
    os.environ["MOTO_PORT"] = str(server.server_port)  # where a Task's own calls go
    threading.Thread(target=watch, args=(arguments.minutes * 60,), daemon=True).start()
    # By this name and not by number: only then does moto read a template's URL as bucket and key.
    print(f"http://localhost:{server.server_port}", flush=True)
    server.serve_forever()


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="emulator", description=__doc__)
    parser.add_argument("--journal", type=Path, required=True, help="file that records every call")
    parser.add_argument("--minutes", type=float, default=15, help="stops by itself after so long")
    return parser.parse_args()


def configure_moto() -> None:
    """Chooses moto's interpreting backends and puts our behaviour in their place."""
    default_user_config["lambda"] = {"use_docker": True}  # the real backend; `runtime` keeps Docker out of it
    default_user_config["stepfunctions"] = {"execute_state_machine": True}
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    for module in (intrinsics, stacks, qualified, runtime, authorization):
        module.install()


def watch(seconds: float) -> None:
    """Ends the process when its parent has ended or the time is up, so that none is ever left behind."""
    parent, end = os.getppid(), time.monotonic() + seconds
    while os.getppid() == parent and time.monotonic() < end:
        time.sleep(0.5)
    os._exit(0)


if __name__ == "__main__":
    main()
