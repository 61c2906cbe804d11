"""Papers that travel with the car (6.02–6.04, D4)."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.db import Base, Captured, SiteOwned


class Paper(SiteOwned, Captured, Base):
    """One paper, examined for validity, completeness and intactness (6.03)."""

    __tablename__ = "papers"
    __table_args__ = (UniqueConstraint("visit_id", "code"),)

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    code: Mapped[str] = mapped_column(String(40))
    number_end: Mapped[str] = mapped_column(String(20), default="")
    received: Mapped[bool]
    valid_until_on: Mapped[date | None]
    is_valid: Mapped[bool | None]
    is_complete: Mapped[bool | None]
    is_intact: Mapped[bool | None]
    discrepancy: Mapped[str] = mapped_column(Text, default="")
    agreed: Mapped[str] = mapped_column(Text, default="")
    returned_at: Mapped[datetime | None]
