"""Links by which a customer takes the sheet along."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.db import Base, Captured, SiteOwned


class SheetLink(SiteOwned, Captured, Base):
    """A link with a token that ends. Only the token's hash is kept."""

    __tablename__ = "sheet_links"
    __table_args__ = (Index(None, "visit_id"),)

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
