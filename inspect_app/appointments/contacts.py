"""Telling the workshop supervisor the same day (16.05), reminding the customer (16.06, T02)."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from inspect_app.appointments.models import Appointment
from inspect_app.appointments.rules import is_in_reminder_window
from inspect_app.contact_log.actions import log_contact
from inspect_app.contact_log.models import ContactLog
from inspect_app.contact_log.queries import GOT_THROUGH
from inspect_app.sites.opening import OpeningHours
from inspect_app.sites.rules import SiteRules
from inspect_app.visits.actions import change_state
from inspect_app.visits.models import Visit


@dataclass(frozen=True)
class ReminderTimes:
    """When a reminder falls due and when it is overdue, both within the opening hours."""

    due_at: datetime
    overdue_at: datetime


def reminder_times(
    appointment: Appointment, rules: SiteRules, hours: OpeningHours
) -> ReminderTimes | None:
    """None where the customer agreed so late that there is nothing to be reminded of."""
    due_at = hours.into(
        appointment.starts_at - timedelta(hours=rules.reminder_due_hours), earlier=True
    )
    overdue_at = hours.into(
        appointment.starts_at - timedelta(hours=rules.reminder_overdue_hours), earlier=True
    )
    if appointment.captured_at >= due_at:
        return None
    return ReminderTimes(due_at, max(due_at, overdue_at))


def told_by(appointment: Appointment, hours: OpeningHours) -> datetime:
    """Until when the supervisor is to be told: closing time of the day of booking (Q21)."""
    booked_at = appointment.captured_at.astimezone(hours.zone)
    midnight = booked_at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return max(hours.into(midnight - timedelta(seconds=1), earlier=True), appointment.captured_at)


def tell_supervisor(
    visit: Visit, row_id: uuid.UUID, name: str, *, by: uuid.UUID, at: datetime
) -> ContactLog:
    """Who in the workshop keeps the bay free; a repeat is the same telling."""
    return log_contact(
        visit.id, kind="supervisor_told", channel="in_person", result="reached",
        person_reached=name, row_id=row_id, by=by, at=at,
    )  # fmt: skip


def reminded(
    visit: Visit, contact: ContactLog, times: ReminderTimes | None, *, by: uuid.UUID
) -> None:
    """T02 where the customer was reached in time; at another time it stands in the log alone."""
    at = contact.actual_at
    if contact.result not in GOT_THROUGH or visit.state != "booked" or times is None:
        return
    if is_in_reminder_window(at, times.due_at, times.overdue_at):
        change_state(visit, "T02", by=by, at=at, screen="appointments", contact=str(contact.id))
