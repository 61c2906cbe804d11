"""Reading the book: one appointment, a day, what is free, what T01 knows."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from inspect_app.appointments.models import Appointment, BaySlot, DepositWaiver, PartToPrepare
from inspect_app.appointments.rules import SLOT, Booking, DepositRule, missing_for_booking, quarters
from inspect_app.db import db
from inspect_app.errors import NotFound
from inspect_app.orders.models import Order, OrderLine
from inspect_app.payments.queries import balance_of
from inspect_app.signatures.models import Signature
from inspect_app.sites.hours import opening_hours
from inspect_app.sites.models import Bay
from inspect_app.sites.opening import OpeningHours
from inspect_app.sites.queries import bays, site_rules
from inspect_app.staff.models import Person, PersonRole
from inspect_app.staff.rules import Role
from inspect_app.visits.models import Visit
from inspect_app.workshop.models import Team

LOOK_AHEAD = timedelta(days=21)
"""How far ahead a free time is proposed."""
_WHOLE = (
    joinedload(Appointment.bay),
    joinedload(Appointment.team),
    joinedload(Appointment.by),
    joinedload(Appointment.visit).options(joinedload(Visit.vehicle), joinedload(Visit.customer)),
)


def appointment_of(visit_id: uuid.UUID) -> Appointment:
    """The visit's appointment: the open one, else the last. Raises NotFound."""
    found = db.session.scalar(
        select(Appointment)
        .options(*_WHOLE)
        .where(Appointment.visit_id == visit_id)
        .order_by(Appointment.outcome != "", Appointment.captured_at.desc())
        .limit(1)
    )
    if found is None:
        raise NotFound
    return found


def open_appointment_of(visit_id: uuid.UUID) -> Appointment | None:
    """The appointment that this visit still waits for."""
    return db.session.scalar(
        select(Appointment)
        .options(*_WHOLE)
        .where(Appointment.visit_id == visit_id, Appointment.outcome == "")
    )


def moves_of(visit_id: uuid.UUID) -> int:
    """How often the visit's appointment changed: moved, or ended."""
    count = db.session.scalar(
        select(func.count(Appointment.id)).where(
            Appointment.visit_id == visit_id, Appointment.outcome.not_in(("", "came"))
        )
    )
    return count or 0


def appointments_between(begin: datetime, end: datetime) -> Sequence[Appointment]:
    """All that begin in this time, whatever became of them, in the order of their time."""
    return db.session.scalars(
        select(Appointment)
        .options(*_WHOLE)
        .where(Appointment.starts_at >= begin, Appointment.starts_at < end)
        .order_by(Appointment.starts_at, Appointment.number)
    ).all()


def holding_between(begin: datetime, end: datetime) -> Sequence[Appointment]:
    """Those that hold a bay in this time: not cancelled, not moved, not missed."""
    return db.session.scalars(
        select(Appointment)
        .options(*_WHOLE)
        .where(
            Appointment.starts_at < end,
            Appointment.ends_at > begin,
            Appointment.outcome.in_(("", "came")),
        )
        .order_by(Appointment.starts_at, Appointment.number)
    ).all()


def expected_between(begin: datetime, end: datetime) -> Sequence[Appointment]:
    """Cars that are booked for this time and have not come."""
    return db.session.scalars(
        select(Appointment)
        .options(*_WHOLE)
        .join(Visit, Visit.id == Appointment.visit_id)
        .where(
            Appointment.starts_at >= begin,
            Appointment.starts_at < end,
            Appointment.outcome == "",
            Visit.state == "booked",
        )
        .order_by(Appointment.starts_at)
    ).all()


def expected_on_day_of(at: datetime) -> Sequence[Appointment]:
    """Cars that are booked for this day of the shop and have not come."""
    return expected_between(*day_of(at, opening_hours()))


def expected_today(vehicle_id: uuid.UUID, at: datetime) -> Appointment | None:
    """The appointment for which this car is expected on this day."""
    found = (one for one in expected_on_day_of(at) if one.visit.vehicle_id == vehicle_id)
    return next(found, None)


def day_of(moment: datetime, hours: OpeningHours) -> tuple[datetime, datetime]:
    """First and last moment of a day of the shop's calendar."""
    local = moment.astimezone(hours.zone)
    begin = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return begin, begin + timedelta(days=1)


def slots_of(starts_at: datetime, ends_at: datetime, hours: OpeningHours) -> list[datetime]:
    """The quarters of an hour that an appointment holds: those in which the shop is open."""
    spans: list[tuple[datetime, datetime]] = []
    day = starts_at.astimezone(hours.zone).date() - timedelta(days=1)
    while day <= ends_at.astimezone(hours.zone).date():
        for begin, end in hours.spans_on(day):
            if begin < ends_at and end > starts_at:
                spans.append((max(begin, starts_at), min(end, ends_at)))
        day += timedelta(days=1)
    return quarters(spans)


def who_holds(bay_id: uuid.UUID, slots: Sequence[datetime]) -> Appointment | None:
    """The appointment that holds one of these quarters of the bay."""
    return db.session.scalar(
        select(Appointment)
        .options(*_WHOLE)
        .join(BaySlot, BaySlot.appointment_id == Appointment.id)
        .where(BaySlot.bay_id == bay_id, BaySlot.starts_at.in_(slots))
        .order_by(BaySlot.starts_at)
        .limit(1)
    )


def _taken(begin: datetime, end: datetime) -> set[tuple[uuid.UUID, datetime]]:
    rows = db.session.execute(
        select(BaySlot.bay_id, BaySlot.starts_at).where(
            BaySlot.starts_at >= begin, BaySlot.starts_at < end
        )
    )
    return {(row[0], row[1]) for row in rows}


def free_bay(slots: Sequence[datetime]) -> Bay | None:
    """The first bay that is free all that time."""
    taken = _taken(slots[0], slots[-1] + SLOT) if slots else set()
    return next((bay for bay in bays() if all((bay.id, slot) not in taken for slot in slots)), None)


def free_times(now: datetime, minutes: int, most: int = 4) -> list[tuple[datetime, Bay]]:
    """The next times at which a bay is free for so long, each half a day apart at least, so that
    there is something to choose from."""
    hours, places = opening_hours(), bays()
    taken = _taken(now, now + LOOK_AHEAD)
    found: list[tuple[datetime, Bay]] = []
    for start in _half_hours(now, hours):
        if found and start - found[-1][0] < timedelta(hours=3):
            continue
        slots = slots_of(start, hours.after(start, minutes), hours)
        bay = next((b for b in places if all((b.id, slot) not in taken for slot in slots)), None)
        if bay is not None:
            found.append((start, bay))
        if len(found) == most:
            break
    return found


def _half_hours(now: datetime, hours: OpeningHours) -> Iterator[datetime]:
    day = now.astimezone(hours.zone).date()
    for ahead in range(LOOK_AHEAD.days):
        for begin, end in hours.spans_on(day + timedelta(days=ahead)):
            yield from (slot for slot in quarters([(begin, end)])[::2] if slot > now)


def signed_at(visit_id: uuid.UUID) -> datetime | None:
    """When the customer signed the reservation as it stands (SR), since its last change."""
    last = db.session.scalar(
        select(func.max(Signature.signed_at)).where(
            Signature.visit_id == visit_id, Signature.code == "SR"
        )
    )
    changed = db.session.scalar(
        select(func.max(Appointment.captured_at)).where(Appointment.visit_id == visit_id)
    )
    return last if last and changed and last >= changed else None


def parts_of(visit_id: uuid.UUID) -> Sequence[PartToPrepare]:
    """The parts that must be prepared for a visit."""
    return db.session.scalars(
        select(PartToPrepare)
        .where(PartToPrepare.visit_id == visit_id, PartToPrepare.removed_at.is_(None))
        .order_by(PartToPrepare.captured_at, PartToPrepare.id)
    ).all()


def waiver_of(visit_id: uuid.UUID) -> DepositWaiver | None:
    """The last waiver of the visit's deposit."""
    return db.session.scalar(
        select(DepositWaiver)
        .options(joinedload(DepositWaiver.by))
        .where(DepositWaiver.visit_id == visit_id)
        .order_by(DepositWaiver.captured_at.desc())
        .limit(1)
    )


def deposit_rule() -> DepositRule:
    """This site's threshold and share."""
    rules = site_rules()
    return DepositRule(rules.high_value_part_amount, rules.deposit_percent)


def teams() -> Sequence[Team]:
    """The teams that work can be booked for."""
    return db.session.scalars(
        select(Team).where(Team.closed_at.is_(None)).order_by(Team.position, Team.name)
    ).all()


def supervisor_name() -> str:
    """Who is most likely told of an appointment: the workshop supervisor, where there is one."""
    return (
        db.session.scalar(
            select(Person.name)
            .join(PersonRole, PersonRole.person_id == Person.id)
            .where(PersonRole.role == Role.WORKSHOP_SUPERVISOR, Person.left_on.is_(None))
            .order_by(Person.name)
            .limit(1)
        )
        or ""
    )


@dataclass(frozen=True)
class Deposit:
    """What is asked for in advance, and what became of it; whole minor units."""

    due: int
    paid: int
    parts_total: int
    waiver: DepositWaiver | None

    @property
    def open(self) -> int:
        """What is still to be paid before the part is ordered."""
        return 0 if self.waiver else max(self.due - self.paid, 0)

    @property
    def most(self) -> int:
        """What can still be taken in advance without exceeding the parts' price."""
        return max(self.parts_total - self.paid, 0)


def deposit_of(visit_id: uuid.UUID, parts: Sequence[PartToPrepare]) -> Deposit:
    """The visit's deposit. A waiver counts up to the amount that it was given for."""
    prices = [part.price_amount for part in parts]
    due, waiver = deposit_rule().due(prices), waiver_of(visit_id)
    if waiver is not None and waiver.amount < due:
        waiver = None
    return Deposit(due, balance_of(visit_id).of("deposit"), sum(prices), waiver)


def missing_of(visit_id: uuid.UUID) -> list[str]:
    """What T01 still waits for: codes."""
    order = db.session.scalars(select(Order).where(Order.visit_id == visit_id)).one()
    has_line = db.session.scalar(
        select(OrderLine.id)
        .where(OrderLine.order_id == order.id, OrderLine.removed_at.is_(None))
        .limit(1)
    )
    parts = parts_of(visit_id)
    deposit = deposit_of(visit_id, parts)
    facts = Booking(
        has_time=open_appointment_of(visit_id) is not None,
        has_work=has_line is not None or order.diagnosis_first,
        part_prices=tuple(part.price_amount for part in parts),
        paid=deposit.paid,
        waived=deposit.waiver is not None,
    )
    return missing_for_booking(facts, deposit_rule())
