"""Visits (one stay of one car), their history, and corrections of what was signed."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.customers.models import Customer
from inspect_app.db import Base, Captured, SiteOwned
from inspect_app.staff.models import Person
from inspect_app.vehicles.models import Vehicle


class Visit(SiteOwned, Base):
    """One stay of one car, from its appointment on where it has one. `state` is for lists;
    `VisitEvent` says who, when and why.

    Of a visit that is only booked, `arrived_at` is the agreed time and `received_by_id` who took
    the booking; T04 writes both anew. Queries that look for earlier stays leave out `NEVER_HERE`.
    """

    __tablename__ = "visits"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        Index(None, "site_id", "state", "arrived_at"),  # board: lanes
        Index(None, "site_id", "arrived_at"),  # take in: cars that were here last
        Index(None, "vehicle_id", "arrived_at"),  # what the last visit knew
        Index(None, "customer_id"),
    )

    number: Mapped[str] = mapped_column(String(20))
    vehicle_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("vehicles.id"))
    customer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("customers.id"))
    state: Mapped[str] = mapped_column(String(20))
    state_since: Mapped[datetime]
    purpose: Mapped[str] = mapped_column(String(20))
    bay: Mapped[str] = mapped_column(String(40), default="")
    arrived_at: Mapped[datetime]
    greeted_at: Mapped[datetime | None]
    received_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    returning_customer: Mapped[bool] = mapped_column(default=False)
    how_we_work_shown_at: Mapped[datetime | None]
    bringer_name: Mapped[str] = mapped_column(String(120), default="")
    bringer_relation: Mapped[str] = mapped_column(String(20), default="owner")
    bringer_phone: Mapped[str] = mapped_column(String(40), default="")
    customer_locale: Mapped[str] = mapped_column(String(5), default="en")
    told_complete_at: Mapped[datetime | None]
    customer_waits: Mapped[bool | None]
    version: Mapped[int] = mapped_column(default=1)

    vehicle: Mapped[Vehicle] = relationship(lazy="raise")
    customer: Mapped[Customer | None] = relationship(lazy="raise")
    received_by: Mapped[Person] = relationship(lazy="raise")


class VisitEvent(SiteOwned, Captured, Base):
    """One line of the history, append-only. `transition`: T01–T42 where the state changed.

    `tablet_clock` is what the tablet's own clock said, as it was sent, `clock_offset_ms` what it
    had measured to be off: `captured_at` is both together, `recorded_at` the server's time.
    """

    __tablename__ = "visit_events"
    __table_args__ = (Index(None, "visit_id", "recorded_at"),)

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    kind: Mapped[str] = mapped_column(String(40))
    transition: Mapped[str | None] = mapped_column(String(3))
    from_state: Mapped[str | None] = mapped_column(String(20))
    to_state: Mapped[str | None] = mapped_column(String(20))
    screen: Mapped[str] = mapped_column(String(40), default="")
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    tablet_clock: Mapped[str] = mapped_column(String(40), default="")
    clock_offset_ms: Mapped[int] = mapped_column(default=0)

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="VisitEvent.by_id")


class Correction(SiteOwned, Captured, Base):
    """What is right instead of something that was signed. The signed row stays as it was."""

    __tablename__ = "corrections"
    __table_args__ = (
        Index(None, "visit_id"),
        CheckConstraint("length(reason) > 0", name="reason"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[uuid.UUID | None]
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="Correction.by_id")
