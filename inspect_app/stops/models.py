"""A stopped repair and how far each of its lines had come."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned


class RepairStop(SiteOwned, Captured, Base):
    """Who asked, why, and whether the car is safe to drive; once for a visit."""

    __tablename__ = "repair_stops"
    __table_args__ = (
        CheckConstraint("length(reason) > 0", name="reason"),
        CheckConstraint("is_safe or length(warning) > 0", name="warning"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"), unique=True)
    asked_by: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(500))
    is_safe: Mapped[bool]
    warning: Mapped[str] = mapped_column(String(500), default="")

    lines: Mapped[list["StoppedLine"]] = relationship(lazy="raise")


class StoppedLine(SiteOwned, Base):
    """How far a line had come, and what is charged for it in minor units."""

    __tablename__ = "stopped_lines"
    __table_args__ = (
        UniqueConstraint("stop_id", "line_id"),
        CheckConstraint("done in ('all', 'part', 'none')", name="done"),
        CheckConstraint("amount >= 0", name="amount"),
    )

    stop_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("repair_stops.id"))
    line_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("order_lines.id"))
    done: Mapped[str] = mapped_column(String(4))
    amount: Mapped[int]
