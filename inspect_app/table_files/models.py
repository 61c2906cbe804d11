"""Files as they came, and what was taken in from them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned
from inspect_app.staff.models import Person


class TableFile(SiteOwned, Captured, Base):
    """One CSV file. To try it changes nothing; `taken_in_at` and `counts`: what was kept when."""

    __tablename__ = "table_files"
    __table_args__ = (
        Index(None, "site_id", "captured_at"),
        CheckConstraint("kind in ('customers', 'vehicles', 'prices')", name="kind"),
    )

    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    encoding: Mapped[str] = mapped_column(String(10), default="")
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    taken_in_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="TableFile.by_id")
