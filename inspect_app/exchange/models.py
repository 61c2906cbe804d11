"""Tokens of other systems, what they pushed, and the answers they were given."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.db import Base, Captured, SiteOwned


class ApiToken(SiteOwned, Captured, Base):
    """What another system shows to be let in; only its hash is kept, and it is shown once."""

    __tablename__ = "api_tokens"
    __table_args__ = (CheckConstraint("scope in ('read', 'write')", name="scope"),)

    name: Mapped[str] = mapped_column(String(80))
    scope: Mapped[str] = mapped_column(String(5))
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    last_used_on: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class ExternalOrder(SiteOwned, Captured, Base):
    """An order as another system knows it, by its number there. `pushed` is what it sent, read and
    checked; it waits for the car (`plate_key`) and for a person who takes it over."""

    __tablename__ = "external_orders"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        Index(None, "visit_id"),
        Index(None, "site_id", "plate_key"),
    )

    number: Mapped[str] = mapped_column(String(60))
    plate_key: Mapped[str] = mapped_column(String(24), default="")
    visit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("visits.id"))
    pushed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    taken_over_at: Mapped[datetime | None]
    taken_over_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))


class ApiAnswer(SiteOwned, Base):
    """The answer to a request with an idempotency key: the same request gets it again."""

    __tablename__ = "api_answers"
    __table_args__ = (UniqueConstraint("token_id", "key"), Index(None, "answered_at"))

    token_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("api_tokens.id"))
    key: Mapped[str] = mapped_column(String(80))
    request_sha256: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime]
