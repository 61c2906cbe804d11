"""What the server answered to each captured request, so that a repeat gets the same answer."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.db import Base, SiteOwned, now


class Receipt(SiteOwned, Base):
    """One answered request; `id` is its idempotency key. `body` is zlib-compressed."""

    __tablename__ = "receipts"
    __table_args__ = (Index(None, "answered_at"),)

    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    request_sha256: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    headers: Mapped[dict[str, str]]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    answered_at: Mapped[datetime] = mapped_column(default=now)
