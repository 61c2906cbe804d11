"""A press: one child process that sets type, kept while it is used.

Typst holds about 100 MB once it has worked, and a fault in it would take its process along; both
stay out of the web process this way. A second job waits its turn (a sheet takes some 50 ms).
"""

import atexit
import contextlib
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from inspect_app.sheets.press_worker import read_frame, write_frame

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
WORKER = HERE / "press_worker.py"
TEMPLATES = (
    HERE / "check_in.typ",
    HERE / "document.typ",
    HERE / "paper.typ",
    HERE / "proof.typ",
    HERE / "signed.typ",
    HERE / "leaf.typ",
    HERE / "slip.typ",
    HERE.parent / "key_tags" / "labels.typ",
    HERE.parent / "additions" / "additional_sheet.typ",
)
JOB_SECONDS = 30
"""A sheet of 25 photos takes under a second; a job this long is stuck and its process is ended."""


class PressFailed(Exception):
    """The document could not be set; `reason` is typst's own sentence, for the log only."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Job:
    """One document to set; files are named by the data and lie beside the template."""

    template: str
    data: str
    timestamp: int
    standards: Sequence[str] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    output: str = "pdf"
    ppi: float | None = None


class Press:
    """Sets one document at a time; safe to call from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def set(self, job: Job) -> bytes:
        """Return the document. Raises PressFailed when it can't be set, even by a fresh child."""
        with self._lock:
            try:
                return self._ask(job)
            except (EOFError, BrokenPipeError):
                # The child had gone (idle, or ended from outside): once more with a new one.
                self._stop()
            try:
                return self._ask(job)
            except (EOFError, BrokenPipeError) as gone:
                self._stop()
                raise PressFailed("the press ended twice") from gone

    def close(self) -> None:
        """End the child, if one runs."""
        with self._lock:
            self._stop()

    def child_id(self) -> int | None:
        """Return the process id of the child, None while there is none."""
        return self._child.pid if self._child else None

    def _ask(self, job: Job) -> bytes:
        child = self._running()
        jobs, answers = _pipes(child)
        alarm = threading.Timer(JOB_SECONDS, child.kill)
        alarm.start()
        try:
            write_frame(jobs, _head(job))
            for content in job.files.values():
                write_frame(jobs, content)
            jobs.flush()
            answer = json.loads(read_frame(answers))
            document = read_frame(answers)
        finally:
            alarm.cancel()
        if not answer["ok"]:
            raise PressFailed(str(answer["error"]))
        return document

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._stop()
            self._child = subprocess.Popen(
                [sys.executable, "-I", str(WORKER), *map(str, TEMPLATES)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            log.info("press started child=%s", self._child.pid)
        return self._child

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        jobs, answers = _pipes(child)
        with contextlib.suppress(BrokenPipeError):
            jobs.close()
        answers.close()
        try:
            child.wait(timeout=2)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _head(job: Job) -> bytes:
    return json.dumps(
        {
            "template": job.template,
            "data": job.data,
            "timestamp": job.timestamp,
            "standards": list(job.standards),
            "format": job.output,
            "ppi": job.ppi,
            "files": list(job.files),
        }
    ).encode()


def _pipes(child: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if child.stdin is None or child.stdout is None:
        raise PressFailed("a press without pipes")
    return child.stdin, child.stdout


PRESS = Press()
"""The web process's own press; its child starts with the first document."""
atexit.register(PRESS.close)
