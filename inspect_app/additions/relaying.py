"""Passing the customer's answer on to the workshop: a no orally, a yes as a sheet (9.03–9.05)."""

import logging
import uuid
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from inspect_app.additions import rules
from inspect_app.additions.models import Addition, AdditionLine, Relay
from inspect_app.additions.queries import additions_of, next_sheet, status_of, statuses_of
from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid
from inspect_app.orders.actions import save_head
from inspect_app.orders.models import Order, OrderLine
from inspect_app.orders.queries import order_of
from inspect_app.promises.actions import keep_promise
from inspect_app.staff.models import Person
from inspect_app.visits.actions import change_state
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)
SCREEN = "additions"


def relay(
    visit: Visit,
    addition: Addition,
    relay_id: uuid.UUID,
    receiver: Person,
    *,
    may_take_sheets: bool,
    by: uuid.UUID,
    at: datetime,
) -> Relay:
    """Everything that is answered and not yet passed on goes to this person now.

    With a yes among it an additional sheet is written, its lines join the order, and the promised
    time moves to what was told; then only a supervisor or dispatcher may take it. Once nothing is
    open any more the car leaves `awaiting_approval` by T23 or T24.
    """
    if (known := db.session.get(Relay, relay_id)) is not None:
        return known
    db.session.execute(select(Visit.id).where(Visit.id == visit.id).with_for_update())
    told = [line for line in addition.lines if status_of(line) in rules.TO_RELAY]
    approved = [line for line in told if status_of(line) == "yes"]
    if not told:
        raise Conflict(_l("There is no answer to pass on. Open the page again."))
    if approved and not may_take_sheets:
        raise Invalid(
            {"receiver": _l("The sheet goes to the workshop supervisor or the dispatcher.")}
        )
    row = Relay(
        id=relay_id,
        visit_id=visit.id,
        addition_id=addition.id,
        receiver_id=receiver.id,
        sheet=next_sheet(visit.id) if approved else None,
        by_id=by,
        captured_at=at,
    )
    db.session.add(row)
    db.session.flush()
    order = order_of(visit.id)
    _write_sheet(order, approved, row, by=by, at=at)
    for line in told:
        line.answers[-1].relay_id = row.id
    _move_promise(visit, order, addition, by=by, at=at)
    note(
        visit.id, "addition.relayed", by=by, at=at, screen=SCREEN, addition=str(addition.id),
        relay=str(row.id), receiver=str(receiver.id), sheet=row.sheet,
    )  # fmt: skip
    _close(visit, addition, by=by, at=at)
    db.session.flush()
    log.info("addition relayed visit=%s addition=%s", visit.id, addition.id)
    return row


def _write_sheet(
    order: Order, lines: list[AdditionLine], row: Relay, *, by: uuid.UUID, at: datetime
) -> None:
    last = db.session.scalar(
        select(func.max(OrderLine.position)).where(OrderLine.order_id == order.id)
    )
    for place, line in enumerate(lines, start=(last or 0) + 1):
        order_line = OrderLine(
            id=uuid.uuid5(row.id, str(line.id)),
            order_id=order.id,
            position=place,
            sheet=row.sheet,
            description=line.description,
            method="item",
            base_amount=line.price_amount,
            price_amount=line.price_amount,
            by_id=by,
            captured_at=at,
        )
        db.session.add(order_line)
        db.session.flush()  # the line is there before anything names it
        line.order_line_id = order_line.id


def _move_promise(
    visit: Visit, order: Order, addition: Addition, *, by: uuid.UUID, at: datetime
) -> None:
    """What was told is the promise from now on, kept with what was known (5.02)."""
    told = rules.new_promise(order.promised_at, addition.promised_at, statuses_of(addition))
    if told != order.promised_at:
        save_head(order, {"promised_at": told}, version=order.version, by=by, at=at)
        keep_promise(visit, order, by=by, at=at)


def _close(visit: Visit, addition: Addition, *, by: uuid.UUID, at: datetime) -> None:
    statuses = statuses_of(addition)
    if not set(statuses) <= rules.CLOSED:
        return
    addition.closed_at, addition.call_again_at = at, None
    db.session.flush()
    waits = any(one.stated_at and one.closed_at is None for one in additions_of(visit.id))
    if visit.state == "awaiting_approval" and not waits:
        number = rules.closing_transition(statuses)
        change_state(visit, number, by=by, at=at, screen=SCREEN, addition=str(addition.id))
