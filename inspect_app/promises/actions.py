"""Keeping what was promised."""

import logging
import uuid
from datetime import datetime

from inspect_app.db import db
from inspect_app.guarantees.terms import terms_for
from inspect_app.orders.models import Order
from inspect_app.promises.models import Promise
from inspect_app.promises.queries import promises_of, situation_of
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
    told = terms_for(visit, order.category, at).term
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
