"""Captured requests that were not taken when they came, with everything that was in them."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned
from inspect_app.staff.models import Person


class LateEntry(SiteOwned, Captured, Base):
    """One captured request; `id` is its idempotency key. `by_id` is who captured it: with
    `claim_id` only who they said they were.

    `reason`: after_signature (the check-in was sealed before it came) or claim (in a name that
    nobody has proven yet). `answer` is empty until a person looked at it: seen, taken or refused;
    `message` is what the shop said to it. `visit_id` has no foreign key: the visit may itself be
    among the entries of a claim.
    """

    __tablename__ = "late_entries"
    __table_args__ = (
        Index(None, "visit_id"),
        Index(None, "claim_id"),
        CheckConstraint("reason in ('after_signature', 'claim')", name="reason"),
        CheckConstraint("answer in ('', 'seen', 'taken', 'refused')", name="answer"),
    )

    visit_id: Mapped[uuid.UUID | None]
    claim_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("claims.id"))
    reason: Mapped[str] = mapped_column(String(20))
    url: Mapped[str] = mapped_column(String(400))
    fields: Mapped[list[Any]]
    tablet_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("tablets.id"))
    tablet_clock: Mapped[str] = mapped_column(String(40), default="")
    clock_offset_ms: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(String(10), default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="LateEntry.by_id")
    files: Mapped[list["LateFile"]] = relationship(lazy="raise", order_by="LateFile.position")


class LateFile(SiteOwned, Base):
    """A file of a late entry, byte by byte. In the database, for it is no photo of a visit yet."""

    __tablename__ = "late_files"

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("late_entries.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    filename: Mapped[str] = mapped_column(String(120))
    mime: Mapped[str] = mapped_column(String(60))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
