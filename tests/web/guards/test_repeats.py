"""A request that comes again, in another's name, or from a clock that was never set."""

import threading
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from inspect_app.db import db
from inspect_app.orders.models import OrderLine
from inspect_app.pwa.models import Receipt
from inspect_app.seeds import seed_shop
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person, SignIn
from inspect_app.visits.models import Visit
from tests.conftest import PINS, Tablet, sign_in
from tests.factories import arrival_form, arrive, new_id


def _line(**changes: str) -> dict[str, str]:
    return {"id": new_id(), "description": "Brake pads", "price": "120000", **changes}


def _person(name: str) -> str:
    return str(db.session.scalars(select(Person.id).where(Person.name == name)).one())


def _change_person(tablet: Tablet, name: str) -> Tablet:
    """The same tablet in another hand."""
    form = {"person": _person(name), "pin": PINS[name]}
    assert tablet.post("/sign-ins", form).status_code == 303
    return Tablet(tablet.client, name)


def test_another_person_with_the_same_key_gets_no_answer_of_a_colleague(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    url, line, key = f"/visits/{arrive(minji)}/order/lines", _line(), new_id()
    minji.htmx_post(url, line, headers={"Idempotency-Key": key})

    answer = sign_in(app, "Jun").htmx_post(url, line, headers={"Idempotency-Key": key})

    assert answer.status_code == 422
    assert "Brake pads" not in answer.text


def test_one_request_sent_many_times_at_once_is_one_row(
    app: Flask, minji: Tablet, shop: Site
) -> None:
    url, line, key = f"/visits/{arrive(minji)}/order/lines", _line(), new_id()
    tablets = [_copy(app, minji) for _ in range(6)]
    answers: list[Any] = []

    def send(tablet: Tablet) -> None:
        answer = tablet.htmx_post(url, line, headers={"Idempotency-Key": key})
        answers.append((answer.status_code, answer.text))

    threads = [threading.Thread(target=send, args=(tablet,)) for tablet in tablets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {status for status, _text in answers} == {200}
    assert len({text for _status, text in answers}) == 1
    assert db.session.scalar(select(func.count(OrderLine.id))) == 1


def _copy(app: Flask, tablet: Tablet) -> Tablet:
    """A second window of the same browser."""
    client = app.test_client()
    cookie = tablet.client.get_cookie("sign_in")
    assert cookie is not None
    client.set_cookie("sign_in", cookie.value)
    return Tablet(client, tablet.person)


def test_a_key_that_another_site_used_is_a_refusal_and_no_defect(minji: Tablet, shop: Site) -> None:
    here, key, url = shop.id, uuid.uuid4(), f"/visits/{arrive(minji)}/order/lines"
    seed_shop(code="second", name="Second Shop")
    person_id = uuid.UUID(_person("Minji"))
    db.session.add(
        Receipt(id=key, person_id=person_id, request_sha256="0" * 64, status=200,
                headers={}, body=b"")
    )  # fmt: skip
    db.session.commit()
    db.session.info["site_id"] = here

    answer = minji.htmx_post(url, _line(), headers={"Idempotency-Key": str(key)})

    assert answer.status_code == 409
    assert db.session.scalar(select(func.count(OrderLine.id))) == 0


def test_a_colleagues_entry_is_taken_in_their_name(minji: Tablet, shop: Site) -> None:
    author, captured = _person("Minji"), datetime.now(UTC).isoformat()
    url = f"/visits/{arrive(minji)}/order/lines"
    haoran = _change_person(minji, "Haoran")
    headers = {"X-Author": author, "X-Captured-At": captured, "Idempotency-Key": new_id()}

    answer = haoran.htmx_post(url, _line(), headers=headers)

    assert answer.status_code == 200
    assert str(db.session.scalars(select(OrderLine.by_id)).one()) == author


def test_nobody_borrows_a_colleagues_name_from_another_day(minji: Tablet, shop: Site) -> None:
    url, author = f"/visits/{arrive(minji)}/order/lines", _person("Minji")
    daniel = _change_person(minji, "Daniel")
    days_ago = datetime.now(UTC) - timedelta(days=3)
    was_signed_in = SignIn.person_id == uuid.UUID(author)
    db.session.execute(
        update(SignIn).where(was_signed_in).values(
            started_at=days_ago, ended_at=days_ago + timedelta(hours=1)
        )
    )  # fmt: skip
    db.session.commit()
    headers = {"X-Author": author, "Idempotency-Key": new_id()}

    answer = daniel.htmx_post(url, _line(), headers=headers)

    assert answer.status_code == 409
    assert db.session.scalar(select(func.count(OrderLine.id))) == 0


def test_a_page_is_never_shown_in_a_colleagues_name(minji: Tablet, shop: Site) -> None:
    visit_id, author = arrive(minji), _person("Minji")
    daniel = _change_person(minji, "Daniel")

    headers = {"X-Author": author, "Idempotency-Key": new_id()}
    answer = daniel.get(f"/visits/{visit_id}", headers=headers)

    assert answer.status_code == 403
    assert "Sora" not in answer.text


def test_a_setting_of_a_colleague_is_not_changed_in_their_name(minji: Tablet, shop: Site) -> None:
    author = _person("Minji")
    daniel = _change_person(minji, "Daniel")

    daniel.post("/me", {"hand": "left"}, headers={"X-Author": author, "Idempotency-Key": new_id()})

    db.session.expire_all()
    assert db.session.scalars(select(Person.hand).where(Person.name == "Minji")).one() == "right"


@pytest.mark.parametrize(
    ("captured", "offset"),
    [
        ("0001-01-01T00:00:00+14:00", "0"),
        ("1970-01-01T00:00:00Z", "0"),
        ("9999-12-31T23:59:59-14:00", "0"),
        ("2026-11-23T10:00:00Z", "9" * 30),
        ("2026-11-23T10:00:00Z", "-99999999999999"),
        ("2026-11-23T10:00:00", "0"),
        ("yesterday", "0"),
    ],
)
def test_a_clock_that_cannot_be_believed_counts_for_nothing(
    minji: Tablet, shop: Site, captured: str, offset: str
) -> None:
    before = datetime.now(UTC)

    headers = {"X-Captured-At": captured, "X-Clock-Offset": offset}
    answer = minji.post("/visits", arrival_form(), headers=headers)

    assert answer.status_code == 303
    arrived = db.session.scalars(select(Visit.arrived_at)).one()
    assert before <= arrived <= datetime.now(UTC)


def test_old_answers_are_swept_out_and_new_ones_kept(app: Flask, minji: Tablet, shop: Site) -> None:
    arrive(minji, _key=new_id())
    old, person_id = uuid.uuid4(), uuid.UUID(_person("Minji"))
    db.session.add(
        Receipt(id=old, person_id=person_id, request_sha256="0" * 64, status=200, headers={},
                body=b"", answered_at=datetime.now(UTC) - timedelta(days=40))
    )  # fmt: skip
    db.session.commit()

    sign_in(app, "Jun")

    db.session.expire_all()
    kept = db.session.scalars(select(Receipt.id)).all()
    assert len(kept) == 1
    assert old not in kept


def test_a_form_that_was_cut_off_on_its_way_is_no_form(minji: Tablet, shop: Site) -> None:
    """The server under the app says of such a body that it has ended."""
    url, line = f"/visits/{arrive(minji)}/order/lines", _line(description="Brake pads, front")
    body = urlencode(line).encode()
    headers = {"HX-Request": "true", "Idempotency-Key": new_id()}
    kind = "application/x-www-form-urlencoded"

    cut = minji.client.post(
        url, data=body[:-4], content_type=kind, headers=headers,
        environ_overrides={"CONTENT_LENGTH": str(len(body)), "wsgi.input_terminated": True},
    )  # fmt: skip
    whole = minji.client.post(url, data=body, content_type=kind, headers=headers)

    assert (cut.status_code, whole.status_code) == (400, 200)
    assert db.session.scalars(select(OrderLine.price_amount)).all() == [120_000]
