"""What was asked and answered."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned
from inspect_app.staff.models import Person


class Consultation(SiteOwned, Captured, Base):
    """A simple question and its answer; one of a visit. Contact data is kept with the customer, and
    only where it was given."""

    __tablename__ = "consultations"
    __table_args__ = (CheckConstraint("length(answer) > 0", name="answer"),)

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"), unique=True)
    question: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text)

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="Consultation.by_id")
