"""Cars on their way out, made by the same acts as a person's."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from inspect_app.db import db
from inspect_app.orders.models import Order, OrderLine
from inspect_app.visits.actions import change_state
from inspect_app.visits.models import Visit, VisitEvent
from tests.conftest import Tablet
from tests.factories import check_in, new_id

TO_WORKSHOP = ("T21",)
TO_PREPARATION = ("T21", "T27", "T29")


def visit_row(visit_id: str) -> Visit:
    """The visit as it is in the database now."""
    db.session.rollback()
    return db.session.scalars(select(Visit).where(Visit.id == uuid.UUID(visit_id))).one()


def state_of(visit_id: str) -> str:
    """Where the visit is now."""
    return visit_row(visit_id).state


def moves(visit_id: str) -> list[str]:
    """The transitions that the visit took, in order."""
    db.session.rollback()
    return [
        number or ""
        for number in db.session.scalars(
            select(VisitEvent.transition)
            .where(VisitEvent.visit_id == uuid.UUID(visit_id), VisitEvent.transition.is_not(None))
            .order_by(VisitEvent.recorded_at)
        )
    ]


def move(visit_id: str, *numbers: str, at: datetime | None = None) -> None:
    """Takes these transitions as a colleague would."""
    visit = visit_row(visit_id)
    for number in numbers:
        change_state(visit, number, by=visit.received_by_id, at=at or datetime.now(UTC))
    db.session.commit()


def car_in(
    minji: Tablet, *numbers: str, plate: str = "12가 3456", at: datetime | None = None
) -> str:
    """A checked-in car after these transitions, each item with a price; its visit's id."""
    visit_id = check_in(minji, plate)
    order = db.session.scalars(select(Order).where(Order.visit_id == uuid.UUID(visit_id))).one()
    for line in db.session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)):
        line.price_amount = line.price_amount or 30_000
    db.session.commit()
    move(visit_id, *numbers, at=at)
    return visit_id


def prepare(minji: Tablet, yuna: Tablet, visit_id: str) -> None:
    """Everything of 11.01 and 11.02."""
    page = f"/visits/{visit_id}"
    for step in ("cleaned", "looked_over"):
        form = {"id": new_id(), "step": step, "done": "yes"}
        assert minji.post(f"{page}/preparation/steps", form).status_code == 303
    assert minji.post(f"{page}/preparation/things/all", {"id": new_id()}).status_code == 303
    for kind in ("labour", "parts"):
        form = {"id": new_id(), "kind": kind, "as_ordered": "yes", "from": "preparation"}
        assert yuna.post(f"{page}/slips", form).status_code == 303
    assert total(yuna, visit_id).status_code == 303


def total(yuna: Tablet, visit_id: str, amount: int = 150_000) -> Any:
    """The clerk confirms the total on the screen."""
    return yuna.post(f"/visits/{visit_id}/settlement/totals", {"total_amount": amount})


def tell(minji: Tablet, visit_id: str, way: str = "phone:reached", **more: str) -> Any:
    """The customer is told that the car is ready."""
    form = {"id": new_id(), "way": way, "number": "010-1234-5678", "person": "Sora Kim", **more}
    return minji.post(f"/visits/{visit_id}/notice", form)


def ready(minji: Tablet, yuna: Tablet, plate: str = "12가 3456") -> str:
    """A car whose customer was told to come."""
    visit_id = car_in(minji, *TO_PREPARATION, plate=plate)
    prepare(minji, yuna, visit_id)
    assert tell(minji, visit_id).status_code == 303
    assert state_of(visit_id) == "ready_notified"
    return visit_id


def at_the_desk(minji: Tablet, yuna: Tablet, plate: str = "12가 3456") -> str:
    """A customer who sits at the settlement desk."""
    visit_id = ready(minji, yuna, plate)
    assert collect(minji, visit_id).status_code == 303
    assert state_of(visit_id) == "settling"
    return visit_id


def collect(minji: Tablet, visit_id: str, **changes: str) -> Any:
    """T32."""
    form = {"name": "Sora Kim", "relation": "owner", "authority": "known", "account_given": "1"}
    return minji.post(f"/visits/{visit_id}/collection", {**form, **changes})


def tomorrow() -> str:
    """A time that lies ahead, as a field of the page sends it."""
    return (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
