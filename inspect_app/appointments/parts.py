"""Parts that must be prepared, the deposit for them, and who waived it (16.03, T01)."""

import uuid
from datetime import date, datetime

from flask_babel import lazy_gettext as _l

from inspect_app.appointments.actions import SCREEN
from inspect_app.appointments.models import DepositWaiver, PartToPrepare
from inspect_app.appointments.queries import deposit_of, parts_of
from inspect_app.appointments.rules import MAX_PARTS
from inspect_app.db import db
from inspect_app.errors import Conflict, NotFound
from inspect_app.i18n import money
from inspect_app.payments import actions as payments
from inspect_app.payments.models import Payment
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit


def save_part(
    visit: Visit,
    part_id: uuid.UUID,
    name: str,
    price_amount: int,
    state: str,
    expected_on: date | None,
    *,
    by: uuid.UUID,
    at: datetime,
) -> PartToPrepare:
    """Adds a part or changes it. Raises Conflict where one is ordered before its deposit is there,
    as T01 asks."""
    part = db.session.get(PartToPrepare, part_id)
    if part is not None and part.visit_id != visit.id:
        raise Conflict(_l("This entry belongs to another visit. Open the page again."))
    if part is None:
        if len(parts_of(visit.id)) >= MAX_PARTS:
            raise Conflict(_l("At most 50 parts are prepared for one appointment."))
        part = PartToPrepare(id=part_id, visit_id=visit.id)
        db.session.add(part)
    part.name, part.price_amount, part.expected_on = name, price_amount, expected_on
    part.by_id, part.captured_at = by, at
    part.state = "needed"
    db.session.flush()
    still_open = deposit_of(visit.id, parts_of(visit.id)).open
    if state != "needed" and still_open:
        raise Conflict(
            _l(
                "First the deposit: %(amount)s is still to be paid, or waived by the supervisor. "
                "Then the part is ordered.",
                amount=money(still_open),
            )
        )
    part.state = state
    note(visit.id, "part.saved", by=by, at=at, screen=SCREEN, part=str(part.id), state=state)
    db.session.flush()
    return part


def remove_part(visit: Visit, part_id: uuid.UUID, *, by: uuid.UUID, at: datetime) -> None:
    """Takes a part off the list; it stays in the database. Raises NotFound."""
    part = db.session.get(PartToPrepare, part_id)
    if part is None or part.visit_id != visit.id:
        raise NotFound
    if part.removed_at is None:
        part.removed_at = at
        note(visit.id, "part.removed", by=by, at=at, screen=SCREEN, part=str(part.id))
        db.session.flush()


def take_deposit(visit: Visit, paid: payments.Money, *, by: uuid.UUID, at: datetime) -> Payment:
    """Money in advance, with its receipt; the caller has looked at its size."""
    return payments.take(visit, paid, by=by, at=at)


def waive_deposit(
    visit: Visit, row_id: uuid.UUID, reason: str, *, by: uuid.UUID, at: datetime
) -> DepositWaiver:
    """The supervisor lets the deposit go; it holds for the parts of now, not for dearer ones."""
    known = db.session.get(DepositWaiver, row_id)
    if known is not None:
        if known.visit_id != visit.id:
            raise Conflict(_l("This entry belongs to another visit. Open the page again."))
        return known
    amount = deposit_of(visit.id, parts_of(visit.id)).due
    row = DepositWaiver(
        id=row_id, visit_id=visit.id, amount=amount, reason=reason, by_id=by, captured_at=at
    )
    db.session.add(row)
    note(visit.id, "deposit.waived", by=by, at=at, screen=SCREEN, amount=amount, reason=reason)
    db.session.flush()
    return row
