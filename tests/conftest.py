"""The app on a migrated database, and one named cast."""

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from inspect_app import create_app
from inspect_app.config import Settings
from inspect_app.db import any_site, bind_site, db
from inspect_app.schema import upgrade
from inspect_app.seeds import seed_shop
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person
from tests.databases import copy_shop, database_url

SECRET = b"a secret that is only used in tests"
PINS = {
    "Minji": "1111",
    "Haoran": "2222",
    "Jun": "3333",
    "Seojun": "4444",
    "Yuna": "5555",
    "Daniel": "6666",
    "Gate": "7777",
    "Eun-ji": "8888",
    "Taemin": "9999",
    "Areum": "1010",
    "Bora": "1212",
    "Kangho": "1313",
}


def corpus() -> Path | None:
    """Real material, where this machine has it."""
    place = Path(os.environ.get("CORPUS") or Path(__file__).parents[2] / "shared" / "corpus")
    return place if place.is_dir() else None


def settings_in(folder: Path) -> Settings:
    """Settings of a shop whose data lies in this folder."""
    return Settings(data_dir=folder, database_url=database_url(folder), secret=SECRET)


@pytest.fixture(scope="session")
def migrated_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a migrated database and the demo shop in it, made once and copied per test."""
    folder = tmp_path_factory.mktemp("shop")
    app = create_app(settings_in(folder))
    with app.app_context():
        upgrade()
        seed_shop()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return folder


@pytest.fixture(scope="session")
def app_of_run(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One app for the whole run: its routes, templates and statements are compiled once."""
    return create_app(settings_in(tmp_path_factory.mktemp("run") / "data"))


@pytest.fixture
def app(app_of_run: Flask, migrated_shop: Path) -> Iterator[Flask]:
    """The app on a fresh copy of the shop."""
    folder = app_of_run.extensions["settings"].data_dir
    copy_shop(migrated_shop, folder)
    yield app_of_run
    with app_of_run.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def shop(app: Flask) -> Iterator[Site]:
    """An app context bound to the demo site, for actions and queries without a request."""
    with app.app_context():
        g.writes = False  # a look at the rows must not lock out the requests of the test
        site = db.session.scalars(db.select(Site)).one()
        bind_site(site.id)
        db.session.commit()
        yield site


class TabletClient(FlaskClient):
    """A browser of this app: says where its posts come from, as every browser does."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        headers = Headers(kwargs.pop("headers", None) or {})
        headers.setdefault("Sec-Fetch-Site", "same-origin")
        return super().open(*args, headers=headers, **kwargs)


@dataclass
class Tablet:
    """A tablet with someone signed in. `post` sends a form, `htmx_post` the same as htmx does."""

    client: FlaskClient
    person: str

    def get(self, url: str, **kwargs: Any) -> TestResponse:
        """Opens a page."""
        return self.client.get(url, **kwargs)

    def post(self, url: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Sends a plain form."""
        return self.client.post(url, data=data or {}, **kwargs)

    def htmx_post(
        self, url: str, data: dict[str, Any] | None = None, **kwargs: Any
    ) -> TestResponse:
        """Sends the same form as htmx does."""
        headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
        headers.update(kwargs.pop("headers", {}))
        return self.client.post(url, data=data or {}, headers=headers, **kwargs)


def sign_in(app: Flask, name: str = "Minji") -> Tablet:
    """A tablet on which this person signed in through the front door."""
    app.test_client_class = TabletClient
    client = app.test_client()
    with app.app_context(), any_site():
        person_id = db.session.scalars(db.select(Person.id).where(Person.name == name)).one()
    answer = client.post("/sign-ins", data={"person": str(person_id), "pin": PINS[name]})
    assert answer.status_code == 303, answer.text
    return Tablet(client, name)


@pytest.fixture
def minji(app: Flask) -> Tablet:
    """The receptionist's tablet."""
    return sign_in(app, "Minji")


@pytest.fixture
def jun(app: Flask) -> Tablet:
    """The business supervisor's tablet."""
    return sign_in(app, "Jun")


@pytest.fixture
def new_id() -> str:
    """An id as a tablet makes it."""
    return str(uuid.uuid4())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The last lines say on which material the proof stands."""
    terminalreporter.write_line(
        "Material: real photos, names, VINs and strokes from CORPUS."
        if corpus()
        else "Material: made by the tests themselves; set CORPUS to prove it on real material too."
    )
