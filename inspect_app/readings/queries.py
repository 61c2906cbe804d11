"""What the dashboard says now, and what it said last time."""

import uuid

from sqlalchemy import select

from inspect_app.db import db
from inspect_app.readings.models import Reading
from inspect_app.visits.models import Visit


def reading_of(visit_id: uuid.UUID) -> Reading | None:
    """The readings of this visit."""
    return db.session.scalar(select(Reading).where(Reading.visit_id == visit_id))


def last_reading(visit: Visit) -> Reading | None:
    """The last odometer figure of the same car before this visit."""
    return db.session.scalar(
        select(Reading)
        .join(Visit, Visit.id == Reading.visit_id)
        .where(
            Visit.vehicle_id == visit.vehicle_id,
            Visit.arrived_at < visit.arrived_at,
            Reading.odometer.is_not(None),
        )
        .order_by(Visit.arrived_at.desc())
        .limit(1)
    )
