"""Cars, known to a site by their plate."""

import uuid
from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.customers.models import Customer
from inspect_app.db import Base, SiteOwned


class Vehicle(SiteOwned, Base):
    """A car. `plate_key` is the plate as `vehicles/rules.py` normalises it; a car that is not
    registered yet goes by its VIN, and its key is `VIN:` and the VIN."""

    __tablename__ = "vehicles"
    __table_args__ = (
        UniqueConstraint("site_id", "plate_key"),
        Index(None, "site_id", "vin"),
        Index(None, "customer_id"),
    )

    plate: Mapped[str] = mapped_column(String(24), default="")
    plate_key: Mapped[str] = mapped_column(String(24))
    vin: Mapped[str] = mapped_column(String(17), default="")
    make: Mapped[str] = mapped_column(String(60), default="")
    model: Mapped[str] = mapped_column(String(80), default="")
    body_type: Mapped[str] = mapped_column(String(10), default="saloon")
    powertrain: Mapped[str] = mapped_column(String(10), default="petrol")
    engine_number: Mapped[str] = mapped_column(String(40), default="")
    colour: Mapped[str] = mapped_column(String(40), default="")
    first_registered_on: Mapped[date | None]
    customer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("customers.id"))
    version: Mapped[int] = mapped_column(default=1)

    customer: Mapped[Customer | None] = relationship(lazy="raise")
