"""Who said, away from the shop, that a tablet was now in their hands."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, SiteOwned, now
from inspect_app.staff.models import Person


class Claim(SiteOwned, Base):
    """One taking over. `person_id` is who was claimed, None where the shop knows no such person.

    `state`: right (the PIN was theirs, which makes it a sign-in from `started_at` on), wrong (the
    entries wait), settled (the supervisor named `settled_person_id`).
    """

    __tablename__ = "claims"
    __table_args__ = (
        Index(None, "site_id", "state"),
        CheckConstraint("state in ('right', 'wrong', 'settled')", name="state"),
    )

    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    tablet_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("tablets.id"))
    sent_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    started_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[str] = mapped_column(String(10))
    settled_person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    settled_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    settled_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys="Claim.person_id")
