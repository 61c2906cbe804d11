"""Receiving a car in the bay: the car, the customer, the visit and the order's head in one act."""

import uuid
from datetime import datetime

from flask_babel import lazy_gettext

from inspect_app.appointments.actions import come
from inspect_app.appointments.queries import expected_today
from inspect_app.customers.actions import answer_consents, remember_customer
from inspect_app.customers.models import Customer
from inspect_app.db import db
from inspect_app.errors import Conflict
from inspect_app.vehicles.actions import remember_vehicle, vehicle_of
from inspect_app.visits.actions import open_visit
from inspect_app.visits.forms import Arrival
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import open_visit_of_vehicle


class AlreadyHere(Conflict):
    """The car stands in the plant for another visit."""

    def __init__(self, plate: str, visit: Visit) -> None:
        super().__init__(
            lazy_gettext(
                "%(plate)s is already here: visit %(number)s. Open it instead.",
                plate=plate,
                number=visit.number,
            )
        )
        self.visit_id = visit.id


def receive(arrival: Arrival, *, by: uuid.UUID, at: datetime) -> Visit:
    """T04 with all that was asked. The same visit id again is the same arrival. A car with an
    appointment today comes to it.

    Raises AlreadyHere where the car is in the plant: two visits of one car would part its key, its
    marks and its signatures.
    """
    if (known := db.session.get(Visit, arrival.visit.visit_id)) is not None:
        return known
    known_car = vehicle_of(arrival.vehicle)
    if known_car is not None and (running := open_visit_of_vehicle(known_car.id)) is not None:
        raise AlreadyHere(known_car.plate or known_car.vin, running)
    vehicle = remember_vehicle(arrival.vehicle)
    expected = expected_today(vehicle.id, at)
    customer = None
    if arrival.customer is not None:
        customer = remember_customer(arrival.customer, arrival.known_customer_id)
        vehicle.customer_id = customer.id
    if expected is not None:
        return _come(expected.visit, arrival, customer, by=by, at=at)
    visit = open_visit(
        arrival.visit,
        vehicle_id=vehicle.id,
        customer_id=customer.id if customer else None,
        returning=known_car is not None or arrival.known_customer_id is not None,
        by=by,
        at=at,
    )
    _note_consents(visit, arrival, customer, by=by, at=at)
    return visit


def _come(
    visit: Visit, arrival: Arrival, customer: Customer | None, *, by: uuid.UUID, at: datetime
) -> Visit:
    """The car is expected today: its appointment becomes the arrival, with what was asked here."""
    come(visit, arrival.visit.bay, by=by, at=at)
    said = arrival.visit
    visit.purpose, visit.customer_locale = said.purpose, said.customer_locale
    visit.bringer_name, visit.bringer_phone = said.bringer_name, said.bringer_phone
    visit.bringer_relation = said.bringer_relation
    visit.greeted_at = at if said.greeted else None
    visit.how_we_work_shown_at = at if said.how_we_work_shown else None
    if customer is not None:
        visit.customer_id = customer.id
    _note_consents(visit, arrival, customer, by=by, at=at)
    return visit


def _note_consents(
    visit: Visit, arrival: Arrival, customer: Customer | None, *, by: uuid.UUID, at: datetime
) -> None:
    if customer is not None and arrival.customer is not None:
        answer_consents(customer.id, visit.id, arrival.customer.consents, by=by, at=at)
