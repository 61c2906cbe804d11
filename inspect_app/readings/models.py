"""Odometer, fuel and charge at hand-in (6.09)."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.db import Base, Captured, SiteOwned


class Reading(SiteOwned, Captured, Base):
    """The readings of a visit. `odometer` is in `odometer_unit`; `odometer_km` is for comparing.

    Fuel is either eighths (0 = E, 8 = F) or percent, as the gauge was read.
    """

    __tablename__ = "readings"
    __table_args__ = (
        CheckConstraint("odometer between 0 and 2000000", name="odometer"),
        CheckConstraint("odometer_unit in ('km', 'mi')", name="odometer_unit"),
        CheckConstraint("fuel_eighths between 0 and 8", name="fuel_eighths"),
        CheckConstraint("fuel_percent between 0 and 100", name="fuel_percent"),
        CheckConstraint("charge_percent between 0 and 100", name="charge_percent"),
        CheckConstraint("range_km between 0 and 5000", name="range_km"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"), unique=True)
    odometer: Mapped[int | None]
    odometer_unit: Mapped[str] = mapped_column(String(2), default="km")
    odometer_km: Mapped[int | None]
    lower_reason: Mapped[str] = mapped_column(Text, default="")
    fuel_eighths: Mapped[int | None]
    fuel_percent: Mapped[int | None]
    charge_percent: Mapped[int | None]
    range_km: Mapped[int | None]
