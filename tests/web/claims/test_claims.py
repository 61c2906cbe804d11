"""A tablet is taken over without network: name and PIN, readable by the shop alone."""

import base64
import hashlib
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import load_der_public_key
from flask import Flask
from sqlalchemy import select, update

from inspect_app.claims.keys import PADDING
from inspect_app.claims.models import Claim
from inspect_app.db import any_site, db
from inspect_app.late_entries.models import LateEntry
from inspect_app.orders.models import OrderLine
from inspect_app.photos.models import Photo
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person, SignIn
from tests.conftest import PINS, Tablet, sign_in
from tests.factories import arrive, new_id
from tests.web.photos.sending import a_jpeg, send


def person(name: str) -> str:
    return str(db.session.scalars(select(Person.id).where(Person.name == name)).one())


def closed(tablet: Tablet, pin: str) -> str:
    """The PIN as the tablet closes it, with the key it was given."""
    key = load_der_public_key(base64.b64decode(tablet.post("/reservations").get_json()["key"]))
    return base64.b64encode(key.encrypt(pin.encode(), PADDING)).decode()  # type: ignore[union-attr]


def stamped(minutes_ago: float, **more: str) -> dict[str, str]:
    at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    return {"Idempotency-Key": new_id(), "X-Captured-At": at.isoformat(), **more}


@pytest.fixture
def minji(app: Flask) -> Tablet:
    """The receptionist's tablet, signed in an hour ago."""
    tablet = sign_in(app, "Minji")
    with app.app_context(), any_site():
        db.session.execute(update(SignIn).values(started_at=datetime.now(UTC) - timedelta(hours=1)))
        db.session.commit()
    return tablet


def claim(tablet: Tablet, name: str, pin: str = "", *, minutes_ago: float = 10) -> Any:
    form = {
        "id": new_id(),
        "person": person(name),
        "closed_pin": closed(tablet, pin or PINS[name]),
    }
    headers = stamped(minutes_ago)
    return form["id"], tablet.htmx_post("/claims", form, headers=headers)


def line(tablet: Tablet, visit_id: str, name: str, claim_id: str, text: str = "Wipers") -> Any:
    return tablet.htmx_post(
        f"/visits/{visit_id}/order/lines",
        {"id": new_id(), "description": text, "price": ""},
        headers=stamped(5, **{"X-Author": person(name), "X-Claim": claim_id}),
    )


def rows(kind: Any) -> list[Any]:
    db.session.rollback()
    return list(db.session.scalars(select(kind)))


def test_a_right_pin_makes_the_captures_and_the_tablet_theirs(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)

    claim_id, answer = claim(minji, "Haoran")
    taken = line(minji, visit_id, "Haoran", claim_id)

    assert (answer.status_code, answer.headers["X-Claim"]) == (200, "right")
    assert taken.status_code == 200
    assert [str(row.by_id) for row in rows(OrderLine)] == [person("Haoran")]
    assert minji.get("/connection").get_json()["person"] == person("Haoran")


@pytest.mark.parametrize(("pin", "signed_in"), [("2222", "Haoran"), ("0000", None)])
def test_a_repeat_signs_in_where_the_first_answer_was_lost(
    minji: Tablet, shop: Site, pin: str, signed_in: str | None
) -> None:
    form = {"id": new_id(), "person": person("Haoran"), "closed_pin": closed(minji, "2222")}
    again = {**form, "closed_pin": closed(minji, pin)}
    headers = stamped(10)
    before = minji.client.get_cookie("sign_in")
    assert before is not None
    minji.htmx_post("/claims", form, headers=headers)
    minji.client.set_cookie("sign_in", before.value)  # the answer never came

    answer = minji.htmx_post("/claims", again, headers=headers)

    assert answer.headers["X-Claim"] == "right"
    expected = person(signed_in) if signed_in else None
    assert minji.get("/connection").get_json()["person"] == expected


def test_what_the_one_before_captured_stays_theirs(minji: Tablet, shop: Site) -> None:
    visit_id, author = arrive(minji), person("Minji")
    claim(minji, "Haoran", minutes_ago=0)

    answer = minji.htmx_post(
        f"/visits/{visit_id}/order/lines",
        {"id": new_id(), "description": "Wipers", "price": ""},
        headers=stamped(0.05, **{"X-Author": author}),
    )

    assert answer.status_code == 200
    assert [str(row.by_id) for row in rows(OrderLine)] == [author]


def test_a_wrong_pin_keeps_the_captures_for_the_supervisor(
    app: Flask, minji: Tablet, jun: Tablet, shop: Site
) -> None:
    visit_id = arrive(minji)
    claim_id, answer = claim(minji, "Haoran", "0000")
    kept = line(minji, visit_id, "Haoran", claim_id)
    photo = a_jpeg()
    headers = stamped(4, **{"X-Author": person("Haoran"), "X-Claim": claim_id})
    sent = send(minji, visit_id, photo, headers=headers)

    assert (answer.status_code, answer.headers["X-Claim"]) == (200, "wrong")
    assert kept.headers["X-Late-Entry"] == "claim"
    assert sent.headers["X-Photo-Sha256"] == hashlib.sha256(photo).hexdigest()
    assert rows(OrderLine) == []
    assert minji.get("/connection").get_json()["person"] == person("Minji")
    page = jun.get("/claims").text
    assert "Haoran" in page
    assert "Wipers" in page

    answer = jun.post(f"/claims/{claim_id}/answers", {"person": person("Minji")})

    assert answer.status_code == 303
    assert [str(row.by_id) for row in rows(OrderLine)] == [person("Minji")]
    assert [str(row.by_id) for row in rows(Photo)] == [person("Minji")]
    assert {row.answer for row in rows(LateEntry)} == {"taken"}
    assert "Nothing waits for you" in jun.get("/claims").text


def test_an_entry_that_comes_after_the_answer_goes_the_same_way(
    minji: Tablet, jun: Tablet, shop: Site
) -> None:
    visit_id = arrive(minji)
    claim_id, _answer = claim(minji, "Haoran", "0000")
    jun.post(f"/claims/{claim_id}/answers", {"person": person("Haoran")})

    assert line(minji, visit_id, "Haoran", claim_id).status_code == 200
    assert [str(row.by_id) for row in rows(OrderLine)] == [person("Haoran")]


def test_what_is_refused_in_the_right_name_stays_with_its_reason(
    minji: Tablet, jun: Tablet, shop: Site
) -> None:
    visit_id = arrive(minji)
    claim_id, _answer = claim(minji, "Haoran", "0000")
    line(minji, visit_id, "Haoran", claim_id)

    jun.post(f"/claims/{claim_id}/answers", {"person": person("Daniel")})

    assert rows(OrderLine) == []
    assert [row.answer for row in rows(LateEntry)] == ["refused"]
    assert "Your role does not allow this" in jun.get("/claims").text


def test_the_same_claim_again_is_the_same_claim(minji: Tablet, shop: Site) -> None:
    form = {"id": new_id(), "person": person("Haoran"), "closed_pin": closed(minji, "2222")}
    headers = stamped(10)

    answers = [minji.htmx_post("/claims", form, headers=headers) for _ in range(2)]

    assert [one.status_code for one in answers] == [200, 200]
    assert len(rows(Claim)) == 1


def test_claims_cannot_be_used_to_guess_a_pin(minji: Tablet, shop: Site) -> None:
    answers = [claim(minji, "Haoran", f"000{n}")[1].status_code for n in range(7)]

    assert answers[:5] == [200] * 5
    assert set(answers[5:]) == {429}


def test_a_claim_without_a_sign_in_opens_the_tablet(minji: Tablet, shop: Site) -> None:
    closed_pin = closed(minji, "2222")
    minji.client.delete_cookie("sign_in")

    form = {"id": new_id(), "person": person("Haoran"), "closed_pin": closed_pin}
    minji.htmx_post("/claims", form, headers=stamped(10))

    assert minji.get("/connection").get_json()["person"] == person("Haoran")


def test_a_claim_of_another_tablet_counts_for_nothing(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    visit_id = arrive(minji)
    claim_id, _answer = claim(minji, "Haoran")
    other = sign_in(app, "Jun")

    answer = line(other, visit_id, "Haoran", claim_id)

    assert answer.status_code == 409
    assert rows(OrderLine) == []


@pytest.mark.parametrize("text", ["", "no base64 ½", base64.b64encode(b"x" * 256).decode()])
def test_a_text_that_nobody_can_read_is_a_wrong_pin(minji: Tablet, shop: Site, text: str) -> None:
    form = {"id": new_id(), "person": person("Haoran"), "closed_pin": text}

    answer = minji.htmx_post("/claims", form, headers=stamped(10))

    assert answer.headers["X-Claim"] == "wrong"


def test_only_the_supervisor_says_whose_entries_they_are(minji: Tablet, shop: Site) -> None:
    assert minji.get("/claims").status_code == 403
    assert minji.post(f"/claims/{uuid.uuid4()}/answers").status_code == 403


def test_names_and_key_are_there_for_a_time_without_network(minji: Tablet, shop: Site) -> None:
    page = minji.get("/take-over").text

    assert "Haoran" in page
    assert minji.post("/reservations").get_json()["key"] in page
