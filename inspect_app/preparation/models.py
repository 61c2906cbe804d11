"""What was done to make a car ready, and the slips that came in for its sheet."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned
from inspect_app.staff.models import Person


class PreparationStep(SiteOwned, Captured, Base):
    """One tick of 11.01, by whom and when. `undone_at`: taken back."""

    __tablename__ = "preparation_steps"
    __table_args__ = (
        UniqueConstraint("visit_id", "step"),
        CheckConstraint("step in ('cleaned', 'looked_over')", name="step"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    step: Mapped[str] = mapped_column(String(12))
    remark: Mapped[str] = mapped_column(Text, default="")
    undone_at: Mapped[datetime | None]

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="PreparationStep.by_id")


class PutBack(SiteOwned, Captured, Base):
    """A line of the items list, counted before the customer comes and put back in the car."""

    __tablename__ = "put_backs"
    __table_args__ = (
        UniqueConstraint("visit_id", "belonging_id"),
        CheckConstraint("quantity between 0 and 99", name="quantity"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    belonging_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("belongings.id"))
    quantity: Mapped[int]
    in_car: Mapped[bool] = mapped_column(default=False)
    remark: Mapped[str] = mapped_column(String(300), default="")


class Slip(SiteOwned, Captured, Base):
    """A slip of the workshop or of the parts department (11.02): all was as ordered, or `note` says
    what was not. A slip that is handed in again replaces the one before (`replaced_at`)."""

    __tablename__ = "slips"
    __table_args__ = (
        Index(None, "visit_id"),
        CheckConstraint("kind in ('labour', 'parts')", name="kind"),
        CheckConstraint("as_ordered or length(note) > 0", name="note"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    kind: Mapped[str] = mapped_column(String(6))
    as_ordered: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(String(500), default="")
    replaced_at: Mapped[datetime | None]

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="Slip.by_id")
