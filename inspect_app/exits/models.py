"""Why a customer left without a repair."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.db import Base, Captured, SiteOwned

STANDS = text("called_off_at IS NULL")


class Exit(SiteOwned, Captured, Base):
    """One decision to leave without a repair; a visit has one that stands.

    `kind`: declined (before S1; the reason is optional) or withdrawn (after it: the order is
    cancelled, with a reason). A withdrawal may be called off while things are still being given
    back. `seen_off_at`: the customer was seen off politely (3.06).
    """

    __tablename__ = "exits"
    __table_args__ = (
        Index(
            "uq_exits_stands",
            "visit_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        CheckConstraint("kind in ('declined', 'withdrawn')", name="kind"),
        CheckConstraint("kind = 'declined' or length(reason_code) > 0", name="reason"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    kind: Mapped[str] = mapped_column(String(10))
    reason_code: Mapped[str] = mapped_column(String(20), default="")
    reason: Mapped[str] = mapped_column(String(300), default="")
    called_off_at: Mapped[datetime | None]
    seen_off_at: Mapped[datetime | None]
    seen_off_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
