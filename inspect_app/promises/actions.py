"""Keeping what was promised."""

import logging
import uuid
from datetime import datetime

from sqlalchemy import select

from inspect_app.db import db
from inspect_app.guarantees.rules import Term, floor_of
from inspect_app.orders.models import Order
from inspect_app.promises.models import Promise
from inspect_app.promises.queries import promises_of, situation_of
from inspect_app.readings.models import Reading
from inspect_app.sites.queries import site_rules
from inspect_app.vehicles.models import Vehicle
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)


def keep_promise(visit: Visit, order: Order, *, by: uuid.UUID, at: datetime) -> Promise | None:
    """Writes down the order's promised time with the load, parts and slack of this moment, and the
    guarantee that is told with it. The same time again is the same promise; no time is none."""
    if order.promised_at is None:
        return None
    earlier = promises_of(visit.id)
    if earlier and earlier[-1].promised_at == order.promised_at:
        return earlier[-1]
    now = situation_of(visit.id, at)
    told = guarantee_for(visit, order, at)
    row = Promise(
        id=uuid.uuid4(),
        visit_id=visit.id,
        promised_at=order.promised_at,
        proposed_at=now.proposal.promised_at if now.proposal else None,
        backlog_minutes=now.backlog_minutes,
        daily_minutes=now.daily_minutes,
        work_minutes=now.work_minutes,
        slack_minutes=now.slack_minutes,
        parts=[
            {"name": part.name, "expected_on": str(part.expected_on or "")}
            for part in now.missing_parts
        ],
        reasons=[
            {"code": reason.code, "on": reason.on.isoformat()}
            for reason in (now.proposal.reasons if now.proposal else ())
        ],
        guarantee_days=told.days,
        guarantee_km=told.km,
        by_id=by,
        captured_at=at,
    )
    db.session.add(row)
    db.session.flush()
    log.info("promise kept visit=%s promise=%s", visit.id, row.id)
    return row


def guarantee_for(visit: Visit, order: Order, at: datetime) -> Term:
    """What is guaranteed at least (5.01, P9), by the law of the site's country."""
    country = site_rules().plate_country
    preset = country if country in ("kr", "cn") else "own"
    registered_on = db.session.scalar(
        select(Vehicle.first_registered_on).where(Vehicle.id == visit.vehicle_id)
    )
    odometer_km = db.session.scalar(
        select(Reading.odometer_km)
        .join(Visit, Visit.id == Reading.visit_id)
        .where(Visit.vehicle_id == visit.vehicle_id, Reading.odometer_km.is_not(None))
        .order_by(Reading.captured_at.desc())
        .limit(1)
    )
    return floor_of(
        preset,
        category=order.category,
        age_days=(at.date() - registered_on).days if registered_on else None,
        odometer_km=odometer_km,
    )
