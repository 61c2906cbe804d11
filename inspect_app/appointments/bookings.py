"""Booking a car by phone or at the counter: car, customer, visit, order and time in one act."""

import uuid
from datetime import datetime

from sqlalchemy import select

from inspect_app.appointments.actions import Time, confirm, hold
from inspect_app.appointments.models import Appointment
from inspect_app.appointments.parts import save_part
from inspect_app.appointments.queries import appointment_of
from inspect_app.customers.actions import CustomerDraft, remember_customer
from inspect_app.db import db
from inspect_app.orders.actions import save_head
from inspect_app.orders.line_actions import save_line
from inspect_app.orders.models import Order
from inspect_app.vehicles.actions import VehicleDraft, remember_vehicle, vehicle_of
from inspect_app.visits.actions import ArrivalDraft, open_visit
from inspect_app.visits.models import Visit


def book(
    appointment_id: uuid.UUID,
    arrival: ArrivalDraft,
    vehicle_draft: VehicleDraft,
    customer_draft: CustomerDraft,
    time: Time,
    *,
    known_customer_id: uuid.UUID | None,
    work: tuple[str, ...],
    diagnosis_first: bool,
    words: str,
    proposed_by: str,
    odometer: int | None,
    part: tuple[str, int] | None,
    by: uuid.UUID,
    at: datetime,
) -> Appointment:
    """16.01, 16.02, T01. The same id again is the same appointment. It stays only held, and its
    visit nowhere, while something of T01 is missing (`missing_of`)."""
    if db.session.get(Appointment, appointment_id) is not None:
        return appointment_of(arrival.visit_id)
    is_known = vehicle_of(vehicle_draft) is not None
    vehicle = remember_vehicle(vehicle_draft)
    customer = remember_customer(customer_draft, known_customer_id)
    vehicle.customer_id = customer.id
    visit = open_visit(
        arrival, vehicle_id=vehicle.id, customer_id=customer.id,
        returning=is_known or known_customer_id is not None, by=by, at=at,
        agreed_at=time.starts_at,
    )  # fmt: skip
    _order(visit, words, diagnosis_first, work, by=by, at=at)
    hold(visit, appointment_id, time, by=by, at=at, proposed_by=proposed_by, odometer=odometer)
    if part is not None:
        save_part(visit, uuid.uuid4(), *part, "needed", None, by=by, at=at)
    confirm(visit, by=by, at=at)
    return appointment_of(visit.id)


def _order(
    visit: Visit,
    words: str,
    diagnosis_first: bool,
    work: tuple[str, ...],
    *,
    by: uuid.UUID,
    at: datetime,
) -> None:
    order = db.session.scalars(select(Order).where(Order.visit_id == visit.id)).one()
    head = {"customer_words": words, "diagnosis_first": diagnosis_first}
    save_head(order, head, version=order.version, by=by, at=at)
    for line in work:
        save_line(order, uuid.uuid4(), {"description": line}, by=by, at=at)
