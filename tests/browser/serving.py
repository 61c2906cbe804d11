"""The real server in its own process, as `make run` starts it; it can be taken away and back."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_WITHIN_S = 60.0
STOP_WITHIN_S = 40.0


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class LiveShop:
    """A demo shop that is served on loopback, which browsers trust like HTTPS."""

    data_dir: Path
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> Path:
        """What the server wrote."""
        return self.data_dir.with_suffix(".log")

    def open(self) -> None:
        """Starts the server and returns once it answers; fails with the server's own words."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "inspect_app", "serve"],
                cwd=ROOT, env=self._environment(), stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + START_WITHIN_S
        while not self._answers():
            assert self._process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.05)  # the only wait without an event: a port cannot be watched

    def close(self) -> None:
        """Stops the server: for a tablet the shop is out of reach from here on."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(STOP_WITHIN_S)
            self._process = None

    def kill(self) -> None:
        """SIGKILL for the server and all its workers, as when the power goes."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(STOP_WITHIN_S)
            self._process = None

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs `python -m inspect_app …` on the same data."""
        return subprocess.run(
            [sys.executable, "-m", "inspect_app", *arguments],
            cwd=ROOT, env=self._environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        # One door without a certificate: loopback needs none.
        return {
            **{k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
            "DATA_DIR": str(self.data_dir),
            "PORT": str(self.port),
            "BEHIND_PROXY": "1",
        }

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/connection", timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            return False
