"""The doors of the app: one server process per address, watched together.

Granian serves one address per process, so a parent holds both: one that ends takes the other with
it, and a parent that is killed leaves nothing behind.
"""

import contextlib
import logging
import multiprocessing
import multiprocessing.connection
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from inspect_app import create_app

log = logging.getLogger(__name__)

# Each upload holds a thread while a slow tablet sends it (measured 2026-11-23: four threads stall
# everyone for 5 s, sixteen for 36 ms at most).
BLOCKING_THREADS = 16
# A request under way is finished before a worker stops, for this long.
STOP_AFTER_S = 30
LOOK_AFTER_S = 60
READY_WITHIN_S = 30
# Fork shares the loaded code between processes, which halves the memory; elsewhere it is unsafe.
START = "fork" if sys.platform == "linux" else "spawn"


@dataclass(frozen=True)
class Door:
    """One address the app answers at; with a certificate it is HTTPS."""

    port: int
    workers: int
    certificate: Path | None = None
    key: Path | None = None


def keep_open(doors: list[Door], ready: Callable[[], None], renew: Callable[[], bool]) -> int:
    """Serves until it is told to stop; the exit code is 0 then, and 1 if a door fell shut.

    `ready` is called once all doors answer. `renew` is called every minute; where it says that the
    certificate is new, the HTTPS door takes it up without losing a request.
    """
    stopping = _signals()
    multiprocessing.set_start_method(START, force=True)
    processes = [multiprocessing.Process(target=_serve, args=(door, os.getpid())) for door in doors]
    for process in processes:
        process.start()
    try:
        if _await_doors(doors, processes, stopping):
            ready()
        while not _told(stopping, processes, LOOK_AFTER_S):
            if renew():
                _take_up_certificate(doors, processes)
        asked_to_stop = _told(stopping, [], 0)
    finally:
        _close(processes)
    if not asked_to_stop:
        log.error("A server process ended by itself, so all were stopped.")
    return 0 if asked_to_stop else 1


def application() -> Flask:
    """What each worker serves."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    _end_with(os.getppid())
    return create_app()


def _serve(door: Door, parent: int) -> None:
    # A process group of its own: Ctrl-C reaches the parent alone, which then stops all in order.
    os.setpgrp()
    signal.set_wakeup_fd(-1)
    _end_with(parent)
    Granian(
        "inspect_app.serving.doors:application",
        factory=True,
        address="0.0.0.0",
        port=door.port,
        interface=Interfaces.WSGI,
        workers=door.workers,
        blocking_threads=BLOCKING_THREADS,
        websockets=False,
        workers_kill_timeout=STOP_AFTER_S,
        respawn_failed_workers=True,
        ssl_cert=door.certificate,
        ssl_key=door.key,
        log_level=LogLevels.error,
    ).serve()


def _end_with(parent: int) -> None:
    """Ends this process soon after its parent has gone, however that ended."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def _signals() -> socket.socket:
    """A socket that becomes readable when this process is told to stop."""
    reading, writing = socket.socketpair()
    writing.setblocking(False)
    reading.setblocking(False)

    def heard(_number: int, _frame: FrameType | None) -> None:
        """Python writes to the wake-up socket; nothing else is to be done."""

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, heard)
    signal.set_wakeup_fd(writing.fileno())
    _KEPT.append(writing)
    return reading


# The writing end must live as long as the process does.
_KEPT: list[socket.socket] = []


def _told(
    stopping: socket.socket, processes: list[multiprocessing.Process], seconds: float
) -> bool:
    """True once a signal came or a door fell shut; False if nothing happened for `seconds`."""
    sentinels = [process.sentinel for process in processes]
    return bool(multiprocessing.connection.wait([stopping, *sentinels], seconds))


def _await_doors(
    doors: list[Door], processes: list[multiprocessing.Process], stopping: socket.socket
) -> bool:
    until = time.monotonic() + READY_WITHIN_S
    waiting = list(doors)
    while waiting and time.monotonic() < until:
        if _told(stopping, processes, 0.05):
            return False
        waiting = [door for door in waiting if not _answers(door)]
    return not waiting


def _answers(door: Door) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", door.port), 1):
        return True
    return False


def _take_up_certificate(doors: list[Door], processes: list[multiprocessing.Process]) -> None:
    for door, process in zip(doors, processes, strict=True):
        if door.certificate is not None and process.pid is not None:
            log.info("https door takes up the new certificate")
            os.kill(process.pid, signal.SIGHUP)


def _close(processes: list[multiprocessing.Process]) -> None:
    for process in processes:
        process.terminate()
    until = time.monotonic() + STOP_AFTER_S + 5
    for process in processes:
        process.join(max(0.1, until - time.monotonic()))
        if process.is_alive():
            process.kill()
            process.join()
