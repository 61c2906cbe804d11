"""The settlement desk: what is to be totalled, who waits, who is served, and what is open."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, Subquery, and_, case, func, select
from sqlalchemy.orm import aliased, joinedload

from inspect_app.approvals.models import Approval
from inspect_app.db import db
from inspect_app.i18n import zone
from inspect_app.orders.models import Order
from inspect_app.payments.models import Payment
from inspect_app.preparation.models import Slip
from inspect_app.settlements.models import Settlement, SettlementVersion
from inspect_app.settlements.queries import PAID_FOR
from inspect_app.settlements.rules import DONE_STATES
from inspect_app.visits.models import Visit

MOST_ROWS = 100
LANES = {
    "work_done": "total",
    "preparing_delivery": "total",
    "ready_notified": "wait",
    "settling": "settle",
}
"""Which group a state belongs to."""


@dataclass(frozen=True)
class DeskRow:
    """One car at the desk. `amount`: what it was totalled to, or what is still open of it."""

    visit: Visit
    amount: int | None
    promised_at: datetime | None = None
    slips: int = 0
    due_on: date | None = None
    is_overdue: bool = False


def desk(now: datetime) -> dict[str, list[DeskRow]]:
    """The rows of each group, the most urgent first; two statements."""
    found: dict[str, list[DeskRow]] = {lane: [] for lane in ("settle", "total", "wait")}
    slips = (
        select(func.count(Slip.id))
        .where(Slip.visit_id == Visit.id, Slip.replaced_at.is_(None))
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Visit, Settlement.totalled_amount, Order.promised_at, slips)
        .join(Order, Order.visit_id == Visit.id)
        .outerjoin(Settlement, Settlement.visit_id == Visit.id)
        .options(joinedload(Visit.vehicle), joinedload(Visit.customer))
        .where(Visit.state.in_(LANES))
        .order_by(Order.promised_at, Visit.arrived_at)
        .limit(MOST_ROWS)
    )
    for row in rows:
        found[LANES[row[0].state]].append(DeskRow(row[0], row[1], row[2], row[3]))
    found["open"] = outstanding(now)
    return found


def outstanding(now: datetime) -> list[DeskRow]:
    """What customers still owe of settled visits, by the day it is due."""
    paid, due = _paid(), _due()
    later = aliased(SettlementVersion)
    newest = (
        select(func.max(later.number))
        .where(later.visit_id == SettlementVersion.visit_id)
        .correlate(SettlementVersion)
        .scalar_subquery()
    )
    open_amount = SettlementVersion.payable_amount - func.coalesce(paid.c.amount, 0)
    query: Select[Any] = (
        select(Visit, open_amount, due.c.due_on)
        .join(Settlement, Settlement.visit_id == Visit.id)
        .join(SettlementVersion, SettlementVersion.visit_id == Visit.id)
        .outerjoin(paid, paid.c.visit_id == Visit.id)
        .outerjoin(due, due.c.visit_id == Visit.id)
        .options(joinedload(Visit.vehicle), joinedload(Visit.customer))
        .where(
            SettlementVersion.number == newest,
            Visit.state.in_(DONE_STATES),
            Settlement.settled_at.is_not(None),
            open_amount > 0,
        )
        .order_by(due.c.due_on, Settlement.settled_at)
        .limit(MOST_ROWS)
    )
    today = now.astimezone(zone()).date()
    return [
        DeskRow(row[0], row[1], due_on=row[2], is_overdue=bool(row[2] and row[2] < today))
        for row in db.session.execute(query)
    ]


def _paid() -> Subquery:
    """What was paid for each settlement, signed as `payments.rules.Taken.sign`."""
    back = aliased(Payment)
    sign = case(
        (Payment.kind == "payment", 1),
        (and_(Payment.kind == "reversal", back.kind != "payment"), 1),
        else_=-1,
    )
    return (
        select(
            Payment.visit_id,
            func.sum((Payment.amount + Payment.rounding_amount) * sign).label("amount"),
        )
        .outerjoin(back, back.id == Payment.reverses_id)
        .where(Payment.purpose.in_(PAID_FOR))
        .group_by(Payment.visit_id)
        .subquery()
    )


def _due() -> Subquery:
    """Until when each account that was allowed is due."""
    return (
        select(Approval.visit_id, func.max(Approval.due_on).label("due_on"))
        .where(
            Approval.kind == "on_account",
            Approval.granted.is_(True),
            Approval.withdrawn_at.is_(None),
        )
        .group_by(Approval.visit_id)
        .subquery()
    )
