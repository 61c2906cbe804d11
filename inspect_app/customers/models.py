"""Customers and what they consented to."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.db import Base, Captured, SiteOwned


class Customer(SiteOwned, Base):
    """A customer of the site (D1; organisation and work address by 14.02)."""

    __tablename__ = "customers"
    __table_args__ = (
        Index(None, "site_id", "name"),  # board: found by name
        Index(None, "site_id", "phone_end"),  # board: found by the end of the phone number
    )

    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(40), default="")
    phone_end: Mapped[str] = mapped_column(String(4), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    organisation: Mapped[str] = mapped_column(String(160), default="")
    department: Mapped[str] = mapped_column(String(160), default="")
    work_address: Mapped[str] = mapped_column(String(300), default="")
    locale: Mapped[str] = mapped_column(String(5), default="en")
    version: Mapped[int] = mapped_column(default=1)


class Consent(SiteOwned, Captured, Base):
    """One answer to one question of consent. Append-only: the latest of a kind counts."""

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint("kind in ('data', 'contact', 'promotion')", name="kind"),
        Index(None, "customer_id", "kind", "captured_at"),
    )

    customer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("customers.id"))
    visit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("visits.id"))
    kind: Mapped[str] = mapped_column(String(10))
    given: Mapped[bool]
