"""What a tablet holds."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.db import Base, SiteOwned


class Reservation(SiteOwned, Base):
    """One number held by a tablet until `ends_at`. `subject_id` is a tag, a slot or a box."""

    __tablename__ = "reservations"
    __table_args__ = (
        UniqueConstraint("subject_id"),
        Index(None, "tablet_id"),
        CheckConstraint("kind in ('tag', 'slot', 'box')", name="kind"),
    )

    tablet_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("tablets.id"))
    kind: Mapped[str] = mapped_column(String(4))
    subject_id: Mapped[uuid.UUID]
    ends_at: Mapped[datetime]
