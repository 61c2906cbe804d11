"""The reservation form's own facts (D7); car, customer and work hang on its visit."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned
from inspect_app.sites.models import Bay
from inspect_app.staff.models import Person
from inspect_app.visits.models import Visit
from inspect_app.workshop.models import Team

OPEN = text("outcome = ''")


class Appointment(SiteOwned, Captured, Base):
    """One agreed time. A moved appointment is a new row of the same visit; the old one ends with
    the outcome `moved`, so that its day still counts it (D8). `ends_at` follows from the duration
    in open minutes."""

    __tablename__ = "appointments"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        Index(None, "site_id", "starts_at"),  # a day of the book
        Index(
            "uq_appointments_open_visit", "visit_id", unique=True, sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(None, "visit_id"),
        CheckConstraint("minutes > 0 and minutes % 15 = 0", name="minutes"),
        CheckConstraint("ends_at > starts_at", name="ends_at"),
        CheckConstraint("outcome in ('', 'came', 'moved', 'cancelled', 'no_show')", name="outcome"),
        CheckConstraint("proposed_by in ('customer', 'plant')", name="proposed_by"),
    )  # fmt: skip

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    number: Mapped[str] = mapped_column(String(20))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    minutes: Mapped[int]
    bay_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("bays.id"))
    team_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("teams.id"))
    proposed_by: Mapped[str] = mapped_column(String(8), default="customer")
    odometer: Mapped[int | None]
    moved_from_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("appointments.id"))
    outcome: Mapped[str] = mapped_column(String(10), default="")
    outcome_at: Mapped[datetime | None]
    outcome_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    outcome_reason: Mapped[str] = mapped_column(String(300), default="")
    deposit_outcome: Mapped[str] = mapped_column(String(10), default="")

    visit: Mapped[Visit] = relationship(lazy="raise")
    bay: Mapped[Bay | None] = relationship(lazy="raise")
    team: Mapped[Team | None] = relationship(lazy="raise")
    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="Appointment.by_id")


class BaySlot(SiteOwned, Base):
    """A quarter of an hour of a bay, held by one appointment: the database refuses a second."""

    __tablename__ = "bay_slots"
    __table_args__ = (UniqueConstraint("bay_id", "starts_at"), Index(None, "appointment_id"))

    appointment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("appointments.id", ondelete="CASCADE")
    )
    bay_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bays.id"))
    starts_at: Mapped[datetime]


class PartToPrepare(SiteOwned, Captured, Base):
    """A part that must be there when the car comes (16.03, 5.03). `price_amount`: the part's
    selling price in whole minor units, of which the deposit is a share (Q12)."""

    __tablename__ = "parts_to_prepare"
    __table_args__ = (
        Index(None, "visit_id"),
        CheckConstraint("price_amount >= 0", name="price_amount"),
        CheckConstraint("state in ('needed', 'ordered', 'here')", name="state"),
        CheckConstraint("length(name) > 0", name="name"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    name: Mapped[str] = mapped_column(String(160))
    price_amount: Mapped[int]
    state: Mapped[str] = mapped_column(String(8), default="needed")
    expected_on: Mapped[date | None]
    removed_at: Mapped[datetime | None]


class DepositWaiver(SiteOwned, Captured, Base):
    """The business supervisor waives the deposit of a visit, with a reason (T01)."""

    __tablename__ = "deposit_waivers"
    __table_args__ = (
        Index(None, "visit_id"),
        CheckConstraint("length(reason) > 0", name="reason"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    amount: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="DepositWaiver.by_id")
