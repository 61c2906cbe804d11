"""What falls due in the book: telling the workshop, reminding, waiting for a car or a deposit."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import joinedload

from inspect_app.appointments.contacts import reminder_times, told_by
from inspect_app.appointments.models import Appointment
from inspect_app.appointments.queries import day_of
from inspect_app.appointments.rules import is_absent
from inspect_app.contact_log.models import ContactLog
from inspect_app.contact_log.queries import GOT_THROUGH
from inspect_app.db import db
from inspect_app.errors import Words
from inspect_app.i18n import clock, moment
from inspect_app.sites.hours import opening_hours
from inspect_app.sites.opening import OpeningHours
from inspect_app.sites.queries import site_rules
from inspect_app.sites.rules import SiteRules
from inspect_app.visits.due import MOST_ROWS, DueRow
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import NOWHERE


def _last(kind: str) -> ScalarSelect[Any]:
    return (
        select(func.max(ContactLog.actual_at))
        .where(
            ContactLog.visit_id == Appointment.visit_id,
            ContactLog.kind == kind,
            ContactLog.result.in_(GOT_THROUGH),
        )
        .scalar_subquery()
    )


_OPEN = (
    select(Appointment, _last("supervisor_told"), _last("reminder"))
    .options(joinedload(Appointment.visit).joinedload(Visit.vehicle))
    .where(Appointment.outcome == "")
    .order_by(Appointment.starts_at)
    .limit(MOST_ROWS)
)


def due_appointments(now: datetime) -> list[DueRow]:
    """Everything due in the book up to the end of the site's day, in one statement."""
    rules, hours = site_rules(), opening_hours()
    _begin, tonight = day_of(now, hours)
    rows: list[DueRow] = []
    for appointment, told_at, reminded_at in db.session.execute(_OPEN):
        rows += [
            _row(appointment, at, words)
            for at, words in _acts(appointment, told_at, reminded_at, now, tonight, rules, hours)
        ]
    return rows


def _acts(
    appointment: Appointment,
    told_at: datetime | None,
    reminded_at: datetime | None,
    now: datetime,
    tonight: datetime,
    rules: SiteRules,
    hours: OpeningHours,
) -> Iterator[tuple[datetime, Words]]:
    starts_at = appointment.starts_at
    if appointment.visit.state == NOWHERE:
        yield starts_at, _l("Deposit awaited for %(time)s", time=moment(starts_at))
        return
    if told_at is None or told_at < appointment.captured_at:
        yield told_by(appointment, hours), _l("Tell the workshop supervisor of the appointment")
    times = reminder_times(appointment, rules, hours)
    is_reminded = times and reminded_at is not None and reminded_at >= times.due_at
    if times and not is_reminded and times.due_at < tonight and now < starts_at:
        yield times.overdue_at, _l("Remind: appointment %(time)s", time=moment(starts_at))
    grace = timedelta(minutes=rules.grace_minutes)
    if is_absent(starts_at, now, grace):
        yield starts_at + grace, _l("Not come at %(time)s: call", time=clock(starts_at))
    elif starts_at < tonight:
        yield starts_at, _l("Expected at %(time)s", time=clock(starts_at))


def _row(appointment: Appointment, at: datetime, words: Words) -> DueRow:
    visit = appointment.visit
    url = url_for("appointments.show", visit_id=visit.id)
    return DueRow(at, "appointment", visit.id, visit.vehicle, words=words, url=url)
