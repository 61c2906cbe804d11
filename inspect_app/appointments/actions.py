"""Booking, moving, ending an appointment; the car comes."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from inspect_app.appointments.models import Appointment, BaySlot
from inspect_app.appointments.queries import (
    appointment_of,
    free_bay,
    missing_of,
    open_appointment_of,
    slots_of,
    who_holds,
)
from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid, Words
from inspect_app.i18n import clock, moment
from inspect_app.sites.actions import next_number
from inspect_app.sites.hours import opening_hours
from inspect_app.visits.actions import change_state
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import open_visit_of_vehicle

log = logging.getLogger(__name__)
SCREEN = "appointments"
OVER = _l("This appointment is over already. Open the page again.")
NOT_YET = _l(
    "The deposit is not there yet. It is paid at the cashier, or the supervisor waives it."
)


@dataclass(frozen=True)
class Time:
    """When, how long (open minutes) and where. No bay: the first that is free."""

    starts_at: datetime
    minutes: int
    bay_id: uuid.UUID | None = None
    team_id: uuid.UUID | None = None


def hold(
    visit: Visit,
    appointment_id: uuid.UUID,
    time: Time,
    *,
    by: uuid.UUID,
    at: datetime,
    proposed_by: str = "customer",
    odometer: int | None = None,
    moved_from: Appointment | None = None,
) -> Appointment:
    """Holds a time of the book for a visit. Raises Invalid where the shop is closed then, or the
    bay is taken; the unique quarters of a bay decide between two who book at the same moment."""
    hours = opening_hours()
    if not hours.is_open(time.starts_at):
        raise Invalid({"starts_at": _closed(hours.into(time.starts_at))})
    ends_at = hours.after(time.starts_at, time.minutes)
    slots = slots_of(time.starts_at, ends_at, hours)
    if not slots or slots[0] != time.starts_at:
        raise Invalid({"starts_at": _closed(hours.into(time.starts_at))})
    bay_id = time.bay_id or _any_bay(slots)
    if (holder := who_holds(bay_id, slots)) is not None and holder.visit_id != visit.id:
        raise Invalid({"bay": _taken_by(holder)})
    period = at.strftime("%y%m")
    row = Appointment(
        id=appointment_id,
        visit_id=visit.id,
        number=f"A{period}-{next_number('appointment', period):04d}",
        starts_at=time.starts_at,
        ends_at=ends_at,
        minutes=time.minutes,
        bay_id=bay_id,
        team_id=time.team_id,
        proposed_by=proposed_by,
        odometer=odometer,
        moved_from_id=moved_from.id if moved_from else None,
        by_id=by,
        captured_at=at,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
            db.session.add_all(
                BaySlot(appointment_id=row.id, bay_id=bay_id, starts_at=slot) for slot in slots
            )
            db.session.flush()
    except IntegrityError as taken:
        raise Invalid(
            {"bay": _l("Someone booked this bay at the same moment. Choose another time or bay.")}
        ) from taken
    visit.arrived_at = time.starts_at
    note(
        visit.id, "appointment.held", by=by, at=at, screen=SCREEN, appointment=row.number,
        starts_at=time.starts_at.isoformat(), minutes=time.minutes,
    )  # fmt: skip
    db.session.flush()
    log.info("appointment held visit=%s appointment=%s", visit.id, row.id)
    return row


def _closed(opens_at: datetime) -> Words:
    return _l("The shop is closed then. It opens again at %(time)s.", time=moment(opens_at))


def _taken_by(holder: Appointment) -> Words:
    return _l(
        "%(bay)s is taken from %(begin)s to %(end)s by %(plate)s. Choose another time or bay.",
        bay=holder.bay.name if holder.bay else "",
        begin=clock(holder.starts_at),
        end=clock(holder.ends_at),
        plate=holder.visit.vehicle.plate or holder.visit.vehicle.vin,
    )


def _any_bay(slots: list[datetime]) -> uuid.UUID:
    bay = free_bay(slots)
    if bay is None:
        raise Invalid({"bay": _l("No bay is free at this time. Choose another time.")})
    return bay.id


def confirm(visit: Visit, *, by: uuid.UUID, at: datetime) -> list[str]:
    """T01, or T07 for a customer who is here and only wants to book; what it still waits for is
    answered as codes, and then nothing has changed."""
    missing = missing_of(visit.id)
    if not missing:
        number = "T07" if visit.state == "arrived" else "T01"
        change_state(visit, number, by=by, at=at, screen=SCREEN)
        db.session.flush()
    return missing


def move(
    visit: Visit, new_id: uuid.UUID, time: Time, *, by: uuid.UUID, at: datetime
) -> Appointment:
    """The appointment gets another time. Raises Conflict where none is open."""
    if (known := db.session.get(Appointment, new_id)) is not None:
        return known
    old = _open(visit)
    _end(old, "moved", by=by, at=at)
    return hold(
        visit, new_id, time, by=by, at=at, proposed_by=old.proposed_by, odometer=old.odometer,
        moved_from=old,
    )  # fmt: skip


def _open(visit: Visit) -> Appointment:
    found = open_appointment_of(visit.id)
    if found is None:
        raise Conflict(OVER)
    return found


def _end(row: Appointment, outcome: str, *, by: uuid.UUID, at: datetime, reason: str = "") -> None:
    row.outcome, row.outcome_at, row.outcome_by_id, row.outcome_reason = outcome, at, by, reason
    if outcome != "came":
        db.session.execute(delete(BaySlot).where(BaySlot.appointment_id == row.id))
    note(
        row.visit_id, f"appointment.{outcome}", by=by, at=at, screen=SCREEN,
        appointment=row.number, reason=reason,
    )  # fmt: skip
    db.session.flush()


def call_off(
    visit: Visit, outcome: str, *, reason: str, deposit: str, by: uuid.UUID, at: datetime
) -> Appointment:
    """T03: cancelled, or not come after the time of grace; with what becomes of the deposit. A
    repeat is answered with what stands."""
    row = appointment_of(visit.id)
    if row.outcome == outcome:
        return row
    row = _open(visit)
    _end(row, outcome, by=by, at=at, reason=reason)
    row.deposit_outcome = deposit
    if visit.state == "booked":
        change_state(
            visit, "T03", by=by, at=at, target=outcome, screen=SCREEN, reason=reason,
            deposit=deposit,
        )  # fmt: skip
    db.session.flush()
    return row


def come(visit: Visit, bay: str, *, by: uuid.UUID, at: datetime) -> Visit:
    """T04: the car stands in the reception bay. A repeat changes nothing."""
    if visit.state == "arrived":
        return visit
    if visit.state != "booked":
        raise Conflict(_l("This appointment is not open. Take the car in by its plate."))
    if (running := open_visit_of_vehicle(visit.vehicle_id)) is not None:
        raise Conflict(
            _l("This car is here already: visit %(number)s. Open it.", number=running.number)
        )
    _end(_open(visit), "came", by=by, at=at)
    visit.arrived_at, visit.greeted_at, visit.received_by_id = at, at, by
    visit.bay = bay
    change_state(visit, "T04", by=by, at=at, screen=SCREEN)
    db.session.flush()
    return visit


def rebook(
    visit: Visit, new_id: uuid.UUID, time: Time, *, by: uuid.UUID, at: datetime
) -> Appointment:
    """T07: the customer is here and only wants an appointment. A repeat is the same appointment.

    Raises Conflict where the guard of T01 does not hold yet.
    """
    if (known := db.session.get(Appointment, new_id)) is not None:
        return known
    if visit.state != "arrived":
        raise Conflict(_l("Only a car that has just arrived can be booked for another time."))
    row = hold(visit, new_id, time, by=by, at=at)
    missing = confirm(visit, by=by, at=at)
    if "WORK_MISSING" in missing:
        raise Conflict(_l("Write into the order what is to be done; then book the time."))
    if missing:
        raise Conflict(NOT_YET)
    return row
