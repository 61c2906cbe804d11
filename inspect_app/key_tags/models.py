"""Key tags, the cabinet and every hand a key passes through (6.08, D9)."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    func,
    select,
    text,
)
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned
from inspect_app.staff.models import Person

OPEN = text("released_at IS NULL")


class Cabinet(SiteOwned, Base):
    """A key cabinet as it hangs there: rows by columns of slots."""

    __tablename__ = "cabinets"
    __table_args__ = (UniqueConstraint("site_id", "name"),)

    name: Mapped[str] = mapped_column(String(40))
    rows: Mapped[int]
    columns: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)


class Slot(SiteOwned, Base):
    """One hook. `label` is what stands beside it, such as B4."""

    __tablename__ = "slots"
    __table_args__ = (UniqueConstraint("cabinet_id", "label"),)

    cabinet_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cabinets.id"))
    label: Mapped[str] = mapped_column(String(12))
    position: Mapped[int]


class KeyTag(SiteOwned, Base):
    """A tag that hangs on a key. `token` is 80 random bits in 16 base32 characters.

    A lost or damaged one is retired for good; `replaced_by_id` is the new tag on the same key.
    """

    __tablename__ = "key_tags"
    __table_args__ = (UniqueConstraint("site_id", "number"),)

    number: Mapped[int]
    token: Mapped[str] = mapped_column(String(16), unique=True)
    retired_at: Mapped[datetime | None]
    retired_reason: Mapped[str] = mapped_column(String(80), default="")
    replaced_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("key_tags.id"))


class KeyRegistration(SiteOwned, Captured, Base):
    """A visit's keys under one tag on one slot. One open registration per tag, slot and visit."""

    __tablename__ = "key_registrations"
    __table_args__ = (
        Index(
            "uq_key_registrations_open_tag",
            "tag_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(
            "uq_key_registrations_open_slot",
            "slot_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(
            "uq_key_registrations_open_visit",
            "visit_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(None, "visit_id"),
        CheckConstraint("keys_count between 0 and 20", name="keys_count"),
        CheckConstraint("remotes_count between 0 and 20", name="remotes_count"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    tag_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("key_tags.id"))
    slot_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("slots.id"))
    keys_count: Mapped[int] = mapped_column(default=1)
    remotes_count: Mapped[int] = mapped_column(default=0)
    released_at: Mapped[datetime | None]

    tag: Mapped[KeyTag] = relationship(lazy="raise")
    slot: Mapped[Slot | None] = relationship(lazy="raise")


def _next_sequence(context: DefaultExecutionContext) -> int:
    """One more than the last movement of the same registration has."""
    values = context.get_current_parameters()  # type: ignore[no-untyped-call]  # SQLAlchemy types it not
    table = KeyMovement.__table__
    last = select(func.coalesce(func.max(table.c.sequence), 0)).where(
        table.c.registration_id == values["registration_id"]
    )
    return int(context.connection.execute(last).scalar_one()) + 1


class KeyMovement(SiteOwned, Captured, Base):
    """One movement of a key. Append-only. `kind`: registered, put_in, taken_out, handed_over,
    returned, given_back.

    `sequence` is unique within a registration: of two tablets that act upon the same state only one
    gets the next number. A claim (`is_claim`) came late and contradicts what others did since; it
    moves nothing until a later movement settles it (`settles_id`).
    """

    __tablename__ = "key_movements"
    __table_args__ = (
        Index(None, "registration_id", "captured_at"),
        UniqueConstraint("registration_id", "sequence"),
        UniqueConstraint("settles_id"),
    )

    registration_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("key_registrations.id"))
    sequence: Mapped[int] = mapped_column(default=_next_sequence)
    kind: Mapped[str] = mapped_column(String(12))
    slot_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("slots.id"))
    from_person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    to_person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(String(80), default="")
    expected_return_at: Mapped[datetime | None]
    tablet_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("tablets.id"))
    is_claim: Mapped[bool] = mapped_column(default=False)
    settles_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("key_movements.id"))


class KeyRound(SiteOwned, Captured, Base):
    """One evening round through the cabinets, signed with the PIN of who did it (`by_id`).

    `scanned`: the tag numbers in the order of the scans, each with the hook it hung on where that
    was scanned too. `findings`: what was missing, extra, on a wrong hook or stale, as codes.
    """

    __tablename__ = "key_rounds"
    __table_args__ = (Index(None, "site_id", "captured_at"),)

    began_at: Mapped[datetime]
    tablet_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("tablets.id"))
    scanned: Mapped[list[Any]] = mapped_column(default=list)
    findings: Mapped[list[Any]] = mapped_column(default=list)

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="KeyRound.by_id")
