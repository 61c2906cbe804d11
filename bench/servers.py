"""Floor and app as processes: the same server, as many workers, as many threads."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.wire import answers
from inspect_app.serving.doors import BLOCKING_THREADS

ROOT = Path(__file__).parents[1]
STOPS_WITHIN_S = 20


@dataclass(frozen=True)
class Server:
    """A server that answers at a port, and how long it took to the first 200."""

    process: subprocess.Popen[bytes]
    port: int
    started_in_s: float


def workers() -> int:
    """As many as the app itself starts."""
    return os.cpu_count() or 1


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def floor_server(folder: Path) -> Iterator[Server]:
    """The floor on its rows in this folder."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--port", "{port}",
        "--workers", str(workers()), "--blocking-threads", str(BLOCKING_THREADS),
        "--no-ws", "--log-level", "error", "bench.floor:create_app",
    ]  # fmt: skip
    with _started(command, {"FLOOR_FOLDER": str(folder)}, folder) as server:
        yield server


@contextlib.contextmanager
def our_server(folder: Path) -> Iterator[Server]:
    """The app on the shop in this folder: one address, as behind a proxy."""
    environment = {"DATA_DIR": str(folder), "BEHIND_PROXY": "1", "PORT": "{port}"}
    with _started([sys.executable, "-m", "inspect_app", "serve"], environment, folder) as server:
        yield server


@contextlib.contextmanager
def _started(command: list[str], environment: Mapping[str, str], folder: Path) -> Iterator[Server]:
    port = free_port()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    with (folder / "server.log").open("ab") as log:
        start = time.perf_counter()
        process = subprocess.Popen(
            [part.replace("{port}", str(port)) for part in command],
            cwd=ROOT,
            env={**kept, **{n: v.replace("{port}", str(port)) for n, v in environment.items()}},
            stdout=log,
            stderr=log,
        )
        try:
            answers(port)
            yield Server(process, port, time.perf_counter() - start)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOPS_WITHIN_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
