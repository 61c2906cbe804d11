"""The settlement of a visit, what was added to its sheet, and the sheets that were shown."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned
from inspect_app.staff.models import Person


class Settlement(SiteOwned, Captured, Base):
    """One for a visit, from the first total on. `totalled_at` is taken back when the sheet changes
    before the customer was called; `collector_*`: who came for the car, `authority`: what showed
    that they may (T32)."""

    __tablename__ = "settlements"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        CheckConstraint("collected_at is null or length(collector_name) > 0", name="collector"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"), unique=True)
    number: Mapped[str] = mapped_column(String(20))
    totalled_at: Mapped[datetime | None]
    totalled_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    totalled_amount: Mapped[int | None]
    storage_from: Mapped[datetime | None]
    storage_until: Mapped[datetime | None]
    collected_at: Mapped[datetime | None]
    collector_name: Mapped[str] = mapped_column(String(120), default="")
    collector_relation: Mapped[str] = mapped_column(String(20), default="")
    authority: Mapped[str] = mapped_column(String(20), default="")
    account: Mapped[str] = mapped_column(String(1000), default="")
    settled_at: Mapped[datetime | None]

    totalled_by: Mapped[Person | None] = relationship(
        lazy="raise", foreign_keys="Settlement.totalled_by_id"
    )


class AddedCharge(SiteOwned, Captured, Base):
    """What the clerk took from the slips onto the sheet: outside work, materials, a part more."""

    __tablename__ = "added_charges"
    __table_args__ = (
        Index(None, "visit_id"),
        CheckConstraint("kind in ('labour', 'part', 'outside', 'material')", name="kind"),
        CheckConstraint("length(description) > 0", name="description"),
        CheckConstraint("quantity_hundredths > 0", name="quantity_hundredths"),
        CheckConstraint("unit_amount >= 0", name="unit_amount"),
        CheckConstraint("amount >= 0", name="amount"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    kind: Mapped[str] = mapped_column(String(10))
    description: Mapped[str] = mapped_column(String(200))
    quantity_hundredths: Mapped[int] = mapped_column(default=100)
    unit_amount: Mapped[int]
    amount: Mapped[int]
    removed_at: Mapped[datetime | None]


class SettlementVersion(SiteOwned, Captured, Base):
    """The sheet as the customer was shown it (12.02), never changed: `facts` are what a signature
    SP is about, `facts_sha256` their hash."""

    __tablename__ = "settlement_versions"
    __table_args__ = (
        UniqueConstraint("visit_id", "number"),
        CheckConstraint("length(facts_sha256) = 64", name="facts_sha256"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    number: Mapped[int]
    facts: Mapped[dict[str, Any]]
    facts_sha256: Mapped[str] = mapped_column(String(64))
    gross_amount: Mapped[int]
    payable_amount: Mapped[int]

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="SettlementVersion.by_id")


class SettlementAgreement(SiteOwned, Captured, Base):
    """The customer agreed to a shown sheet without signing it: how, in words (12.02)."""

    __tablename__ = "settlement_agreements"
    __table_args__ = (CheckConstraint("length(note) > 0", name="note"),)

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("settlement_versions.id"), unique=True)
    note: Mapped[str] = mapped_column(String(300))

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="SettlementAgreement.by_id")
