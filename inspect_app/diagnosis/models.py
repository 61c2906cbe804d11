"""A visit's diagnosis and its findings (2.02–2.06, D5)."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.db import Base, Captured, SiteOwned


class Diagnosis(SiteOwned, Captured, Base):
    """The diagnosis of a visit, begun with the customer's consent: who, when, how (2.02).

    `fee_told` and `fee_amount`: whether the customer was told that a fee is due if no repair
    follows, and how much (P6). `helper_id` is the technician who was called, `helper_called_at`
    when (2.03). `reported_at` is when the report was first printed, `handed_at` when the customer
    got it (2.04–2.05).
    """

    __tablename__ = "diagnoses"
    __table_args__ = (
        UniqueConstraint("visit_id"),
        UniqueConstraint("site_id", "number"),
        CheckConstraint("fee_amount >= 0", name="fee_amount"),
        CheckConstraint(
            "consent_how in ('in_person', 'phone', 'message', 'signed')", name="consent_how"
        ),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    number: Mapped[str] = mapped_column(String(20))
    consent_by: Mapped[str] = mapped_column(String(120))
    consent_how: Mapped[str] = mapped_column(String(20), default="in_person")
    consent_at: Mapped[datetime]
    fee_told: Mapped[bool] = mapped_column(default=False)
    fee_amount: Mapped[int | None]
    symptom: Mapped[str] = mapped_column(Text, default="")
    instruments: Mapped[str] = mapped_column(String(300), default="")
    helper_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    helper_called_at: Mapped[datetime | None]
    diagnosed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]
    reported_at: Mapped[datetime | None]
    handed_at: Mapped[datetime | None]
    handed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(default=1)


class Finding(SiteOwned, Captured, Base):
    """One thing that was found: where the fault is, what to do, and how urgent that is."""

    __tablename__ = "findings"
    __table_args__ = (
        Index(None, "diagnosis_id"),
        CheckConstraint("length(place) > 0", name="place"),
        CheckConstraint("urgency in ('safety', 'soon', 'later')", name="urgency"),
    )

    diagnosis_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("diagnoses.id"))
    position: Mapped[int]
    system: Mapped[str] = mapped_column(String(40), default="")
    place: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, default="")
    fault_codes: Mapped[list[str]] = mapped_column(default=list)
    suggestion: Mapped[str] = mapped_column(String(300), default="")
    urgency: Mapped[str] = mapped_column(String(10))
    version: Mapped[int] = mapped_column(default=1)
    removed_at: Mapped[datetime | None]
