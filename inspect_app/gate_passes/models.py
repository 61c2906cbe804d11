"""Gate passes, and what was seen at the gate."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned
from inspect_app.staff.models import Person
from inspect_app.visits.models import Visit

FOR_GOOD = text("kind in ('settled', 'declined', 'consult') and voided_at is null")
ON_A_TRIP = text(
    "kind not in ('settled', 'declined', 'consult') and voided_at is null and returned_at is null"
)


class GatePass(SiteOwned, Captured, Base):
    """One pass; `by_id` issued it at `captured_at`. A visit has one for good, and one trip at a
    time, held by the database. `token` is 80 random bits in 16 base32 characters.

    `fee_status`: paid, none_due, waived or on_account, as it was when issued. `released_at`: S4 was
    recorded. `used_at`, `returned_at`: at the gate, by whom.
    """

    __tablename__ = "gate_passes"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        Index(None, "visit_id"),
        Index(None, "site_id", "return_by"),  # trips that should be back
        Index(
            "uq_gate_passes_for_good",
            "visit_id",
            unique=True,
            sqlite_where=FOR_GOOD,
            postgresql_where=FOR_GOOD,
        ),
        Index(
            "uq_gate_passes_on_a_trip",
            "visit_id",
            unique=True,
            sqlite_where=ON_A_TRIP,
            postgresql_where=ON_A_TRIP,
        ),
        CheckConstraint(
            "kind in ('settled', 'declined', 'consult', 'road_test', 'wash', 'other_workshop', "
            "'inspection_trip', 'rescue')",
            name="kind",
        ),
        CheckConstraint(
            "fee_status in ('paid', 'none_due', 'waived', 'on_account')", name="fee_status"
        ),
        CheckConstraint("override_at is null or length(override_reason) > 0", name="override"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    number: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    token: Mapped[str] = mapped_column(String(16), unique=True)
    fee_status: Mapped[str] = mapped_column(String(10), default="none_due")
    remark: Mapped[str] = mapped_column(String(200), default="")
    valid_until: Mapped[datetime]
    return_by: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    override_at: Mapped[datetime | None]
    override_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    override_reason: Mapped[str] = mapped_column(String(300), default="")
    used_at: Mapped[datetime | None]
    used_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    returned_at: Mapped[datetime | None]
    returned_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    voided_at: Mapped[datetime | None]
    voided_reason: Mapped[str] = mapped_column(String(200), default="")

    visit: Mapped[Visit] = relationship(lazy="raise")
    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="GatePass.by_id")
    used_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys="GatePass.used_by_id")
    returned_by: Mapped[Person | None] = relationship(
        lazy="raise", foreign_keys="GatePass.returned_by_id"
    )


class GateCheck(SiteOwned, Captured, Base):
    """One look at the gate, append-only: a code was scanned, and what the guard was told.

    `verdict` is the pass's own, or FOREIGN, UNKNOWN, OTHER_SITE, WRONG_PLATE.
    """

    __tablename__ = "gate_checks"
    __table_args__ = (Index(None, "pass_id"), Index(None, "site_id", "captured_at"))

    pass_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("gate_passes.id"))
    verdict: Mapped[str] = mapped_column(String(12))
    tablet_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("tablets.id"))

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="GateCheck.by_id")
