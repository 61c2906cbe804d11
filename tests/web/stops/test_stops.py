"""T41: the customer stops the repair."""

import uuid
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.db import db
from inspect_app.orders.models import OrderLine
from inspect_app.sites.models import Site
from inspect_app.stops.models import RepairStop, StoppedLine
from tests.conftest import Tablet, sign_in
from tests.factories import new_id
from tests.web.settlements.ways import car_in, moves, state_of


@pytest.fixture
def car(minji: Tablet, shop: Site) -> str:
    """A car in the workshop with two items, 120,000 and 30,000."""
    return car_in(minji, "T21")


def _stop(minji: Tablet, car: str, done: tuple[str, str] = ("all", "part"), **more: str) -> Any:
    lines = db.session.scalars(select(OrderLine.id).order_by(OrderLine.position)).all()
    form = {
        "id": new_id(), "asked_by": "Sora Kim", "reason": "Sells the car", "is_safe": "yes",
        f"done-{lines[0]}": done[0], f"done-{lines[1]}": done[1], f"amount-{lines[1]}": "10000",
        **more,
    }  # fmt: skip
    return minji.post(f"/visits/{car}/stop", form)


def test_a_stopped_repair_costs_what_was_done(app: Flask, minji: Tablet, car: str) -> None:
    assert _stop(minji, car).status_code == 303

    assert state_of(car) == "preparing_delivery"
    assert moves(car)[-1] == "T41"
    amounts = db.session.scalars(select(StoppedLine.amount).order_by(StoppedLine.amount)).all()
    assert amounts == [10_000, 120_000]
    db.session.rollback()
    page = sign_in(app, "Yuna").get(f"/visits/{car}/settlement").text
    assert "₩130,000" in page
    assert "done in part" in page


def test_what_was_not_begun_is_not_charged(app: Flask, minji: Tablet, car: str) -> None:
    _stop(minji, car, ("none", "part"))

    assert "Brake pads" not in sign_in(app, "Yuna").get(f"/visits/{car}/settlement").text


@pytest.mark.parametrize(
    ("done", "more", "words"),
    [
        (("", "none"), {}, "Say of every item"),
        (("all", "none"), {"is_safe": ""}, "safe to drive"),
        (("all", "none"), {"is_safe": "no"}, "Write what is not safe"),
        (("all", "none"), {"reason": ""}, "Write why the repair is stopped"),
        (("all", "none"), {"asked_by": ""}, "Write who asked"),
    ],
)
def test_a_stop_that_leaves_something_open_is_refused_and_what_was_typed_stays(
    minji: Tablet, car: str, done: tuple[str, str], more: dict[str, str], words: str
) -> None:
    answer = _stop(minji, car, done, **{"warning": "", **more})

    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="10000"' in answer.text
    assert state_of(car) == "in_workshop"


def test_a_stop_that_comes_again_is_one(minji: Tablet, car: str) -> None:
    row_id = new_id()

    for _ in range(2):
        assert _stop(minji, car, id=row_id).status_code == 303

    assert db.session.scalars(select(RepairStop.id)).all() == [uuid.UUID(row_id)]


def test_only_a_repair_that_runs_is_stopped(minji: Tablet, shop: Site) -> None:
    car = car_in(minji, "T21", "T27")

    assert _stop(minji, car).status_code == 409


def test_the_team_stops_nothing(app: Flask, car: str) -> None:
    assert sign_in(app, "Daniel").get(f"/visits/{car}/stop").status_code == 403
