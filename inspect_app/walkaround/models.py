"""The walk-around check (6.05, D3): conditions, marks, checks."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.db import Base, Captured, SiteOwned


class Walkaround(SiteOwned, Captured, Base):
    """Under which conditions the car was looked at (dirt and water hide scratches)."""

    __tablename__ = "walkarounds"

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"), unique=True)
    body_condition: Mapped[str] = mapped_column(String(20), default="")
    light: Mapped[str] = mapped_column(String(20), default="")
    remark: Mapped[str] = mapped_column(Text, default="")


class Mark(SiteOwned, Captured, Base):
    """One mark of damage on the outside or the inside of a car.

    `x`, `y`: fractions 0 to 1 of the drawing, right and down. `m22_*`: number triple of the trade's
    five-digit standard, None where it has no number for it. Known marks of a car are those of its
    earlier visits; `MarkView` says whether they are still there. `delivery_id`: it was found when
    the car was given back, so it is no part of what was signed at the check-in.
    """

    __tablename__ = "marks"
    __table_args__ = (
        Index(None, "visit_id", "number"),
        Index(None, "vehicle_id"),  # damage known from earlier visits
        CheckConstraint("x >= 0 and x <= 1", name="x"),
        CheckConstraint("y >= 0 and y <= 1", name="y"),
        CheckConstraint("view in ('outside', 'inside')", name="view"),
        CheckConstraint("size_class between 1 and 6", name="size_class"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    vehicle_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("vehicles.id"))
    number: Mapped[int]
    view: Mapped[str] = mapped_column(String(8), default="outside")
    zone: Mapped[str] = mapped_column(String(40))
    x: Mapped[float]
    y: Mapped[float]
    damage_type: Mapped[str] = mapped_column(String(30))
    severity: Mapped[str] = mapped_column(String(20), default="minor")
    size_class: Mapped[int]
    remark: Mapped[str] = mapped_column(Text, default="")
    m22_area: Mapped[int | None]
    m22_type: Mapped[int | None]
    m22_severity: Mapped[int | None]
    m22_edition: Mapped[str] = mapped_column(String(40), default="")
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    delivery_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("deliveries.id"))


class KnownMark(SiteOwned, Captured, Base):
    """What this visit's walk-around found of a mark that an earlier visit noted."""

    __tablename__ = "known_marks"
    __table_args__ = (UniqueConstraint("visit_id", "mark_id"),)

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    mark_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("marks.id"))
    still_there: Mapped[bool]


class MarkView(SiteOwned, Captured, Base):
    """The customer's view of a new mark, asked in customer mode; part of what S2 signs."""

    __tablename__ = "mark_views"
    __table_args__ = (
        UniqueConstraint("mark_id"),
        CheckConstraint("view in ('agree', 'unsure', 'disagree')", name="view"),
    )

    mark_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("marks.id"))
    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"), index=True)
    view: Mapped[str] = mapped_column(String(10))


class Check(SiteOwned, Captured, Base):
    """One line of the check lists. A line without a row was not looked at, and is shown so."""

    __tablename__ = "checks"
    __table_args__ = (
        UniqueConstraint("visit_id", "list_name", "code"),
        CheckConstraint(
            "list_name in ('zone', 'interior', 'indicator', 'function', 'protection')",
            name="list_name",
        ),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    list_name: Mapped[str] = mapped_column(String(12))
    code: Mapped[str] = mapped_column(String(40))
    result: Mapped[str] = mapped_column(String(12))
    remark: Mapped[str] = mapped_column(Text, default="")
