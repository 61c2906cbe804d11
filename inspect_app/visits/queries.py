"""Reading visits: for capture, for the board, for their record."""

import uuid

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inspect_app.db import db
from inspect_app.errors import NotFound, Sealed
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import GONE_STATES, may_capture


def visit_of(visit_id: uuid.UUID) -> Visit:
    """The visit with car, customer and receptionist. Raises NotFound, also for another site's."""
    visit = db.session.scalar(
        select(Visit)
        .options(
            joinedload(Visit.vehicle), joinedload(Visit.customer), joinedload(Visit.received_by)
        )
        .where(Visit.id == visit_id)
    )
    if visit is None:
        raise NotFound
    return visit


def visit_for_capture(visit_id: uuid.UUID) -> Visit:
    """The visit, if captures may still be entered. Raises Sealed once the check-in is complete."""
    visit = visit_of(visit_id)
    if not may_capture(visit.state):
        raise Sealed(
            lazy_gettext(
                "The customer has signed this check-in. Nothing in it changes any more; "
                "add a correction with a reason on the visit's page."
            )
        )
    return visit


def open_visit_of_vehicle(vehicle_id: uuid.UUID) -> Visit | None:
    """The visit for which this car is in the plant now."""
    return db.session.scalar(
        select(Visit)
        .where(Visit.vehicle_id == vehicle_id, Visit.state.not_in(GONE_STATES))
        .order_by(Visit.arrived_at.desc())
        .limit(1)
    )
