"""People, their roles and PINs, the tablets, and who is signed in where."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, SiteOwned, now


class Person(SiteOwned, Base):
    """One of the staff. `pin_hash` is argon2 over the PIN keyed with the shop's secret."""

    __tablename__ = "people"
    __table_args__ = (
        UniqueConstraint("site_id", "name"),
        CheckConstraint("hand in ('right', 'left')", name="hand"),
    )

    name: Mapped[str] = mapped_column(String(80))
    pin_hash: Mapped[str] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(5), default="en")
    hand: Mapped[str] = mapped_column(String(5), default="right")
    left_on: Mapped[datetime | None]

    roles: Mapped[list["PersonRole"]] = relationship(lazy="raise", order_by="PersonRole.role")


class PersonRole(Base):
    """A role that a person holds."""

    __tablename__ = "person_roles"
    __table_args__ = (UniqueConstraint("person_id", "role"),)

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(30))


class Tablet(SiteOwned, Base):
    """A device that has been used at this site; known by its cookie."""

    __tablename__ = "tablets"

    name: Mapped[str] = mapped_column(String(80), default="")
    first_seen_at: Mapped[datetime] = mapped_column(default=now)


class SignIn(SiteOwned, Base):
    """Who is signed in where. `customer_visit_id` is set while a customer holds the tablet, since
    `handed_over_at`, with what is signed in that sitting (signatures/sittings.py)."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index(None, "tablet_id", "ended_at"),)

    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    tablet_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("tablets.id"))
    started_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    customer_visit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("visits.id"))
    customer_sitting: Mapped[str] = mapped_column(String(20), default="")
    customer_subject_id: Mapped[uuid.UUID | None]
    handed_over_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")


class WrongPins(SiteOwned, Base):
    """Wrong PINs in a row: of a person (any tablet), and on a tablet (any person)."""

    __tablename__ = "wrong_pins"
    __table_args__ = (UniqueConstraint("site_id", "subject"),)

    subject: Mapped[str] = mapped_column(String(50))
    failures: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
