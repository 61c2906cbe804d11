"""Fees and payments. Money is never changed: what was wrong is taken back by a row of its own."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned
from inspect_app.staff.models import Person


class Fee(SiteOwned, Captured, Base):
    """A fee outside the repair (5.2): told before the work, or never charged. One of each kind."""

    __tablename__ = "fees"
    __table_args__ = (
        UniqueConstraint("visit_id", "kind"),
        CheckConstraint("kind in ('diagnosis', 'valuation')", name="kind"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("waived_at is null or length(waived_reason) > 0", name="waived_reason"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    kind: Mapped[str] = mapped_column(String(10))
    amount: Mapped[int]
    told_at: Mapped[datetime | None]
    told_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    waived_at: Mapped[datetime | None]
    waived_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    waived_reason: Mapped[str] = mapped_column(String(300), default="")


class Payment(SiteOwned, Captured, Base):
    """Money taken or given back, in whole minor units; append-only. `kind` says which way.

    `rounding_amount` is what cash could not be paid of (below zero: what was paid too much).
    A row is reversed at most once (`reverses_id`); whatever goes out was approved.
    """

    __tablename__ = "payments"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        UniqueConstraint("reverses_id"),
        Index(None, "visit_id"),
        Index(None, "site_id", "captured_at"),  # the cashier's day
        CheckConstraint("kind in ('payment', 'refund', 'reversal')", name="kind"),
        CheckConstraint(
            "purpose in ('deposit', 'diagnosis_fee', 'valuation_fee', 'settlement', 'storage')",
            name="purpose",
        ),
        CheckConstraint("method in ('cash', 'card', 'transfer', 'other')", name="method"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("(kind = 'reversal') = (reverses_id is not null)", name="reverses"),
        CheckConstraint(
            "kind = 'payment' or (length(reason) > 0 and approved_by_id is not null)",
            name="approved",
        ),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    kind: Mapped[str] = mapped_column(String(8))
    purpose: Mapped[str] = mapped_column(String(20))
    method: Mapped[str] = mapped_column(String(10))
    amount: Mapped[int]
    rounding_amount: Mapped[int] = mapped_column(default=0)
    number: Mapped[str] = mapped_column(String(20))
    reverses_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payments.id"))
    reason: Mapped[str] = mapped_column(String(300), default="")
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="Payment.by_id")
