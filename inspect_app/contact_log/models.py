"""The contact log, and the messages that this app sends itself."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned
from inspect_app.staff.models import Person


class ContactLog(SiteOwned, Captured, Base):
    """One contact, or one try (D20). Append-only. `number` is what was called or written to,
    `planned_at` when it was due, `text` what was said."""

    __tablename__ = "contact_log"
    __table_args__ = (
        Index(None, "visit_id", "kind"),
        CheckConstraint("channel in ('phone', 'sms', 'email', 'in_person')", name="channel"),
        CheckConstraint(
            "result in ('reached', 'no_answer', 'left_message', 'failed', 'sent')", name="result"
        ),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    kind: Mapped[str] = mapped_column(String(20))
    planned_at: Mapped[datetime | None]
    actual_at: Mapped[datetime]
    channel: Mapped[str] = mapped_column(String(10))
    number: Mapped[str] = mapped_column(String(254), default="")
    person_reached: Mapped[str] = mapped_column(String(120), default="")
    result: Mapped[str] = mapped_column(String(14))
    text: Mapped[str] = mapped_column(Text, default="")
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="ContactLog.by_id")


class Message(SiteOwned, Captured, Base):
    """A message on its way, by the key of the request that sends it. Written before the network is
    touched, so that no repeat sends it twice; `state` is sending, sent or failed."""

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("state in ('sending', 'sent', 'failed')", name="state"),
        CheckConstraint("channel in ('sms', 'email')", name="channel"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    channel: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(String(254))
    state: Mapped[str] = mapped_column(String(10), default="sending")
    ended_at: Mapped[datetime | None]
