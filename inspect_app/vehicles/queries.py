"""Finding a car, and what earlier visits knew of it."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inspect_app.db import db
from inspect_app.vehicles.models import Vehicle
from inspect_app.vehicles.rules import normalise_plate


def vehicle_by_key(plate_key: str) -> Vehicle | None:
    """The car of this normalised plate."""
    return db.session.scalar(
        select(Vehicle).options(joinedload(Vehicle.customer)).where(Vehicle.plate_key == plate_key)
    )


def vehicle_by_text(text: str) -> Vehicle | None:
    """The car that this plate or VIN names, however it is spaced."""
    key = normalise_plate(text)
    if not key:
        return None
    return db.session.scalar(
        select(Vehicle)
        .options(joinedload(Vehicle.customer))
        .where((Vehicle.plate_key == key) | ((Vehicle.vin == key) & (Vehicle.vin != "")))
        .limit(1)
    )
