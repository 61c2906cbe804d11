"""Changing a visit: arriving, going from state to state, telling the customer that all is complete.

`change_state` is the only place where a visit's state is written.
"""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext

from inspect_app.db import db
from inspect_app.errors import Conflict
from inspect_app.orders.models import Order
from inspect_app.sites.actions import next_number
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import NOWHERE, is_allowed, transition

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ArrivalDraft:
    """What is known when a car stands in the reception bay (1.01–1.08)."""

    visit_id: uuid.UUID
    order_id: uuid.UUID
    purpose: str
    bay: str
    customer_locale: str
    bringer_relation: str
    bringer_name: str = ""
    bringer_phone: str = ""
    greeted: bool = True
    how_we_work_shown: bool = False


def change_state(
    visit: Visit,
    number: str,
    *,
    by: uuid.UUID,
    at: datetime,
    target: str | None = None,
    screen: str = "",
    **detail: Any,
) -> None:
    """Takes one line of the transition table and writes it into the history.

    The caller has checked the guard. Raises Conflict where the table has no such way.
    """
    target = target or transition(number).target
    if not is_allowed(number, visit.state or NOWHERE, target):
        raise Conflict(
            lazy_gettext(
                "Someone changed the state of this visit in between. Open it again to go on."
            )
        )
    event = note(visit.id, "visit.state", by=by, at=at, screen=screen, **detail)
    event.transition, event.from_state, event.to_state = number, visit.state or None, target
    if visit.state != target:
        visit.state, visit.state_since = target, at
    log.info("visit moved visit=%s transition=%s", visit.id, number)


def open_visit(
    draft: ArrivalDraft,
    *,
    vehicle_id: uuid.UUID,
    customer_id: uuid.UUID | None,
    returning: bool,
    by: uuid.UUID,
    at: datetime,
    agreed_at: datetime | None = None,
) -> Visit:
    """T04: the car stands in the bay and someone receives it. Opens the order's head with it.

    With `agreed_at` the car is only expected then: the visit stays nowhere until T01.
    """
    period = at.strftime("%y%m")
    visit = Visit(
        id=draft.visit_id,
        number=f"V{period}-{next_number('visit', period):04d}",
        vehicle_id=vehicle_id,
        customer_id=customer_id,
        state=NOWHERE,
        state_since=at,
        purpose=draft.purpose,
        bay=draft.bay,
        arrived_at=agreed_at or at,
        greeted_at=at if draft.greeted and agreed_at is None else None,
        received_by_id=by,
        returning_customer=returning,
        how_we_work_shown_at=at if draft.how_we_work_shown else None,
        bringer_name=draft.bringer_name,
        bringer_relation=draft.bringer_relation,
        bringer_phone=draft.bringer_phone,
        customer_locale=draft.customer_locale,
    )
    db.session.add(visit)
    if agreed_at is None:
        change_state(visit, "T04", by=by, at=at, screen="arrival")
    db.session.flush()
    number = f"R{period}-{next_number('order', period):04d}"
    db.session.add(Order(id=draft.order_id, visit_id=visit.id, number=number))
    db.session.flush()
    return visit


def tell_complete(visit: Visit, *, waits: bool, by: uuid.UUID, at: datetime) -> None:
    """T18: the customer is told that everything is complete, and waits or leaves (7.01)."""
    change_state(visit, "T18", by=by, at=at, screen="record", waits=waits)
    visit.told_complete_at, visit.customer_waits = at, waits
    db.session.flush()
