"""Telling and waiving fees; taking money, giving it back, putting a wrong row right."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid
from inspect_app.i18n import clock, money
from inspect_app.payments import rules
from inspect_app.payments.models import Fee, Payment
from inspect_app.payments.queries import balance_of, payment_of, work_began
from inspect_app.sites.actions import next_number
from inspect_app.sites.queries import site_rules
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)
SCREEN = "cashier"


def tell_fee(
    visit: Visit,
    kind: str,
    amount: int,
    *,
    by: uuid.UUID,
    at: datetime,
    row_id: uuid.UUID | None = None,
) -> Fee:
    """The customer was told what is to be paid if no repair follows (P6); told anew, the later
    counts. Raises Conflict once the work has begun, or the fee is paid or waived."""
    fee = db.session.scalar(select(Fee).where(Fee.visit_id == visit.id, Fee.kind == kind))
    if fee is not None and (fee.amount == amount or fee.captured_at > at):
        return fee
    began_at = work_began(visit.id).get(kind)
    if began_at is not None and began_at < at:
        raise Conflict(
            _l(
                "The work began at %(time)s. A fee counts only if it was told before.",
                time=clock(began_at),
            )
        )
    before = fee.amount if fee else None
    if fee is None:
        fee = Fee(id=row_id or uuid.uuid4(), visit_id=visit.id, kind=kind)
        db.session.add(fee)
    elif fee.waived_at is not None or balance_of(visit.id).of(rules.purpose_of(kind)):
        raise Conflict(_l("This fee is paid or waived already and stays as it is."))
    fee.amount, fee.told_at, fee.told_by_id = amount, at, by
    fee.captured_at, fee.by_id = at, by
    note(visit.id, "fee.told", by=by, at=at, screen=SCREEN, fee=kind, before=before, after=amount)
    db.session.flush()
    log.info("fee told visit=%s fee=%s", visit.id, fee.id)
    return fee


def waive_fee(fee: Fee, reason: str, *, approved_by: uuid.UUID, by: uuid.UUID, at: datetime) -> Fee:
    """The supervisor lets the fee go, with a reason; a repeat changes nothing."""
    if fee.waived_at is not None:
        return fee
    if not reason:
        raise Invalid({"reason": _l("Write why the fee is waived.")})
    fee.waived_at, fee.waived_by_id, fee.waived_reason = at, approved_by, reason
    note(
        fee.visit_id,
        "fee.waived",
        by=by,
        at=at,
        screen=SCREEN,
        fee=fee.kind,
        amount=fee.amount,
        approved_by=str(approved_by),
        reason=reason,
    )
    db.session.flush()
    log.info("fee waived visit=%s fee=%s", fee.visit_id, fee.id)
    return fee


@dataclass(frozen=True)
class Money:
    """What changes hands: `amount` in minor units, and what it is for."""

    id: uuid.UUID
    purpose: str
    method: str
    amount: int


def take(visit: Visit, taken: Money, *, by: uuid.UUID, at: datetime, owed: int = 0) -> Payment:
    """Money comes in, with a receipt's number. `owed`: what was still to be paid; where cash pays
    it to the nearest coin, the difference is kept with the row. A repeat is answered with the first
    one. Raises Conflict where the id is another visit's."""
    rounding = 0
    if taken.method == "cash" and owed and taken.amount == cash_amount(owed):
        rounding = owed - taken.amount
    return _book(visit.id, "payment", taken, by=by, at=at, rounding=rounding)


def refund(
    visit: Visit,
    given: Money,
    reason: str,
    *,
    approved_by: uuid.UUID,
    by: uuid.UUID,
    at: datetime,
) -> Payment:
    """Money goes back, approved by the supervisor. Raises Conflict for more than is held."""
    known = db.session.get(Payment, given.id)
    held = balance_of(visit.id).held.get(given.purpose, 0)
    if known is None and given.amount > held:
        raise Conflict(
            _l("Only %(amount)s of this is here; no more can go back.", amount=money(held))
        )
    return _book(
        visit.id, "refund", given, by=by, at=at, reason=_said(reason), approved_by=approved_by
    )


def reverse(
    visit_id: uuid.UUID,
    payment_id: uuid.UUID,
    reason: str,
    *,
    row_id: uuid.UUID,
    approved_by: uuid.UUID,
    by: uuid.UUID,
    at: datetime,
) -> Payment:
    """A row that was booked by mistake is taken back whole, by a row of its own; what was reversed
    once stays so. Raises NotFound, Conflict for a reversal itself."""
    row = payment_of(visit_id, payment_id)
    if row.kind == "reversal":
        raise Conflict(_l("This row takes another back. Book what is right anew."))
    earlier = db.session.scalar(select(Payment).where(Payment.reverses_id == row.id))
    if earlier is not None:
        return earlier
    back = Money(row_id, row.purpose, row.method, row.amount)
    return _book(
        visit_id,
        "reversal",
        back,
        by=by,
        at=at,
        rounding=row.rounding_amount,
        reason=_said(reason),
        approved_by=approved_by,
        reverses_id=row.id,
    )


def cash_amount(amount: int) -> int:
    """What is asked for in cash: to the nearest coin that the site has."""
    return rules.rounded_for_cash(amount, site_rules().cash_rounding_amount)


def _said(reason: str) -> str:
    if not reason:
        raise Invalid({"reason": _l("Write why.")})
    return reason


def _book(
    visit_id: uuid.UUID,
    kind: str,
    money: Money,
    *,
    by: uuid.UUID,
    at: datetime,
    rounding: int = 0,
    reason: str = "",
    approved_by: uuid.UUID | None = None,
    reverses_id: uuid.UUID | None = None,
) -> Payment:
    known = db.session.get(Payment, money.id)
    if known is not None:
        if known.visit_id != visit_id or known.kind != kind:
            raise Conflict(_l("This entry belongs to something else. Open the page again."))
        return known
    period = at.strftime("%y%m")
    row = Payment(
        id=money.id,
        visit_id=visit_id,
        kind=kind,
        purpose=money.purpose,
        method=money.method,
        amount=money.amount,
        rounding_amount=rounding,
        number=f"P{period}-{next_number('receipt', period):04d}",
        reverses_id=reverses_id,
        reason=reason,
        approved_by_id=approved_by,
        by_id=by,
        captured_at=at,
    )
    db.session.add(row)
    note(
        visit_id,
        f"payment.{_DONE[kind]}",
        by=by,
        at=at,
        screen=SCREEN,
        receipt=row.number,
        purpose=row.purpose,
        method=row.method,
        amount=row.amount,
        **({"approved_by": str(approved_by), "reason": reason} if approved_by else {}),
    )
    db.session.flush()
    log.info("payment booked visit=%s payment=%s kind=%s", visit_id, row.id, kind)
    return row


_DONE = {"payment": "taken", "refund": "refunded", "reversal": "reversed"}
