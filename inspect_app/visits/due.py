"""What falls due, by the minute (process 1.18; N12 where the source names no number)."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inspect_app.db import db
from inspect_app.errors import Words
from inspect_app.i18n import zone
from inspect_app.key_tags.custody import KeyNow, keys_now
from inspect_app.orders.models import Order
from inspect_app.staff.rules import VISIT_READERS, Role
from inspect_app.vehicles.models import Vehicle
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import CAPTURE_STATES, GONE_STATES

AT_ONCE = timedelta(minutes=10)
"""N12: "at once" has no number in the source; the setting suggested there."""
CHECK_IN_TAKES = timedelta(minutes=45)
"""A check-in that began longer ago than this has been left lying; no number in the source."""
MOST_ROWS = 200


@dataclass(frozen=True)
class DueRow:
    """One thing to do. `kind`: key_to_slot, key_overdue, key_question, check_in, tell_complete or
    promise, or a noun's own, which brings its `words` and the `url` of the act. `key_id` and
    `holder` for those of a key."""

    at: datetime
    kind: str
    visit_id: uuid.UUID
    vehicle: Vehicle
    tag: int | None = None
    slot: str = ""
    key_id: uuid.UUID | None = None
    holder: str = ""
    words: Words = ""
    url: str = ""


Source = Callable[[datetime], list[DueRow]]
_SOURCES: dict[str, tuple[Source, frozenset[Role]]] = {}


def add_source(noun: str, source: Source, roles: frozenset[Role]) -> None:
    """A noun adds what falls due in it, at most one statement; asked for people of these roles."""
    _SOURCES[noun] = (source, roles)


def due_rows(now: datetime, roles: frozenset[Role]) -> list[DueRow]:
    """Everything due up to the end of the site's day for these roles, the earliest first; three
    statements for those who read visits, and one for each noun that adds its own."""
    rows = [*_keys(now), *_visits(), *_promises(now)] if roles & set(VISIT_READERS) else []
    for source, readers in _SOURCES.values():
        rows += source(now) if roles & readers else []
    return sorted(rows, key=lambda row: row.at)[:MOST_ROWS]


def _keys(now: datetime) -> list[DueRow]:
    """Keys that do not hang on their hook yet (6.08), that are not back in time, or that two people
    entered differently."""
    return [row for key in keys_now(now) if (row := _key(key)) is not None]


def _key(key: KeyNow) -> DueRow | None:
    if key.is_asked:
        kind, at = "key_question", key.since
    elif key.state == "to_put_in":
        kind, at = "key_to_slot", key.since + AT_ONCE
    elif key.state == "overdue" and key.expected_return_at is not None:
        kind, at = "key_overdue", key.expected_return_at
    else:
        return None
    return DueRow(
        at,
        kind,
        key.visit_id,
        key.vehicle,
        tag=key.tag,
        slot=key.slot,
        key_id=key.registration_id,
        holder=key.holder,
    )


def _visits() -> list[DueRow]:
    """Check-ins that are not finished, and customers who were not told that all is complete."""
    visits = db.session.scalars(
        select(Visit)
        .options(joinedload(Visit.vehicle))
        .where(Visit.state.in_(CAPTURE_STATES | {"checked_in"}), Visit.told_complete_at.is_(None))
        .order_by(Visit.arrived_at)
        .limit(MOST_ROWS)
    )
    return [
        DueRow(visit.state_since + AT_ONCE, "tell_complete", visit.id, visit.vehicle)
        if visit.state == "checked_in"
        else DueRow(visit.arrived_at + CHECK_IN_TAKES, "check_in", visit.id, visit.vehicle)
        for visit in visits
    ]


def _promises(now: datetime) -> list[DueRow]:
    """Cars promised for today or earlier that are still here (5.02)."""
    local = now.astimezone(zone())
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    found = db.session.execute(
        select(Order.promised_at, Visit.id, Vehicle)
        .join(Visit, Visit.id == Order.visit_id)
        .join(Vehicle, Vehicle.id == Visit.vehicle_id)
        .where(
            Visit.state.not_in(GONE_STATES | {"delivered", "exit_cleared", "consult_only"}),
            Order.promised_at < midnight,
        )
        .order_by(Order.promised_at)
        .limit(MOST_ROWS)
    )
    return [DueRow(at, "promise", visit_id, car) for at, visit_id, car in found if at]
