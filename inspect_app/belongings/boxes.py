"""Storage boxes: which one a car's things lie in, who sealed and who opened it (6.07, D10)."""

import logging
import uuid
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from inspect_app.belongings.actions import SCREEN, not_yours
from inspect_app.belongings.models import Box, BoxUse
from inspect_app.belongings.queries import free_box, open_use_of
from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid
from inspect_app.vehicles.models import Vehicle
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)


def seal_box(
    visit: Visit, number: str, *, row_id: uuid.UUID, by: uuid.UUID, at: datetime
) -> BoxUse:
    """The things of this visit lie in this box, sealed by this person; no number: the next free.

    Raises Invalid for a number that no box has and Conflict for a box that is in use.
    """
    box = _box(number)
    known = db.session.get(BoxUse, row_id)
    if known is not None and known.visit_id != visit.id:
        raise not_yours()
    if known is not None and known.opened_at is not None:
        return known
    use = known or open_use_of(visit.id)
    before = str(use.box_id) if use else None
    if use is not None and use.box_id == box.id:
        return use
    if use is not None and use.captured_at > at:
        note(visit.id, "box.superseded", by=by, at=at, screen=SCREEN, box=str(box.id))
        db.session.flush()
        return use
    _must_be_free(box, visit)
    try:
        with db.session.begin_nested():
            if use is None:
                use = BoxUse(id=row_id, visit_id=visit.id)
                db.session.add(use)
            use.box_id, use.sealed_by_id, use.sealed_at = box.id, by, at
            use.captured_at, use.by_id = at, by
    except IntegrityError:
        _must_be_free(box, visit)
        raise
    note(visit.id, "box.sealed", by=by, at=at, screen=SCREEN, box=str(box.id), before=before)
    db.session.flush()
    log.info("box sealed visit=%s box=%s", visit.id, box.id)
    return use


def open_box(visit: Visit, *, by: uuid.UUID, at: datetime) -> None:
    """The box is opened and free again; a visit without one stays as it is."""
    use = open_use_of(visit.id)
    if use is None:
        return
    use.opened_by_id, use.opened_at = by, at
    note(visit.id, "box.opened", by=by, at=at, screen=SCREEN, box=str(use.box_id))
    db.session.flush()
    log.info("box opened visit=%s box=%s", visit.id, use.box_id)


def _box(number: str) -> Box:
    if not number:
        box = free_box()
        problem = _l("Every box is in use. Open one first.")
    else:
        box = db.session.scalar(select(Box).where(Box.number == number))
        problem = _l("No box has this number. Read it again.")
    if box is None:
        raise Invalid({"box": problem})
    return box


def _must_be_free(box: Box, visit: Visit) -> None:
    """Raises Conflict that says whose things are in the box."""
    row = db.session.execute(
        select(Visit.number, Vehicle.plate, Vehicle.vin)
        .join(BoxUse, BoxUse.visit_id == Visit.id)
        .join(Vehicle, Vehicle.id == Visit.vehicle_id)
        .where(BoxUse.box_id == box.id, BoxUse.opened_at.is_(None), Visit.id != visit.id)
    ).first()
    if row is not None:
        raise Conflict(
            _l(
                "Box %(box)s holds the things of %(plate)s, visit %(number)s. Take another box.",
                box=box.number,
                plate=row.plate or row.vin,
                number=row.number,
            )
        )
