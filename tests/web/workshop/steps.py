"""What people do with a car in the workshop, through the front door."""

import json
import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import select

from inspect_app.db import db
from inspect_app.orders.models import Order, OrderLine
from inspect_app.signatures.strokes import read_drawing
from inspect_app.staff.models import Person
from inspect_app.vehicles.models import Vehicle
from inspect_app.visits.models import Visit
from inspect_app.workshop.models import Team, Wash
from tests.conftest import PINS, Tablet, sign_in
from tests.factories import new_id, strokes

CHECKED_IN, IN_WORKSHOP = "34나 7801", "34나 7802"
"""Plates of the two cars that these tests begin with."""


def fresh() -> None:
    """What others wrote since is seen from here on."""
    db.session.rollback()
    db.session.expire_all()


def tablet_of(app: Flask, name: str) -> Tablet:
    """A colleague's tablet; the test's own look at the rows must not lock it out."""
    fresh()
    return sign_in(app, name)


def visit_row(visit_id: str) -> Visit:
    """The visit as it is now."""
    fresh()
    return db.session.get_one(Visit, uuid.UUID(visit_id))


def state_of(visit_id: str) -> str:
    """The visit's state now."""
    return visit_row(visit_id).state


def person_id(name: str) -> str:
    """A colleague's id."""
    return str(db.session.scalars(select(Person.id).where(Person.name == name)).one())


def team_id(name: str = "Team 1") -> str:
    """A team's id."""
    return str(db.session.scalars(select(Team.id).where(Team.name == name)).one())


def lines_of(visit_id: str) -> list[OrderLine]:
    """The lines of the order, in their order."""
    fresh()
    return list(
        db.session.scalars(
            select(OrderLine)
            .join(Order, Order.id == OrderLine.order_id)
            .where(Order.visit_id == uuid.UUID(visit_id), OrderLine.removed_at.is_(None))
            .order_by(OrderLine.position)
        )
    )


def drawing() -> str:
    """A drawn name as the pad hands it in."""
    drawn = read_drawing(strokes())
    form = {"groups": drawn.as_point_groups(), "width": drawn.width, "height": drawn.height}
    return json.dumps(form)


def set_way(
    tablet: Tablet, visit_id: str, way: str = "straight", team: str = "", **more: str
) -> Any:
    """The order is complete; a team is set, or several are left to the supervisor."""
    form = {
        "id": new_id(),
        "wash_id": new_id(),
        "team": team or team_id(),
        "way": way,
        **more,
    }
    return tablet.post(f"/visits/{visit_id}/way-to-workshop", form)


def wash_path(visit_id: str, act: str) -> str:
    """The address of an act of the visit's wash."""
    fresh()
    wash_id = db.session.scalars(select(Wash.id).where(Wash.visit_id == uuid.UUID(visit_id))).one()
    return f"/visits/{visit_id}/washes/{wash_id}/{act}"


def receipt_form(moment: Any, name: str = "Seojun", **changes: str) -> dict[str, str]:
    """S3 as the receiver fills it in at this moment, to ten minutes."""
    local = moment.astimezone(ZoneInfo("Asia/Seoul"))
    return {
        "id": new_id(),
        "person": person_id(name),
        "pin": PINS[name],
        "strokes": drawing(),
        "stated_time": f"{local:%H}:{local.minute // 10}0",
        "order_with_car": "1",
        "no_wash_reason": "It is urgent",
        **changes,
    }


def send_in(tablet: Tablet, visit_id: str, moment: datetime) -> None:
    """The workshop takes this car over at this moment, without a wash."""
    assert set_way(tablet, visit_id).status_code == 303
    answer = tablet.post(f"/visits/{visit_id}/workshop-receipt", receipt_form(moment))
    assert answer.status_code == 303, answer.text


def car_of(plate: str) -> str:
    """The visit of a car that is there from the start (cars.py)."""
    fresh()
    found = select(Visit.id).join(Vehicle, Vehicle.id == Visit.vehicle_id)
    return str(db.session.scalars(found.where(Vehicle.plate == plate)).one())


def in_workshop() -> str:
    """The car in the workshop, with Team 1."""
    return car_of(IN_WORKSHOP)


def checked_in() -> str:
    """The car that is checked in and waits to be brought to the workshop."""
    return car_of(CHECKED_IN)


def step(tablet: Tablet, visit_id: str, line_id: Any, kind: str, reason: str = "") -> Any:
    """A line of the job is begun, done, struck or taken up again."""
    form = {"id": new_id(), "kind": kind, "reason": reason}
    return tablet.htmx_post(f"/visits/{visit_id}/work/{line_id}/steps", form)


def all_done(tablet: Tablet, visit_id: str) -> None:
    """Every line is done."""
    for line in lines_of(visit_id):
        assert step(tablet, visit_id, line.id, "done").status_code == 200


def acceptance_form(name: str = "Seojun", **changes: str) -> dict[str, str]:
    """D21 as the inspector fills it in."""
    return {
        "id": new_id(),
        "person": person_id(name),
        "pin": PINS[name],
        "strokes": drawing(),
        "remark": "",
        **changes,
    }
