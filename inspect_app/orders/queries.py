"""Reading an order for capture."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Uuid, and_, bindparam, or_, select
from sqlalchemy.orm import joinedload

from inspect_app.db import db
from inspect_app.errors import NotFound
from inspect_app.orders.disclosures import is_without_guarantee
from inspect_app.orders.models import Order, OrderLine, OrderPart
from inspect_app.visits.models import Visit, VisitEvent
from inspect_app.visits.queries import refuse_sealed
from inspect_app.visits.rules import ORDER_STATES

MAIN_SHEET = 0
"""The sheet of the order itself; what is added later has sheets of its own (9.05)."""


def order_for_capture(visit_id: uuid.UUID) -> tuple[Visit, Order]:
    """The visit and its order, if captures may still be entered. Raises NotFound or Sealed."""
    row = db.session.execute(
        select(Visit, Order).join(Order, Order.visit_id == Visit.id).where(Visit.id == visit_id)
    ).first()
    if row is None:
        raise NotFound
    visit, order = row
    if visit.state not in ORDER_STATES:
        refuse_sealed(visit)
    return visit, order


def order_of(visit_id: uuid.UUID) -> Order:
    """The order of a visit, whatever its state. Raises NotFound."""
    order = db.session.scalar(select(Order).where(Order.visit_id == visit_id))
    if order is None:
        raise NotFound
    return order


Parts = Mapping[uuid.UUID, Sequence[OrderPart]]

_LINES = (
    select(OrderLine, OrderPart)
    .outerjoin(OrderPart, and_(OrderPart.line_id == OrderLine.id, OrderPart.removed_at.is_(None)))
    .where(OrderLine.order_id == bindparam("order_id", type_=Uuid), OrderLine.removed_at.is_(None))
    .order_by(OrderLine.sheet, OrderLine.position, OrderLine.id, OrderPart.position, OrderPart.id)
)


def lines_with_parts(order_id: uuid.UUID) -> tuple[list[OrderLine], Parts]:
    """The lines that count, in their order, and the parts of each; one statement."""
    lines: dict[uuid.UUID, OrderLine] = {}
    parts: dict[uuid.UUID, list[OrderPart]] = {}
    for line, part in db.session.execute(_LINES, {"order_id": order_id}):
        lines[line.id] = line
        if part is not None:
            parts.setdefault(line.id, []).append(part)
    return list(lines.values()), parts


def parts_without_guarantee(order_id: uuid.UUID) -> list[tuple[OrderLine, OrderPart]]:
    """The parts whose quality is not vouched for (P3, P4), each with its line: for the guarantee
    card, and for the part only; the work on it is guaranteed as any other."""
    lines, parts = lines_with_parts(order_id)
    found = [(line, part) for line in lines for part in parts.get(line.id, ())]
    return [(line, part) for line, part in found if is_without_guarantee(part)]


def parts_of_line(line_id: uuid.UUID) -> Sequence[OrderPart]:
    """The parts that count, in their order."""
    return db.session.scalars(
        select(OrderPart)
        .where(OrderPart.line_id == line_id, OrderPart.removed_at.is_(None))
        .order_by(OrderPart.position, OrderPart.id)
    ).all()


def main_lines(order: Order) -> tuple[list[OrderLine], Parts]:
    """The lines of the order itself, additional sheets left out, and the parts of each."""
    lines, parts = lines_with_parts(order.id)
    return [line for line in lines if line.sheet == MAIN_SHEET], parts


def order_number_of(visit_id: uuid.UUID) -> str:
    """The number of the visit's order; empty where there is none yet."""
    return db.session.scalar(select(Order.number).where(Order.visit_id == visit_id)) or ""


def rival_changes(
    visit_id: uuid.UUID, version: int, *, by: uuid.UUID, at: datetime
) -> list[VisitEvent]:
    """Changes of the order's head after this version of it, by someone else, or captured later by
    the same person. One's own earlier ones are left out: of them there are many, and they agree."""
    events = db.session.scalars(
        select(VisitEvent)
        .options(joinedload(VisitEvent.by))
        .where(
            VisitEvent.visit_id == visit_id,
            VisitEvent.kind == "order.changed",
            or_(VisitEvent.by_id != by, VisitEvent.captured_at > at),
        )
        .order_by(VisitEvent.recorded_at)
    )
    return [event for event in events if event.detail.get("version", 0) > version]
