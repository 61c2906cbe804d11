"""One round of giving a car back, and what was complained of."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.db import Base, Captured, SiteOwned

OPEN = text("ended_at IS NULL")


class Delivery(SiteOwned, Captured, Base):
    """One round, begun with the packet handed over (T34) by `by_id`. A visit has one open round.

    `packet` holds what was ticked. `looked_at`: the outside was looked over together. `outcome` is
    empty while the round is open, then signed, rework or complaint.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        Index(
            "uq_deliveries_open", "visit_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        ),
        Index(None, "visit_id", "captured_at"),
        CheckConstraint("outcome in ('', 'signed', 'rework', 'complaint')", name="outcome"),
        CheckConstraint(
            "key_override_by_id is null or length(key_override_reason) > 0", name="key_override"
        ),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    packet: Mapped[list[str]] = mapped_column(default=list)
    key_override_reason: Mapped[str] = mapped_column(String(300), default="")
    key_override_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    looked_at: Mapped[datetime | None]
    looked_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    seal_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("seals.id"))
    outcome: Mapped[str] = mapped_column(String(10), default="")
    ended_at: Mapped[datetime | None]


class Complaint(SiteOwned, Captured, Base):
    """What the customer objected to at the delivery (Q22, D18), in their words. `delivery_id` is
    the round that it ended."""

    __tablename__ = "complaints"
    __table_args__ = (
        Index(None, "visit_id"),
        CheckConstraint("length(text) > 0", name="text"),
        CheckConstraint("goes_to in ('rework', 'complaint')", name="goes_to"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    delivery_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("deliveries.id"))
    text: Mapped[str] = mapped_column(Text)
    goes_to: Mapped[str] = mapped_column(String(10))
