"""Finding a car, and what earlier visits knew of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from inspect_app.belongings.models import Belonging
from inspect_app.db import db
from inspect_app.key_tags.models import KeyRegistration
from inspect_app.readings.models import Reading
from inspect_app.vehicles.models import Vehicle
from inspect_app.vehicles.rules import is_vin_kept, normalise_plate, normalise_vin
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import GONE_STATES, NEVER_HERE
from inspect_app.walkaround.models import KnownMark, Mark

RECENT = 8


@dataclass(frozen=True)
class KnownCar:
    """A car that was here before, with what the last visits left to be known of it.

    `running` is the visit for which it stands in the plant now; `keys` is (keys, remotes).
    """

    vehicle: Vehicle
    last_visit: Visit | None
    reading: Reading | None
    keys: tuple[int, int] | None
    belongings: Sequence[Belonging]
    mark_count: int

    @property
    def running(self) -> Visit | None:
        """The visit for which the car stands in the plant now."""
        last = self.last_visit
        return last if last is not None and last.state not in GONE_STATES else None


def vehicle_by_key(plate_key: str) -> Vehicle | None:
    """The car of this normalised plate."""
    return db.session.scalar(
        select(Vehicle).options(joinedload(Vehicle.customer)).where(Vehicle.plate_key == plate_key)
    )


def vehicle_by_vin(vin: str) -> Vehicle | None:
    """The car of this chassis number; one that is not registered yet comes last."""
    return db.session.scalar(
        select(Vehicle)
        .options(joinedload(Vehicle.customer))
        .where(Vehicle.vin == vin, Vehicle.vin != "")
        .order_by(Vehicle.plate == "")
        .limit(1)
    )


def vehicle_by_text(text: str) -> Vehicle | None:
    """The car that this plate or VIN names, however it is spaced."""
    key = normalise_plate(text)
    if not key:
        return None
    if (found := vehicle_by_key(key)) is not None:
        return found
    vin = normalise_vin(text)
    return vehicle_by_vin(vin) if is_vin_kept(vin) else None


def known_car(text: str) -> KnownCar | None:
    """What is known of the car that this plate or VIN names, in six statements at most."""
    vehicle = vehicle_by_text(text)
    if vehicle is None:
        return None
    last = db.session.scalar(
        select(Visit)
        .where(Visit.vehicle_id == vehicle.id, Visit.state.not_in(NEVER_HERE))
        .order_by(Visit.arrived_at.desc())
        .limit(1)
    )
    reading = db.session.scalar(
        select(Reading)
        .join(Visit, Visit.id == Reading.visit_id)
        .where(Visit.vehicle_id == vehicle.id, Reading.odometer.is_not(None))
        .order_by(Visit.arrived_at.desc())
        .limit(1)
    )
    return KnownCar(
        vehicle=vehicle,
        last_visit=last,
        reading=reading,
        keys=_keys_of(last),
        belongings=_things_of(last),
        mark_count=_marks_on(vehicle),
    )


def _keys_of(visit: Visit | None) -> tuple[int, int] | None:
    if visit is None:
        return None
    row = db.session.execute(
        select(KeyRegistration.keys_count, KeyRegistration.remotes_count)
        .where(KeyRegistration.visit_id == visit.id)
        .order_by(KeyRegistration.recorded_at.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None


def _things_of(visit: Visit | None) -> Sequence[Belonging]:
    if visit is None:
        return ()
    return db.session.scalars(
        select(Belonging)
        .where(Belonging.visit_id == visit.id, Belonging.removed_at.is_(None))
        .order_by(Belonging.recorded_at, Belonging.id)
        .limit(6)
    ).all()


def _marks_on(vehicle: Vehicle) -> int:
    gone = (
        select(KnownMark.id)
        .where(KnownMark.mark_id == Mark.id, KnownMark.still_there.is_(False))
        .exists()
    )
    count = select(func.count(Mark.id)).where(
        Mark.vehicle_id == vehicle.id, Mark.removed_at.is_(None), ~gone
    )
    return db.session.scalar(count) or 0


def recent_cars() -> Sequence[Vehicle]:
    """The cars that were here last and are gone, newest first: they come back soonest."""
    last: list[tuple[Vehicle, datetime]] = [
        (row[0], row[1])
        for row in db.session.execute(
            select(Vehicle, Visit.arrived_at)
            .join(Visit, Visit.vehicle_id == Vehicle.id)
            .where(Visit.state.in_(GONE_STATES - NEVER_HERE))
            .order_by(Visit.arrived_at.desc())
            .limit(RECENT * 2)
        )
    ]
    return list(dict.fromkeys(vehicle for vehicle, _arrived_at in last))[:RECENT]
