"""The app as a newcomer starts it: a real process, real ports, a real certificate."""

import http.client
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE_S = 90


@dataclass
class Served:
    """A served shop: its process, its ports, its folder and what it said."""

    process: subprocess.Popen[bytes]
    port: int
    secure_port: int
    folder: Path
    banner: str


def free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        one.bind(("0.0.0.0", 0))
        two.bind(("0.0.0.0", 0))
        return one.getsockname()[1], two.getsockname()[1]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[], Served]]:
    """Starts the shop, as often as it is called; stops what still runs at the end."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> Served:
        port, secure_port = free_ports()
        said = tmp_path / f"said-{len(started)}"
        names = {"PATH", "HOME", "LANG"}
        environment = {name: value for name, value in os.environ.items() if name in names}
        environment |= {
            "PORT": str(port),
            "SECURE_PORT": str(secure_port),
            "DATA_DIR": str(tmp_path / "data"),
        }
        with said.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "inspect_app", "serve"],
                cwd=ROOT,
                env=environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        started.append(process)
        until = time.monotonic() + PATIENCE_S
        while "Ctrl-C" not in said.read_text():
            assert process.poll() is None, said.read_text()
            assert time.monotonic() < until, said.read_text()
            time.sleep(0.05)
        return Served(process, port, secure_port, tmp_path / "data", said.read_text())

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


def status_over_https(shop: Served, host: str, path: str) -> int:
    trusted = ssl.create_default_context(cafile=str(shop.folder / "certificates/authority.crt"))
    connection = http.client.HTTPSConnection(host, shop.secure_port, context=trusted, timeout=20)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1):
            return True
    except OSError:
        return False


def wait_until_shut(shop: Served) -> None:
    until = time.monotonic() + PATIENCE_S
    while answers(shop.port) or answers(shop.secure_port):
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_first_and_a_second_start_serve_the_same_shop(serve: Callable[[], Served]) -> None:
    first = serve()
    assert f"http://localhost:{first.port}/" in first.banner
    assert re.search(r"Minji +1111", first.banner)
    assert status_over_https(first, "localhost", "/trust/authority.crt") == 200
    assert status_over_https(first, "127.0.0.1", "/trust/authority.crt") == 200
    assert status_over_https(first, "localhost", "/trust/works") == 200
    made = {path: path.read_bytes() for path in (first.folder / "certificates").iterdir()}

    first.process.send_signal(signal.SIGTERM)
    assert first.process.wait(PATIENCE_S) == 0
    assert not answers(first.port)
    assert not answers(first.secure_port)

    second = serve()
    assert status_over_https(second, "localhost", "/trust/authority.crt") == 200
    assert {path: path.read_bytes() for path in made} == made


def test_ctrl_c_stops_everything_without_a_word(serve: Callable[[], Served]) -> None:
    shop = serve()

    shop.process.send_signal(signal.SIGINT)

    assert shop.process.wait(PATIENCE_S) == 0
    assert not answers(shop.port)
    assert not answers(shop.secure_port)


def test_one_door_that_falls_shut_ends_the_other(serve: Callable[[], Served]) -> None:
    shop = serve()
    doors = subprocess.run(
        ["pgrep", "-P", str(shop.process.pid)], capture_output=True, text=True, check=True
    ).stdout.split()
    assert len(doors) == 2

    os.kill(int(doors[0]), signal.SIGKILL)

    assert shop.process.wait(PATIENCE_S) == 1
    wait_until_shut(shop)


def test_a_killed_parent_leaves_nothing_behind(serve: Callable[[], Served]) -> None:
    shop = serve()

    shop.process.kill()
    shop.process.wait()

    wait_until_shut(shop)
