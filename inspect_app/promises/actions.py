"""Keeping what was promised."""

import logging
import uuid
from datetime import date, datetime

from inspect_app.db import db
from inspect_app.errors import NotFound
from inspect_app.guarantees.terms import terms_for
from inspect_app.orders.models import Order
from inspect_app.promises.models import Absence, Promise
from inspect_app.promises.queries import promises_of, situation_of
from inspect_app.staff.models import Person
from inspect_app.visits.models import Visit
from inspect_app.workshop.models import Team

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


def add_absence(
    row_id: uuid.UUID,
    person_id: uuid.UUID | None,
    team_id: uuid.UUID | None,
    days: tuple[date, date],
    reason: str,
    *,
    by: uuid.UUID,
    at: datetime,
) -> Absence:
    """A person or a team is away from the first to the last of these days. A repeat is the same.

    Raises NotFound for a person or team that this shop does not have.
    """
    if (known := db.session.get(Absence, row_id)) is not None:
        return known
    here = db.session.get(Team, team_id) if team_id else db.session.get(Person, person_id)
    if here is None:
        raise NotFound
    row = Absence(
        id=row_id, person_id=person_id, team_id=team_id, first_on=days[0], last_on=days[1],
        reason=reason, by_id=by, captured_at=at,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    log.info("absence added absence=%s", row.id)
    return row


def end_absence(absence_id: uuid.UUID, *, at: datetime) -> None:
    """The absence counts no more; it stays in the database. Raises NotFound."""
    row = db.session.get(Absence, absence_id)
    if row is None:
        raise NotFound
    row.removed_at = row.removed_at or at
    db.session.flush()
    log.info("absence removed absence=%s", row.id)
