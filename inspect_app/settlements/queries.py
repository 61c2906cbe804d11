"""The sheet of a visit as it is now: charges, what is taken off, what was paid, what was shown."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from inspect_app.approvals.models import Approval
from inspect_app.approvals.queries import approvals_of, last_granted
from inspect_app.db import db, now
from inspect_app.orders.models import Order, OrderPart
from inspect_app.orders.pricing import SYSTEM, PartPrice, tax_of
from inspect_app.orders.queries import lines_with_parts
from inspect_app.payments.models import Payment
from inspect_app.payments.queries import balance_of, payments_of
from inspect_app.settlements import rules, sums
from inspect_app.settlements.models import (
    AddedCharge,
    Settlement,
    SettlementAgreement,
    SettlementVersion,
)
from inspect_app.settlements.sums import Charge, PartOfLine, SheetTotals, Standing
from inspect_app.signatures.models import Signature
from inspect_app.signatures.seal import facts_of
from inspect_app.sites.queries import site_rules, this_site
from inspect_app.stops.models import RepairStop, StoppedLine
from inspect_app.visits.models import Visit, VisitEvent
from inspect_app.workshop.models import WorkStep

CODE = "SP"
"""The signature under the sheet."""
FEES = ("diagnosis_fee", "valuation_fee")
PAID_FOR = ("settlement", "storage")


@dataclass(frozen=True)
class Sheet:
    """Everything that the settlement of a visit stands on."""

    order: Order
    settlement: Settlement | None
    charges: Sequence[Charge]
    added: Sequence[AddedCharge]
    totals: SheetTotals
    standing: Standing
    approvals: Sequence[Approval]
    payments: Sequence[Payment]
    paid: int
    version: SettlementVersion | None
    agreement: SettlementAgreement | None
    signed_at: datetime | None
    facts: dict[str, Any]
    facts_sha256: str

    @property
    def is_totalled(self) -> bool:
        """Whether someone put their name to this very total."""
        made = self.settlement
        return (
            made is not None
            and made.totalled_at is not None
            and made.totalled_amount == self.totals.gross
            and self.totals.all_known
        )

    @property
    def is_shown(self) -> bool:
        """Whether the sheet that the customer saw last is the one of now."""
        return self.version is not None and self.version.facts_sha256 == self.facts_sha256

    @property
    def is_agreed(self) -> bool:
        """Whether the customer signed this very sheet, or agreed to it otherwise."""
        return self.is_shown and (self.signed_at is not None or self.agreement is not None)

    @property
    def discount(self) -> Approval | None:
        """The discount that holds."""
        return last_granted(self.approvals, "discount")

    @property
    def on_account(self) -> Approval | None:
        """What may stay open, and until when."""
        return last_granted(self.approvals, "on_account")

    @property
    def requests_open(self) -> int:
        """How many requests wait for the supervisor."""
        return sum(one.is_open for one in self.approvals)

    def of_kind(self, kind: str) -> list[Charge]:
        """The charges of one group."""
        return [charge for charge in self.charges if charge.kind == kind]


def sheet_of(visit: Visit) -> Sheet:
    """Reads everything anew; nothing on the sheet is stored twice."""
    order = db.session.scalars(select(Order).where(Order.visit_id == visit.id)).one()
    settlement = settlement_of(visit.id)
    added = db.session.scalars(
        select(AddedCharge)
        .where(AddedCharge.visit_id == visit.id, AddedCharge.removed_at.is_(None))
        .order_by(AddedCharge.recorded_at, AddedCharge.id)
    ).all()
    approvals = approvals_of(visit.id)
    charges = [
        *_of_order(visit.id, order.id),
        *(_as_charge(one) for one in added),
        *_storage(settlement, approvals),
    ]
    held, discount = balance_of(visit.id), last_granted(approvals, "discount")
    totals = sums.sheet_totals(
        charges,
        tax_of(site_rules()),
        discount=(discount.amount or 0) if discount else 0,
        deposit=held.of("deposit"),
        fees=held.of(*FEES),
    )
    paid = held.of(*PAID_FOR)
    facts = _facts(order, charges, totals)
    sha256 = facts_of(CODE, facts).sha256
    version = last_version(visit.id)
    return Sheet(
        order=order,
        settlement=settlement,
        charges=charges,
        added=added,
        totals=totals,
        standing=sums.standing(totals, paid),
        approvals=approvals,
        payments=payments_of(visit.id),
        paid=paid,
        version=version,
        agreement=_agreement(version),
        signed_at=_signed_at(visit.id, sha256),
        facts=facts,
        facts_sha256=sha256,
    )


def settlement_of(visit_id: uuid.UUID) -> Settlement | None:
    """The settlement of a visit, with who totalled it."""
    return db.session.scalar(
        select(Settlement)
        .options(joinedload(Settlement.totalled_by))
        .where(Settlement.visit_id == visit_id)
    )


def last_version(visit_id: uuid.UUID) -> SettlementVersion | None:
    """The sheet that was shown last."""
    return db.session.scalar(
        select(SettlementVersion)
        .options(joinedload(SettlementVersion.by))
        .where(SettlementVersion.visit_id == visit_id)
        .order_by(SettlementVersion.number.desc())
        .limit(1)
    )


def charge_of(visit_id: uuid.UUID, charge_id: uuid.UUID) -> AddedCharge | None:
    """A charge that the clerk added to this visit's sheet, also one that was taken off."""
    return db.session.scalar(
        select(AddedCharge).where(AddedCharge.id == charge_id, AddedCharge.visit_id == visit_id)
    )


def notified_at(visit_id: uuid.UUID) -> datetime | None:
    """When the customer was told that the car is ready (T30)."""
    return db.session.scalar(
        select(func.max(VisitEvent.captured_at)).where(
            VisitEvent.visit_id == visit_id, VisitEvent.transition == "T30"
        )
    )


def storage_rule() -> rules.StorageRule:
    """What this site charges for a car that is not collected."""
    site = site_rules()
    return rules.StorageRule(
        timedelta(hours=site.storage_free_hours), site.storage_day_amount or None
    )


_newer = aliased(WorkStep)


def _of_order(visit_id: uuid.UUID, order_id: uuid.UUID) -> list[Charge]:
    """The lines of the order and its additional sheets; what was struck or not begun is left out,
    and a stopped repair costs what was priced when it was stopped (T41)."""
    lines, parts = lines_with_parts(order_id)
    struck, stopped = _struck(visit_id), _stopped(visit_id)
    found: list[Charge] = []
    for line in lines:
        stop = stopped.get(line.id)
        if line.id in struck or (stop is not None and stop.done == "none"):
            continue
        in_part = stop is not None and stop.done == "part"
        found += sums.charges_of_line(
            line.description,
            stop.amount if stop is not None else line.price_amount,
            [] if in_part else [_part(part) for part in parts.get(line.id, ())],
            is_package=line.method == SYSTEM or in_part,
            sheet=line.sheet,
            detail="in_part" if in_part else "",
            ref=str(line.id),
        )
    return found


def _struck(visit_id: uuid.UUID) -> set[uuid.UUID]:
    """The lines that the workshop struck last."""
    last = (
        select(func.max(_newer.sequence))
        .where(_newer.line_id == WorkStep.line_id)
        .correlate(WorkStep)
        .scalar_subquery()
    )
    return set(
        db.session.scalars(
            select(WorkStep.line_id).where(
                WorkStep.visit_id == visit_id, WorkStep.kind == "struck", WorkStep.sequence == last
            )
        )
    )


def _stopped(visit_id: uuid.UUID) -> dict[uuid.UUID, StoppedLine]:
    rows = db.session.scalars(
        select(StoppedLine)
        .join(RepairStop, RepairStop.id == StoppedLine.stop_id)
        .where(RepairStop.visit_id == visit_id)
    )
    return {row.line_id: row for row in rows}


def _part(row: OrderPart) -> PartOfLine:
    is_customers = row.source == "customer"
    price = PartPrice(row.quantity_hundredths, row.unit_price_amount, is_customers)
    return PartOfLine(
        " ".join(part for part in (row.name, row.brand, row.number) if part),
        row.quantity_hundredths,
        0 if is_customers else row.unit_price_amount,
        price.amount,
        "customer" if is_customers else row.grade,
        str(row.id),
    )


def _as_charge(row: AddedCharge) -> Charge:
    return Charge(
        row.kind, row.description, row.amount, row.quantity_hundredths, row.unit_amount,
        ref=str(row.id),
    )  # fmt: skip


def _storage(settlement: Settlement | None, approvals: Sequence[Approval]) -> list[Charge]:
    """The days since storage was announced (T42), up to when the customer came."""
    if settlement is None or settlement.storage_from is None:
        return []
    if last_granted(approvals, "storage_waiver") is not None:
        return []
    rule = storage_rule()
    told = settlement.storage_from - rule.free
    until = settlement.storage_until or now()
    days = rule.days(told, until)
    if not days or not rule.day_amount:
        return []
    return [Charge("storage", "", rule.amount(told, until), days * 100, rule.day_amount)]


def _facts(order: Order, charges: Sequence[Charge], totals: SheetTotals) -> dict[str, Any]:
    """What the customer agrees to; language and names of people are no part of it."""
    return {
        "order_number": order.number,
        "currency": this_site().currency,
        "charges": [
            {
                "kind": charge.kind,
                "description": charge.description,
                "detail": charge.detail,
                "sheet": charge.sheet,
                "quantity_hundredths": charge.quantity_hundredths,
                "unit_amount": charge.unit_amount,
                "amount": charge.amount,
            }
            for charge in charges
        ],
        "charges_amount": totals.charges,
        "discount_amount": totals.discount,
        "net_amount": totals.net,
        "tax_amount": totals.tax,
        "total_amount": totals.gross,
        "deposit_amount": totals.deposit_offset,
        "fee_amount": totals.fee_offset,
        "payable_amount": totals.payable,
    }


def _signed_at(visit_id: uuid.UUID, facts_sha256: str) -> datetime | None:
    """When the customer signed these very facts."""
    return db.session.scalar(
        select(func.max(Signature.signed_at)).where(
            Signature.visit_id == visit_id,
            Signature.code == CODE,
            Signature.facts_sha256 == facts_sha256,
        )
    )


def _agreement(version: SettlementVersion | None) -> SettlementAgreement | None:
    if version is None:
        return None
    return db.session.scalar(
        select(SettlementAgreement)
        .options(joinedload(SettlementAgreement.by))
        .where(SettlementAgreement.version_id == version.id)
    )
