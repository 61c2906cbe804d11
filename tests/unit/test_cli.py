"""What the command line answers when it cannot do what it was asked: one sentence, exit code 2."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspect_app.cli import CANNOT_SERVE, main


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A shop of its own, and nothing from the machine that runs the tests."""
    for name in ("DATABASE_URL", "PORT", "SECURE_PORT", "BEHIND_PROXY", "DEMO", "DEVELOPING"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that something else listens on for as long as the test runs."""
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_in_use_is_one_sentence(
    taken_port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", str(taken_port))

    code = main(["serve"])

    said = capsys.readouterr().err
    assert code == CANNOT_SERVE
    assert said.count("\n") == 1
    assert f"Port {taken_port} is in use" in said
    assert f"PORT={taken_port + 1}" in said


def test_a_secure_port_in_use_names_its_own_setting(
    taken_port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as free:
        free.bind(("0.0.0.0", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("PORT", str(port))
    monkeypatch.setenv("SECURE_PORT", str(taken_port))

    assert main(["serve"]) == CANNOT_SERVE
    assert f"SECURE_PORT={taken_port + 1}" in capsys.readouterr().err


def test_a_port_so_high_that_none_is_left_for_https_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "65500")

    assert main(["serve"]) == CANNOT_SERVE
    assert "with SECURE_PORT" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "８０００"])
def test_a_port_that_is_none_is_one_sentence(
    port: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", port)

    assert main(["serve"]) == CANNOT_SERVE
    assert capsys.readouterr().err.startswith("PORT must be a number from 1 to 65535")


def test_a_data_directory_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # A file in the way stops even the administrator, who may write to every folder.
    (tmp_path / "a file").write_text("in the way")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "a file" / "data"))

    assert main(["serve"]) == CANNOT_SERVE
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "cannot be written" in said
    assert "DATA_DIR" in said


def test_a_database_address_that_is_none_is_one_sentence_without_its_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "me:secret@host")

    assert main(["serve"]) == CANNOT_SERVE
    said = capsys.readouterr().err
    assert "DATABASE_URL is no database address" in said
    assert "secret" not in said
