"""Keeping the readings of a visit."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from inspect_app.db import db
from inspect_app.errors import Conflict
from inspect_app.readings.models import Reading
from inspect_app.readings.queries import reading_of
from inspect_app.readings.rules import to_km
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)
SCREEN = "readings"


@dataclass(frozen=True)
class ReadingDraft:
    """The dashboard as it was read; None for what was not. Fuel is in eighths or in percent."""

    id: uuid.UUID
    odometer: int | None = None
    odometer_unit: str = "km"
    lower_reason: str = ""
    fuel_eighths: int | None = None
    fuel_percent: int | None = None
    charge_percent: int | None = None
    range_km: int | None = None

    def levels(self) -> dict[str, int | None]:
        """The figures alone, as the history keeps them."""
        names = ("odometer", "fuel_eighths", "fuel_percent", "charge_percent", "range_km")
        return {name: getattr(self, name) for name in names}


def save_reading(
    visit: Visit, draft: ReadingDraft, *, by: uuid.UUID, at: datetime
) -> Reading | None:
    """One set of readings per visit; of two entries the later one counts.

    Returns None where a later one stands. Raises Conflict for an id of another visit.
    """
    known = db.session.get(Reading, draft.id)
    if known is not None and known.visit_id != visit.id:
        raise Conflict(_l("This entry belongs to something else. Open the page again and repeat."))
    reading = known or reading_of(visit.id)
    facts = {**draft.levels(), "odometer_unit": draft.odometer_unit}
    if reading is not None and reading.captured_at > at:
        note(visit.id, "reading.superseded", by=by, at=at, screen=SCREEN, **facts)
        return None
    before = None
    if reading is None:
        reading = Reading(id=draft.id, visit_id=visit.id)
        db.session.add(reading)
    else:
        before = {name: getattr(reading, name) for name in facts}
    for name, value in facts.items():
        setattr(reading, name, value)
    odometer, unit = draft.odometer, draft.odometer_unit
    reading.odometer_km = None if odometer is None else to_km(odometer, unit)
    reading.lower_reason = draft.lower_reason
    reading.captured_at, reading.by_id = at, by
    kind = "reading.entered" if before is None else "reading.changed"
    note(visit.id, kind, by=by, at=at, screen=SCREEN, before=before, **facts)
    db.session.flush()
    log.info("reading kept visit=%s reading=%s", visit.id, reading.id)
    return reading
