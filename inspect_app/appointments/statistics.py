"""The reservation statistics sheet of a day (16.04, D8)."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from inspect_app.appointments.models import Appointment, PartToPrepare
from inspect_app.appointments.queries import appointments_between
from inspect_app.contact_log.models import ContactLog
from inspect_app.contact_log.queries import GOT_THROUGH
from inspect_app.db import db
from inspect_app.orders.models import Order, OrderLine
from inspect_app.payments.models import Payment
from inspect_app.sites.hours import opening_hours


@dataclass(frozen=True)
class SheetLine:
    """One appointment of the day. `deposit` in whole minor units."""

    appointment: Appointment
    work: Sequence[str]
    parts: Sequence[PartToPrepare]
    deposit: int
    told: ContactLog | None
    reminder: ContactLog | None


@dataclass(frozen=True)
class DaySheet:
    """The day and its totals. `rate_percent`: of those that were not moved away, how many came;
    None while nothing is decided yet."""

    lines: Sequence[SheetLine]
    booked: int
    came: int
    cancelled: int
    no_show: int
    moved: int

    @property
    def rate_percent(self) -> int | None:
        """Came, of came, cancelled and not come."""
        decided = self.came + self.cancelled + self.no_show
        return round(100 * self.came / decided) if decided else None


def day_sheet(on: date) -> DaySheet:
    """The sheet of one day, in five statements whatever its length."""
    begin = datetime(on.year, on.month, on.day, tzinfo=opening_hours().zone)
    appointments = appointments_between(begin, begin + timedelta(days=1))
    visit_ids = [one.visit_id for one in appointments]
    work, parts = _work(visit_ids), _parts(visit_ids)
    deposits, contacts = _deposits(visit_ids), _contacts(visit_ids)
    outcomes = Counter(one.outcome for one in appointments)
    return DaySheet(
        [
            SheetLine(
                one, work.get(one.visit_id, []), parts.get(one.visit_id, []),
                deposits[one.visit_id], contacts.get((one.visit_id, "supervisor_told")),
                contacts.get((one.visit_id, "reminder")),
            )
            for one in appointments
        ],
        booked=len(appointments) - outcomes["moved"],
        came=outcomes["came"],
        cancelled=outcomes["cancelled"],
        no_show=outcomes["no_show"],
        moved=outcomes["moved"],
    )  # fmt: skip


def _work(visit_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    rows = db.session.execute(
        select(Order.visit_id, OrderLine.description)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(Order.visit_id.in_(visit_ids), OrderLine.removed_at.is_(None))
        .order_by(OrderLine.position)
    )
    found: dict[uuid.UUID, list[str]] = {}
    for visit_id, words in rows:
        found.setdefault(visit_id, []).append(words)
    return found


def _parts(visit_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[PartToPrepare]]:
    rows = db.session.scalars(
        select(PartToPrepare)
        .where(PartToPrepare.visit_id.in_(visit_ids), PartToPrepare.removed_at.is_(None))
        .order_by(PartToPrepare.captured_at)
    )
    found: dict[uuid.UUID, list[PartToPrepare]] = {}
    for part in rows:
        found.setdefault(part.visit_id, []).append(part)
    return found


def _deposits(visit_ids: Sequence[uuid.UUID]) -> Counter[uuid.UUID]:
    rows = db.session.execute(
        select(Payment.visit_id, Payment.kind, Payment.amount).where(
            Payment.visit_id.in_(visit_ids), Payment.purpose == "deposit"
        )
    )
    found: Counter[uuid.UUID] = Counter()
    for visit_id, kind, amount in rows:
        found[visit_id] += amount if kind == "payment" else -amount
    return found


def _contacts(visit_ids: Sequence[uuid.UUID]) -> dict[tuple[uuid.UUID, str], ContactLog]:
    """The last of each kind that got through."""
    rows = db.session.scalars(
        select(ContactLog)
        .where(
            ContactLog.visit_id.in_(visit_ids),
            ContactLog.kind.in_(("supervisor_told", "reminder")),
            ContactLog.result.in_(GOT_THROUGH),
        )
        .order_by(ContactLog.actual_at)
    )
    return {(row.visit_id, row.kind): row for row in rows}
