"""Signing in on a shared tablet."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from inspect_app.db import any_site, db
from inspect_app.sites.models import Site
from inspect_app.staff import routes
from inspect_app.staff.models import Person, SignIn, WrongPins
from tests.conftest import PINS, Tablet, TabletClient, sign_in


def a_tablet(app: Flask) -> FlaskClient:
    app.test_client_class = TabletClient
    return app.test_client()


def person_id(app: Flask, name: str) -> str:
    with app.app_context(), any_site():
        return str(db.session.scalars(db.select(Person.id).where(Person.name == name)).one())


def rows(app: Flask, kind: type[WrongPins] | type[SignIn]) -> list[Any]:
    with app.app_context(), any_site():
        return list(db.session.scalars(db.select(kind)))


def try_pin(client: FlaskClient, person: str, pin: str, **more: str) -> TestResponse:
    return client.post("/sign-ins", data={"person": person, "pin": pin, **more})


def test_every_name_can_be_tapped_before_anyone_is_signed_in(app: Flask) -> None:
    page = a_tablet(app).get("/sign-in")

    assert page.status_code == 200
    assert all(name in page.text for name in PINS)
    assert "한국어" in page.text
    assert "中文" in page.text


def test_the_pin_is_never_offered_by_the_browser(app: Flask) -> None:
    page = a_tablet(app).get(f"/sign-in?person={person_id(app, 'Minji')}")

    field = page.text[page.text.index('id="pin"') :][:200]
    assert 'autocomplete="off"' in field
    assert 'inputmode="none"' in field


def test_a_right_pin_goes_on_to_where_the_person_wanted(app: Flask) -> None:
    answer = try_pin(a_tablet(app), person_id(app, "Minji"), "1111", then="/due")

    assert (answer.status_code, answer.location) == (303, "/due")


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_host(app: Flask, target: str) -> None:
    answer = try_pin(a_tablet(app), person_id(app, "Minji"), "1111", then=target)

    assert answer.location == "/"


def test_a_wrong_pin_is_said_at_the_pad_with_the_name_kept(app: Flask) -> None:
    answer = try_pin(a_tablet(app), person_id(app, "Minji"), "0000", then="/due")

    assert answer.status_code == 422
    assert "This is not the PIN of Minji" in answer.text
    assert 'name="then" value="/due"' in answer.text
    assert 'value="0000"' not in answer.text


@pytest.mark.parametrize("pin", ["", "1", "abcd", "\uff11\uff11\uff11\uff11", "1" * 500, "\x00"])
def test_what_is_no_pin_is_a_wrong_pin(app: Flask, pin: str) -> None:
    assert try_pin(a_tablet(app), person_id(app, "Minji"), pin).status_code == 422


def test_a_name_that_is_nobodys_is_not_found(app: Flask) -> None:
    client = a_tablet(app)

    assert try_pin(client, str(uuid.uuid4()), "1111").status_code == 404
    assert try_pin(client, "no id", "1111").status_code == 404


def test_after_five_wrong_pins_even_the_right_one_waits(app: Flask) -> None:
    client, minji = a_tablet(app), person_id(app, "Minji")
    for _ in range(5):
        assert try_pin(client, minji, "0000").status_code == 422

    answer = try_pin(client, minji, "1111")

    assert answer.status_code == 429
    assert "Too many wrong PINs. Try again in" in answer.text
    counts = {row.subject.partition(":")[0]: row for row in rows(app, WrongPins)}
    assert counts["person"].failures == 5
    assert counts["person"].next_try_at is not None


def test_the_wait_is_the_persons_on_every_tablet(app: Flask) -> None:
    minji = person_id(app, "Minji")
    first = a_tablet(app)
    for _ in range(5):
        try_pin(first, minji, "0000")

    assert try_pin(a_tablet(app), minji, "1111").status_code == 429


def test_the_wait_is_the_tablets_for_every_person(app: Flask) -> None:
    client = a_tablet(app)
    try_pin(client, person_id(app, "Eun-ji"), "8888")  # from now on the shop knows the tablet
    for name in ("Minji", "Haoran", "Jun", "Seojun", "Yuna"):
        try_pin(client, person_id(app, name), "0000")

    assert try_pin(client, person_id(app, "Daniel"), "6666").status_code == 429
    assert try_pin(a_tablet(app), person_id(app, "Daniel"), "6666").status_code == 303


def test_waits_grow_and_end(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = datetime.now(UTC)
    monkeypatch.setattr(routes, "now", lambda: clock)
    client, minji = a_tablet(app), person_id(app, "Minji")
    for _ in range(5):
        try_pin(client, minji, "0000")

    clock += timedelta(seconds=31)
    sixth = try_pin(client, minji, "0000").status_code
    clock += timedelta(seconds=31)
    too_early = try_pin(client, minji, "1111").status_code
    clock += timedelta(seconds=30)
    in_time = try_pin(client, minji, "1111").status_code

    assert (sixth, too_early, in_time) == (422, 429, 303)


def test_a_right_pin_forgets_the_wrong_ones(app: Flask) -> None:
    client, minji = a_tablet(app), person_id(app, "Minji")
    for _ in range(4):
        try_pin(client, minji, "0000")

    try_pin(client, minji, "1111")

    assert {row.failures for row in rows(app, WrongPins)} == {0}


def test_changing_the_person_signs_the_first_one_out(app: Flask, minji: Tablet) -> None:
    tiles = minji.get("/sign-in").text
    pad = minji.get(f"/sign-in?person={person_id(app, 'Haoran')}").text

    try_pin(minji.client, person_id(app, "Haoran"), "2222")

    assert "Haoran" in tiles
    assert 'id="pin"' in pad
    signed_in = [one for one in rows(app, SignIn) if one.ended_at is None]
    assert [str(one.person_id) for one in signed_in] == [person_id(app, "Haoran")]


def test_a_sign_in_ends_with_the_day(app: Flask, minji: Tablet, shop: Site) -> None:
    db.session.scalars(db.select(SignIn)).one().started_at -= timedelta(hours=15)
    db.session.commit()

    page = minji.get("/due")
    fragment = minji.htmx_post("/me", {"locale": "ko"})

    assert (page.status_code, page.location) == (303, "/sign-in?then=/due")
    assert fragment.status_code == 401
    assert "nothing is lost" in fragment.text


def test_whoever_left_can_not_sign_in_and_is_not_shown(app: Flask, shop: Site) -> None:
    daniel = db.session.scalars(db.select(Person).where(Person.name == "Daniel")).one()
    daniel.left_on = datetime.now(UTC)
    db.session.commit()
    client = a_tablet(app)

    assert "Daniel" not in client.get("/sign-in").text
    assert try_pin(client, str(daniel.id), "6666").status_code == 404


def test_signing_out_leaves_the_tablet_at_the_names(app: Flask, minji: Tablet) -> None:
    answer = minji.post("/sign-out")

    assert answer.location == "/sign-in"
    assert minji.get("/more").status_code == 303


def test_the_person_chooses_language_and_hand(app: Flask, minji: Tablet) -> None:
    minji.post("/me", {"locale": "ko", "then": "/more"})
    minji.post("/me", {"hand": "left", "then": "/more"})

    page = minji.get("/more").text
    assert '<html lang="ko" data-hand="left"' in page


def test_a_language_or_hand_that_is_none_changes_nothing(minji: Tablet) -> None:
    answer = minji.post("/me", {"locale": "xx", "hand": "third", "then": "https://evil.example"})

    assert answer.location == "/"
    assert '<html lang="en" data-hand="right"' in minji.get("/more").text


def test_what_is_only_on_the_tablet_has_a_page(app: Flask) -> None:
    page = sign_in(app, "Daniel").get("/outbox")

    assert page.status_code == 200
    assert "<outbox-list" in page.text
