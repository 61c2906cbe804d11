"""When a visit's notice is due, and what was told so far."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from inspect_app.contact_log.models import ContactLog
from inspect_app.db import db
from inspect_app.notices.rules import DELAY_STATES, Lead, notice_due_at
from inspect_app.orders.models import Order
from inspect_app.sites.hours import into_opening_hours
from inspect_app.sites.queries import site_rules
from inspect_app.vehicles.models import Vehicle
from inspect_app.visits.models import Visit, VisitEvent
from inspect_app.workshop.models import WorkshopReceipt

KINDS = ("pickup_notice", "delay_notice")
MOST_ROWS = 200


@dataclass(frozen=True)
class NoticeDue:
    """A car whose customer is to be told, and by when."""

    visit_id: uuid.UUID
    state: str
    vehicle: Vehicle
    promised_at: datetime
    at: datetime


def lead() -> Lead:
    """How long ahead this site tells its customers."""
    site = site_rules()
    return Lead(
        timedelta(minutes=site.notice_short_minutes),
        timedelta(minutes=site.notice_long_minutes),
        timedelta(hours=site.notice_long_hours),
    )


_received = (
    select(func.min(WorkshopReceipt.stated_at))
    .where(WorkshopReceipt.visit_id == Visit.id)
    .scalar_subquery()
)
_went_in = (
    select(func.min(VisitEvent.captured_at))
    .where(VisitEvent.visit_id == Visit.id, VisitEvent.transition.in_(("T20", "T21")))
    .scalar_subquery()
)


def due_for(visit_id: uuid.UUID) -> datetime | None:
    """When this visit's customer is to be told at the latest; None without a promised time."""
    row: Any = db.session.execute(
        select(Order.promised_at, _received, _went_in, Visit.arrived_at)
        .join(Order, Order.visit_id == Visit.id)
        .where(Visit.id == visit_id)
    ).one()
    return _due(*row) if row[0] else None


def notices_due() -> list[NoticeDue]:
    """Every car in work or in preparation, by when its customer is to be told; one statement."""
    rows: Any = db.session.execute(
        select(Visit.id, Visit.state, Vehicle, Order.promised_at, _received, _went_in,
               Visit.arrived_at)
        .join(Order, Order.visit_id == Visit.id)
        .join(Vehicle, Vehicle.id == Visit.vehicle_id)
        .where(Visit.state.in_(DELAY_STATES), Order.promised_at.is_not(None))
        .order_by(Order.promised_at)
        .limit(MOST_ROWS)
    )  # fmt: skip
    return [NoticeDue(row[0], row[1], row[2], row[3], _due(*row[3:])) for row in rows]


def _due(
    promised_at: datetime,
    received_at: datetime | None,
    went_in: datetime | None,
    arrived_at: datetime,
) -> datetime:
    begin = received_at or went_in or arrived_at
    return notice_due_at(
        begin, promised_at, lead(), lambda moment: into_opening_hours(moment, "earlier")
    )


def told(visit_id: uuid.UUID) -> Sequence[ContactLog]:
    """Notices and tries of this visit, oldest first, with who made them."""
    return db.session.scalars(
        select(ContactLog)
        .options(joinedload(ContactLog.by))
        .where(ContactLog.visit_id == visit_id, ContactLog.kind.in_(KINDS))
        .order_by(ContactLog.captured_at, ContactLog.id)
    ).all()


def order_of(visit_id: uuid.UUID) -> Order:
    """The order whose promised time is told."""
    return db.session.scalars(select(Order).where(Order.visit_id == visit_id)).one()
