"""Reading fees and payments of a visit."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from inspect_app.db import db
from inspect_app.errors import NotFound
from inspect_app.orders.models import Order
from inspect_app.payments import rules
from inspect_app.payments.models import Fee, Payment
from inspect_app.payments.rules import Balance, FeeFacts, FeeState, Taken
from inspect_app.sites.queries import site_rules
from inspect_app.visits.models import VisitEvent

_taken_back = aliased(Payment)


def payments_of(visit_id: uuid.UUID) -> Sequence[Payment]:
    """Every row of money of the visit, oldest first, with who took it."""
    return db.session.scalars(
        select(Payment)
        .options(joinedload(Payment.by))
        .where(Payment.visit_id == visit_id)
        .order_by(Payment.captured_at, Payment.number)
    ).all()


def payment_of(visit_id: uuid.UUID, payment_id: uuid.UUID) -> Payment:
    """One row of money of this visit. Raises NotFound."""
    row = db.session.scalar(
        select(Payment)
        .options(joinedload(Payment.by))
        .where(Payment.id == payment_id, Payment.visit_id == visit_id)
    )
    if row is None:
        raise NotFound
    return row


def balance_of(visit_id: uuid.UUID) -> Balance:
    """What the shop holds of this visit, by purpose."""
    rows = db.session.execute(
        select(
            Payment.kind,
            Payment.purpose,
            Payment.amount,
            Payment.rounding_amount,
            func.coalesce(_taken_back.kind, ""),
        )
        .outerjoin(_taken_back, _taken_back.id == Payment.reverses_id)
        .where(Payment.visit_id == visit_id)
    )
    return rules.balance(Taken(*row) for row in rows)


def fees_of(visit_id: uuid.UUID) -> list[Fee]:
    """The visit's fees: diagnosis before valuation."""
    return list(
        db.session.scalars(select(Fee).where(Fee.visit_id == visit_id).order_by(Fee.kind)).all()
    )


def work_began(visit_id: uuid.UUID) -> dict[str, datetime]:
    """When the work that each kind of fee pays for began, as the history has it."""
    rows = db.session.execute(
        select(VisitEvent.transition, func.min(VisitEvent.captured_at))
        .where(
            VisitEvent.visit_id == visit_id,
            VisitEvent.transition.in_(rules.WORK_BEGINS.values()),
        )
        .group_by(VisitEvent.transition)
    )
    began: dict[str, datetime] = {row[0]: row[1] for row in rows if row[0]}
    return {kind: began[number] for kind, number in rules.WORK_BEGINS.items() if number in began}


def fee_states(
    visit_id: uuid.UUID, *, repair_is_charged: bool = False
) -> list[tuple[Fee, FeeState]]:
    """Each fee of the visit, and whether it is to be paid (T14; settlement says that a repair is
    charged)."""
    fees = fees_of(visit_id)
    if not fees:
        return []
    began, paid = work_began(visit_id), balance_of(visit_id)
    category = db.session.scalar(select(Order.category).where(Order.visit_id == visit_id))
    korean = site_rules().is_korean
    return [
        (
            fee,
            rules.fee_state(
                FeeFacts(
                    kind=fee.kind,
                    amount=fee.amount,
                    told_at=fee.told_at,
                    began_at=began.get(fee.kind),
                    is_waived=fee.waived_at is not None,
                    paid_amount=paid.of(rules.purpose_of(fee.kind)),
                    for_accident=category == "accident",
                ),
                korean=korean,
                repair_is_charged=repair_is_charged,
            ),
        )
        for fee in fees
    ]


def open_fee_amount(visit_id: uuid.UUID) -> int:
    """What the customer still owes in fees when no repair follows (T14)."""
    return rules.open_fees(state for _fee, state in fee_states(visit_id))
