"""What was given back, line by line."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.db import Base, Captured, SiteOwned

COUNTS = text("superseded_at IS NULL")


class Returned(SiteOwned, Captured, Base):
    """How many of one thing went back, and what is said of a difference (D2, return column).

    `subject_id` is the row of the paper, the belonging or the key's registration. A new count after
    an objection supersedes the rows before it; they stay.
    """

    __tablename__ = "returned"
    __table_args__ = (
        Index(
            "uq_returned_counts",
            "visit_id",
            "subject",
            "subject_id",
            unique=True,
            sqlite_where=COUNTS,
            postgresql_where=COUNTS,
        ),
        CheckConstraint("subject in ('key', 'paper', 'belonging')", name="subject"),
        CheckConstraint("quantity between 0 and 99", name="quantity"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    subject: Mapped[str] = mapped_column(String(10))
    subject_id: Mapped[uuid.UUID]
    quantity: Mapped[int]
    difference: Mapped[str] = mapped_column(String(300), default="")
    superseded_at: Mapped[datetime | None]
