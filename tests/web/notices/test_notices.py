"""The customer is told: ready (T30), later (T31); by a call, or by a message that leaves."""

import json
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.contact_log.models import ContactLog
from inspect_app.db import db
from inspect_app.notices.queries import due_for
from inspect_app.orders.models import Order
from inspect_app.promises.models import Promise
from inspect_app.sites.models import Site
from inspect_app.visits.models import VisitEvent
from tests.conftest import Tablet, sign_in
from tests.factories import new_id
from tests.web.settlements.ways import (
    TO_PREPARATION,
    car_in,
    moves,
    prepare,
    state_of,
    tell,
    tomorrow,
)


@pytest.fixture
def yuna(app: Flask) -> Tablet:
    """The settlement clerk's tablet."""
    return sign_in(app, "Yuna")


@pytest.fixture
def car(minji: Tablet, yuna: Tablet, shop: Site) -> str:
    """A car with everything of the preparation done."""
    visit_id = car_in(minji, *TO_PREPARATION)
    prepare(minji, yuna, visit_id)
    return visit_id


def _contacts() -> list[ContactLog]:
    db.session.rollback()
    return list(db.session.scalars(select(ContactLog).order_by(ContactLog.recorded_at)))


def _order(visit_id: str) -> Order:
    db.session.rollback()
    return db.session.scalars(select(Order).where(Order.visit_id == uuid.UUID(visit_id))).one()


def test_who_was_reached_knows_that_the_car_is_ready(minji: Tablet, car: str) -> None:
    assert tell(minji, car).status_code == 303

    assert state_of(car) == "ready_notified"
    (row,) = _contacts()
    assert (row.kind, row.channel, row.result) == ("pickup_notice", "phone", "reached")
    assert row.planned_at == due_for(uuid.UUID(car))


def test_a_call_that_nobody_answers_is_a_try_and_no_notice(minji: Tablet, car: str) -> None:
    for way in ("phone:no_answer", "phone:left_message"):
        assert tell(minji, car, way).status_code == 303

    assert state_of(car) == "preparing_delivery"
    assert [row.result for row in _contacts()] == ["no_answer", "left_message"]
    assert "No answer" in minji.get(f"/visits/{car}/notice").text


def test_nobody_is_told_before_the_preparation_is_complete(minji: Tablet, shop: Site) -> None:
    car = car_in(minji, *TO_PREPARATION)

    answer = tell(minji, car)

    assert answer.status_code == 409
    assert "Clean the car" in answer.text
    assert _contacts() == []


def test_a_repeat_of_a_notice_is_one_contact(minji: Tablet, car: str) -> None:
    form = {"id": new_id(), "way": "phone:reached", "number": "010"}

    for _ in range(2):
        assert minji.post(f"/visits/{car}/notice", form).status_code == 303

    assert len(_contacts()) == 1
    assert moves(car).count("T30") == 1


@pytest.fixture
def hook() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A message service on this machine, and what it was sent."""
    got: list[dict[str, Any]] = []

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sms", got
    server.shutdown()
    server.server_close()


def test_a_message_really_leaves_once_and_is_the_notice(
    minji: Tablet, shop: Site, car: str, hook: tuple[str, list[dict[str, Any]]]
) -> None:
    url, got = hook
    site = db.session.get_one(Site, shop.id)
    site.settings = {**site.settings, "sms": {"url": url}}
    db.session.commit()
    form = {"id": new_id(), "way": "sms:sent", "number": "010-1234-5678", "text": "It is ready."}

    for _ in range(2):
        assert minji.post(f"/visits/{car}/notice", form).status_code == 303

    assert [(one["to"], one["text"]) for one in got] == [("010-1234-5678", "It is ready.")]
    assert state_of(car) == "ready_notified"
    assert [row.result for row in _contacts()] == ["sent"]


def test_a_message_that_is_refused_is_no_notice_and_says_why(
    minji: Tablet, shop: Site, car: str
) -> None:
    site = db.session.get_one(Site, shop.id)
    site.settings = {**site.settings, "sms": {"url": "http://127.0.0.1:9/sms"}}
    db.session.commit()

    answer = tell(minji, car, "sms:sent", text="It is ready.")

    assert "can't be reached" in minji.get(answer.location).text.replace("&#39;", "'")
    assert state_of(car) == "preparing_delivery"
    assert [row.result for row in _contacts()] == ["failed"]


def test_a_site_without_a_message_service_offers_none(minji: Tablet, car: str) -> None:
    assert "Send as a text message" not in minji.get(f"/visits/{car}/notice").text
    assert tell(minji, car, "sms:sent", text="It is ready.").status_code == 422


def _delay(minji: Tablet, car: str, **changes: str) -> Any:
    form = {
        "id": new_id(), "way": "phone:reached", "number": "010-1234-5678", "person": "Sora",
        "reason": "A part comes later", "promised_at": tomorrow(), "apologised": "1", **changes,
    }  # fmt: skip
    return minji.post(f"/visits/{car}/delay", form)


@pytest.mark.parametrize("numbers", [("T21",), ("T21", "T27"), TO_PREPARATION])
def test_a_delay_moves_the_promise_and_keeps_the_old_one(
    minji: Tablet, shop: Site, numbers: tuple[str, ...]
) -> None:
    car = car_in(minji, *numbers)
    before, state = _order(car).promised_at, state_of(car)

    assert _delay(minji, car).status_code == 303

    after = _order(car).promised_at
    assert before is not None
    assert after is not None
    assert after > before
    assert state_of(car) == state
    assert moves(car)[-1] == "T31"
    event = db.session.scalars(select(VisitEvent).where(VisitEvent.kind == "promise.moved")).one()
    assert event.detail["before"] != event.detail["after"]
    assert db.session.scalars(select(Promise.promised_at)).all()[-1] == after


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": ""}, "Write why the car is not ready"),
        ({"apologised": ""}, "Apologise to the customer"),
        ({"promised_at": ""}, "Give the day and the time"),
        ({"promised_at": "2026-01-01T10:00"}, "This time has passed"),
        ({"promised_at": "soon"}, "Give the day and the time"),
    ],
)
def test_a_delay_without_reason_apology_or_new_time_is_refused(
    minji: Tablet, shop: Site, changes: dict[str, str], words: str
) -> None:
    car = car_in(minji, "T21")
    before = _order(car).promised_at

    answer = _delay(minji, car, **changes)

    assert answer.status_code == 422
    assert words in answer.text
    assert _order(car).promised_at == before
    assert _contacts() == []


def test_a_delay_that_nobody_heard_moves_nothing(minji: Tablet, shop: Site) -> None:
    car = car_in(minji, "T21")
    before = _order(car).promised_at

    _delay(minji, car, way="phone:no_answer", apologised="")

    assert _order(car).promised_at == before
    assert "T31" not in moves(car)
    assert [row.result for row in _contacts()] == ["no_answer"]


def test_no_delay_is_told_of_a_car_that_is_not_in_work(minji: Tablet, shop: Site) -> None:
    assert _delay(minji, car_in(minji)).status_code == 409


def test_the_notice_falls_due_an_hour_before_the_promise_in_the_shops_own_hours(
    minji: Tablet, shop: Site
) -> None:
    car = car_in(minji, "T21", at=datetime(2026, 11, 25, 0, 0, tzinfo=UTC))
    order = _order(car)
    order.promised_at = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)  # 17:00 in Seoul
    db.session.commit()

    assert due_for(uuid.UUID(car)) == datetime(2026, 11, 25, 7, 0, tzinfo=UTC)

    order = _order(car)
    order.promised_at = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)  # 08:30 of the next day
    db.session.commit()

    assert due_for(uuid.UUID(car)) == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # closing time


def test_a_notice_stands_on_the_due_list_with_the_way_to_it(minji: Tablet, shop: Site) -> None:
    car = car_in(minji, "T21")
    order = _order(car)
    order.promised_at = datetime.now(UTC) - timedelta(minutes=5)
    db.session.commit()

    page = minji.get("/due").text

    assert "tell the customer of the delay" in page
    assert f"/visits/{car}/delay" in page
