"""What a tablet is given while it is online: the rows with which it can go on alone.

Nothing that the person may not see leaves the shop: whoever does not take cars in gets no rows.
"""

import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from flask import url_for
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from inspect_app.appointments.models import Appointment
from inspect_app.belongings.models import Belonging, Box, BoxUse, Count
from inspect_app.customers.models import Customer
from inspect_app.db import Base, db
from inspect_app.diagnosis.models import Diagnosis
from inspect_app.key_tags.models import Cabinet, KeyMovement, KeyRegistration, KeyTag, Slot
from inspect_app.orders.models import Order, OrderLine, OrderPart
from inspect_app.papers.models import Paper
from inspect_app.photos.models import Annotation, Photo
from inspect_app.price_list.models import LabourRate, PriceItem
from inspect_app.promises.models import Absence, Promise
from inspect_app.readings.models import Reading
from inspect_app.reservations.models import Reservation
from inspect_app.sheets.actions import token_of_link
from inspect_app.sheets.queries import qr_address
from inspect_app.signatures.models import Seal, SealPhoto, Signature
from inspect_app.sites.models import Bay, Site
from inspect_app.staff.models import Person, PersonRole
from inspect_app.vehicles.models import Vehicle
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import CAPTURE_STATES, GONE_STATES, NEVER_HERE
from inspect_app.walkaround.models import Check, KnownMark, Mark, MarkView, Walkaround
from inspect_app.workshop.models import Assignment, Team, TeamMember

KNOWN_FOR = timedelta(days=180)
EXPECTED_FOR = timedelta(days=14)
A_DAY = timedelta(days=1)
MOST_CARS = 300
"""The cars that were here last; each takes about a kilobyte of the tablet."""
NEVER_GIVEN = frozenset({"pin_hash", "document"})
OF_THE_SHOP: tuple[Any, ...] = (
    Bay,
    Cabinet,
    Slot,
    KeyTag,
    Box,
    Team,
    TeamMember,
    Absence,
    Reservation,
    PriceItem,
    LabourRate,
)
OF_A_VISIT: tuple[Any, ...] = (
    Walkaround,
    Check,
    Photo,
    Paper,
    Belonging,
    Count,
    Reading,
    MarkView,
    KnownMark,
    Seal,
    Signature,
    Promise,
    Diagnosis,
)
"""What is captured in a visit and goes by its id."""

Rows = dict[str, list[dict[str, Any]]]


def rows_for_reception(site_id: uuid.UUID, now: datetime) -> Rows:
    """Rows by table, each once: the shop itself, every car in the plant, all of the check-ins that
    are under way, and what the last visits knew of the cars that were here in the last months."""
    found = _Found()
    found.add(Site, Site.id == site_id)
    for table in OF_THE_SHOP:
        found.add(table)
    found.add(Person, Person.left_on.is_(None))
    people = [row["id"] for row in found.rows["Person"]]
    found.add(PersonRole, PersonRole.person_id.in_(people))
    lately = _last_visits(now)
    found.add(Appointment, Appointment.starts_at.between(now - A_DAY, now + EXPECTED_FOR))
    booked = [row["visit_id"] for row in found.rows["Appointment"]]
    wanted = Visit.id.in_([*lately, *booked])
    found.add(Visit, or_(Visit.state.not_in(GONE_STATES), wanted))
    visits = found.rows["Visit"]
    here = [v["id"] for v in visits if v["state"] not in GONE_STATES]
    cars = list({v["vehicle_id"] for v in visits})
    found.add(Vehicle, Vehicle.id.in_(cars))
    customers = {v["customer_id"] for v in (*visits, *found.rows["Vehicle"])} - {None}
    found.add(Customer, Customer.id.in_(customers))
    found.add(Order, Order.visit_id.in_([*here, *booked]))
    found.add(KeyRegistration, KeyRegistration.visit_id.in_([*here, *lately]))
    held = [row["id"] for row in found.rows["KeyRegistration"] if row["released_at"] is None]
    found.add(KeyMovement, KeyMovement.registration_id.in_(held))
    found.add(Assignment, Assignment.ended_at.is_(None))
    found.add(BoxUse, BoxUse.opened_at.is_(None))
    found.add(Mark, Mark.vehicle_id.in_(cars), Mark.removed_at.is_(None))
    # A mark counts as known where the visit that noted it is there too, however long ago it was.
    found.add(Visit, Visit.id.in_([row["visit_id"] for row in found.rows["Mark"]]))
    found.add(KnownMark, KnownMark.still_there.is_(False))
    found.add(Belonging, Belonging.visit_id.in_(lately))
    found.add(Reading, Reading.visit_id.in_(lately))
    taken_in = [v["id"] for v in visits if v["state"] in CAPTURE_STATES]
    _check_ins(found, taken_in)
    return found.rows


def _check_ins(found: "_Found", visits: list[Any]) -> None:
    orders = [row["id"] for row in found.rows["Order"]]
    found.add(OrderLine, OrderLine.order_id.in_(orders))
    lines = [row["id"] for row in found.rows["OrderLine"]]
    found.add(OrderPart, OrderPart.line_id.in_(lines))
    for table in OF_A_VISIT:
        found.add(table, table.visit_id.in_(visits))
    photos = [row["id"] for row in found.rows["Photo"]]
    found.add(Annotation, Annotation.photo_id.in_(photos))
    seals = [row["id"] for row in found.rows["Seal"]]
    found.add(SealPhoto, SealPhoto.seal_id.in_(seals))


def _last_visits(now: datetime) -> list[uuid.UUID]:
    """The last visits of each car that was here in the last months, the newest cars first: of a car
    that is here now the one before tells what was known of it."""
    rows = db.session.execute(
        select(Visit.vehicle_id, Visit.id)
        .where(Visit.arrived_at > now - KNOWN_FOR, Visit.state.not_in(NEVER_HERE))
        .order_by(Visit.arrived_at.desc())
        .limit(MOST_CARS * 4)
    )
    last: dict[uuid.UUID, list[uuid.UUID]] = {}
    for vehicle_id, visit_id in rows:
        last.setdefault(vehicle_id, []).append(visit_id)
    return [one for ids in list(last.values())[:MOST_CARS] for one in ids[:2]]


class _Found:
    """Rows by table, each once."""

    def __init__(self) -> None:
        self.rows: Rows = {}
        self._known: set[tuple[str, Any]] = set()

    def add(self, table: type[Base], *where: ColumnElement[bool]) -> None:
        """The rows of a table in which all of this holds."""
        rows = self.rows.setdefault(table.__name__, [])
        columns = list(_columns(table))
        for row in db.session.execute(select(*columns).where(*where)).mappings():
            if (table.__name__, row["id"]) not in self._known:
                self._known.add((table.__name__, row["id"]))
                rows.append(dict(row))


def _columns(table: type[Base]) -> Iterator[InstrumentedAttribute[Any]]:
    for attribute in table.__mapper__.column_attrs:
        if attribute.key not in NEVER_GIVEN:
            yield getattr(table, attribute.key)


def plain(rows: Rows) -> dict[str, list[list[Any]]]:
    """As JSON takes it: each table as its column names and then its rows, values alone."""
    return {name: list(_lists(found)) for name, found in rows.items() if found}


def _lists(rows: list[dict[str, Any]]) -> Iterator[list[Any]]:
    names = list(rows[0])
    yield names
    for row in rows:
        yield list(_values(row[name] for name in names))


def _values(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, datetime | date):
            yield value.isoformat()
        else:
            yield str(value) if isinstance(value, uuid.UUID) else value


RESERVED_LINKS = 4
"""Links to the sheet that a tablet may give while it is out of reach."""


def links_for(host_url: str) -> list[dict[str, str]]:
    """Links with their codes, made beforehand: their rows are made when the seals come."""
    found = []
    for _ in range(RESERVED_LINKS):
        link_id = uuid.uuid4()
        token = token_of_link(link_id)
        address = urljoin(host_url, url_for("sheets.copy", token=token))
        found.append({"id": str(link_id), "token": token, "code": qr_address(address)})
    return found
