"""Guarantee cards as they were given."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned
from inspect_app.staff.models import Person


class GuaranteeCard(SiteOwned, Captured, Base):
    """What is guaranteed from the delivery on. `items`: the lines covered, `exclusions`: the parts
    that are not (P3, P4): of the part alone, never of the work. The last card of a visit counts.

    `told_at`: when `by` told the customer the terms (P9).
    """

    __tablename__ = "guarantee_cards"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        Index(None, "visit_id"),
        CheckConstraint("days > 0", name="days"),
        CheckConstraint("km > 0", name="km"),
        CheckConstraint("odometer_km >= 0", name="odometer_km"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    number: Mapped[str] = mapped_column(String(20))
    from_on: Mapped[date]
    odometer_km: Mapped[int | None]
    days: Mapped[int]
    km: Mapped[int | None]
    floor_days: Mapped[int] = mapped_column(default=0)
    preset: Mapped[str] = mapped_column(String(3))
    conditions: Mapped[str] = mapped_column(Text, default="")
    items: Mapped[list[str]] = mapped_column(default=list)
    exclusions: Mapped[list[Any]] = mapped_column(default=list)
    told_at: Mapped[datetime | None]

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="GuaranteeCard.by_id")
