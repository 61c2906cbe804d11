"""Reading visits: for capture, for the board, for their record."""

import uuid

from flask_babel import lazy_gettext
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from inspect_app.db import db
from inspect_app.errors import Conflict, NotFound, Sealed
from inspect_app.key_tags.models import KeyRegistration, KeyTag
from inspect_app.orders.models import Order
from inspect_app.vehicles.models import Vehicle
from inspect_app.vehicles.rules import normalise_plate
from inspect_app.visits.models import Visit, VisitEvent
from inspect_app.visits.rules import CAPTURE_STATES, GONE_STATES, NEVER_HERE, may_capture


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


def refuse_sealed(visit: Visit) -> None:
    """Raises Sealed where the check-in of this visit is complete, Conflict where the car has not
    come."""
    if visit.state in NEVER_HERE:
        raise Conflict(lazy_gettext("This car has not arrived yet. Take it in first."))
    if not may_capture(visit.state):
        raise Sealed(
            lazy_gettext(
                "The customer has signed this check-in. Nothing in it changes any more; "
                "add a correction with a reason on the visit's page."
            )
        )


def visit_for_capture(visit_id: uuid.UUID) -> Visit:
    """The visit, if captures may still be entered. Raises Sealed once the check-in is complete."""
    visit = visit_of(visit_id)
    refuse_sealed(visit)
    return visit


def open_visit_of_vehicle(vehicle_id: uuid.UUID) -> Visit | None:
    """The visit for which this car is in the plant now."""
    return db.session.scalar(
        select(Visit)
        .where(Visit.vehicle_id == vehicle_id, Visit.state.not_in(GONE_STATES))
        .order_by(Visit.arrived_at.desc())
        .limit(1)
    )


def bays_in_use() -> set[str]:
    """The bays in which a car is being received now."""
    return set(
        db.session.scalars(select(Visit.bay).where(Visit.state.in_(CAPTURE_STATES)).distinct())
    )


def visit_by_code(text: str) -> uuid.UUID | None:
    """The visit that a key tag's number, a visit's or order's number, or a plate names."""
    number = text.upper()
    tag = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else -1
    return db.session.scalar(
        select(Visit.id)
        .join(Vehicle, Vehicle.id == Visit.vehicle_id)
        .join(Order, Order.visit_id == Visit.id)
        .outerjoin(
            KeyRegistration,
            and_(KeyRegistration.visit_id == Visit.id, KeyRegistration.released_at.is_(None)),
        )
        .outerjoin(KeyTag, KeyTag.id == KeyRegistration.tag_id)
        .where(
            or_(
                Visit.number == number,
                Order.number == number,
                Vehicle.plate_key == normalise_plate(text),
                KeyTag.number == tag,
            )
        )
        .order_by(
            (KeyTag.number == tag).desc().nulls_last(),
            Visit.state.in_(NEVER_HERE),
            Visit.arrived_at.desc(),
        )
        .limit(1)
    )


def events_of(visit_id: uuid.UUID) -> list[VisitEvent]:
    """The visit's story in the order it was captured, with names."""
    return list(
        db.session.scalars(
            select(VisitEvent)
            .options(joinedload(VisitEvent.by))
            .where(VisitEvent.visit_id == visit_id)
            .order_by(VisitEvent.captured_at, VisitEvent.recorded_at, VisitEvent.id)
        )
    )
