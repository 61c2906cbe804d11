"""The lock file: hashes for everything, and no address of any package host."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def pins() -> dict[str, str]:
    lock = (ROOT / "requirements.lock").read_text()
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)", lock, re.MULTILINE))


def test_the_lock_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text()

    assert "://" not in lock
    assert "index-url" not in lock
    assert "find-links" not in lock


def test_every_package_of_the_lock_has_a_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    entries = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]

    assert len(entries) == len(pins())
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_lock_holds_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]

    for requirement in asked:
        name, version = re.sub(r"\[.*\]", "", requirement).split("==")
        assert pins()[name] == version, f"{requirement}: run `make lock`"
