"""Requests to the supervisor and their answers."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned
from inspect_app.staff.models import Person


class Approval(SiteOwned, Captured, Base):
    """Asked by `by`, decided by `decided_by`. A decision is never changed; `withdrawn_at` ends it,
    granted or not, and a new request takes its place. `amount` in minor units."""

    __tablename__ = "approvals"
    __table_args__ = (
        Index(None, "visit_id"),
        Index(
            "uq_approvals_open",
            "visit_id",
            "kind",
            unique=True,
            sqlite_where=text("granted IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=text("granted IS NULL AND withdrawn_at IS NULL"),
        ),
        CheckConstraint(
            "kind in ('discount', 'on_account', 'storage_waiver', 'items_differ')", name="kind"
        ),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("length(reason) > 0", name="reason"),
        CheckConstraint(
            "granted is null or (decided_by_id is not null and decided_at is not null)",
            name="decided",
        ),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    kind: Mapped[str] = mapped_column(String(20))
    amount: Mapped[int | None]
    due_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(String(300))
    granted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(String(300), default="")
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="Approval.by_id")
    decided_by: Mapped[Person | None] = relationship(
        lazy="raise", foreign_keys="Approval.decided_by_id"
    )

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it yet."""
        return self.granted is None and self.withdrawn_at is None

    @property
    def holds(self) -> bool:
        """Whether it was granted and still counts."""
        return self.granted is True and self.withdrawn_at is None
