"""Remembering a car."""

import logging
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from inspect_app.db import db
from inspect_app.vehicles import queries
from inspect_app.vehicles.models import Vehicle

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class VehicleDraft:
    """What was said of a car at arrival. Empty text or None: not asked."""

    id: UUID
    plate: str
    plate_key: str
    vin: str = ""
    make: str = ""
    model: str = ""
    body_type: str = ""
    powertrain: str = ""
    engine_number: str = ""
    colour: str = ""
    first_registered_on: date | None = None


def remember_vehicle(draft: VehicleDraft) -> Vehicle:
    """The car of this plate, with what is newly known of it; a new one where the plate is new.

    What was not asked stays as it was known.
    """
    vehicle = queries.vehicle_by_key(draft.plate_key)
    if vehicle is None:
        vehicle = Vehicle(id=draft.id, plate_key=draft.plate_key, version=0)
        db.session.add(vehicle)
    vehicle.plate = draft.plate or vehicle.plate or ""
    for field in ("vin", "make", "model", "body_type", "powertrain", "engine_number", "colour"):
        if said := getattr(draft, field):
            setattr(vehicle, field, said)
    if draft.first_registered_on is not None:
        vehicle.first_registered_on = draft.first_registered_on
    vehicle.version += 1
    db.session.flush()
    log.info("vehicle remembered vehicle=%s", vehicle.id)
    return vehicle
