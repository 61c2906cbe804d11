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


def vehicle_of(draft: VehicleDraft) -> Vehicle | None:
    """The known car that the draft means: by its plate, else by its VIN where one of the two has no
    plate. A VIN under two plates is left to people: plates move, and numbers are mistyped."""
    found = queries.vehicle_by_key(draft.plate_key)
    if found is not None or not draft.vin:
        return found
    same_vin = queries.vehicle_by_vin(draft.vin)
    return same_vin if same_vin and not (draft.plate and same_vin.plate) else None


def remember_vehicle(draft: VehicleDraft) -> Vehicle:
    """The car of this plate or VIN, with what is newly known of it; a new one where it is new.

    What was not asked stays as it was known.
    """
    vehicle = vehicle_of(draft)
    if vehicle is None:
        vehicle = Vehicle(id=draft.id, plate_key=draft.plate_key, version=0)
        db.session.add(vehicle)
    if draft.plate:
        vehicle.plate, vehicle.plate_key = draft.plate, draft.plate_key
    for field in ("vin", "make", "model", "body_type", "powertrain", "engine_number", "colour"):
        if said := getattr(draft, field):
            setattr(vehicle, field, said)
    if draft.first_registered_on is not None:
        vehicle.first_registered_on = draft.first_registered_on
    vehicle.version += 1
    db.session.flush()
    log.info("vehicle remembered vehicle=%s", vehicle.id)
    return vehicle
