"""The sign-in against whoever is on the shop's network."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from inspect_app.db import db
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person, Tablet
from tests.conftest import TabletClient


def _person(name: str = "Minji") -> str:
    return str(db.session.scalars(select(Person.id).where(Person.name == name)).one())


def _post(app: Flask, **form: str) -> tuple[int, str]:
    """A sign-in from a browser that was never here."""
    app.test_client_class = TabletClient
    answer = app.test_client().post("/sign-ins", data=form)
    return answer.status_code, answer.location or ""


def test_new_tablets_for_each_try_do_not_help_guessing(app: Flask, shop: Site) -> None:
    person = _person()

    answers = [_post(app, person=person, pin=f"{9000 + n}")[0] for n in range(6)]

    assert answers == [422, 422, 422, 422, 422, 429]
    assert _post(app, person=person, pin="1111")[0] == 429


def test_guessing_leaves_no_tablet_behind(app: Flask, shop: Site) -> None:
    for n in range(4):
        _post(app, person=_person(), pin=f"{9000 + n}")

    assert db.session.scalar(select(func.count(Tablet.id))) == 0


@pytest.mark.parametrize(
    "then",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example",
        "/\t/evil.example", "/\t\\evil.example", "javascript:alert(1)", "/\r\nSet-Cookie: a=b",
        "http:/evil.example", "///evil.example", "/%0d%0aA: b", "http://[", " //evil.example",
    ],
)  # fmt: skip
def test_after_signing_in_nobody_is_led_elsewhere(app: Flask, shop: Site, then: str) -> None:
    status, location = _post(app, person=_person(), pin="1111", then=then)

    assert status == 303
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert not any(sign in location for sign in "\t\r\n\\")


def test_the_sign_in_is_new_each_time_and_sent_over_https_alone(app: Flask, shop: Site) -> None:
    app.test_client_class = TabletClient
    client = app.test_client()
    client.set_cookie("sign_in", "planted")
    form = {"person": _person(), "pin": "1111"}

    answer = client.post("/sign-ins", data=form, base_url="https://localhost")

    cookies = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith("sign_in=")]
    assert len(cookies) == 1
    assert "planted" not in cookies[0]
    for flag in ("Secure", "HttpOnly", "SameSite=Lax"):
        assert flag in cookies[0]


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"}],
    ids=str,
)
def test_another_page_signs_nobody_in(app: Flask, shop: Site, headers: dict[str, str]) -> None:
    form = {"person": _person(), "pin": "1111"}

    answer = app.test_client().post("/sign-ins", data=form, headers=headers)

    assert answer.status_code == 403
