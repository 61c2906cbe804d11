"""Who asks, and orders as other systems read them."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from inspect_app.db import any_site, bind_site, db
from inspect_app.errors import NotFound
from inspect_app.exchange import rules
from inspect_app.exchange.models import ApiAnswer, ApiToken, ExternalOrder
from inspect_app.key_tags.models import KeyRegistration, KeyTag
from inspect_app.orders.models import Order, OrderLine
from inspect_app.readings.models import Reading
from inspect_app.sites.models import Site
from inspect_app.sites.queries import site_rules
from inspect_app.vehicles.models import Vehicle
from inspect_app.vehicles.rules import normalise_plate
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import GONE_STATES


def token_sha256(token: str) -> str:
    """Only the hash of a token lies in the database."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_shown(header: str) -> ApiToken | None:
    """The token of an Authorization header, if it lives; binds the session to its site."""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        return None
    with any_site():
        row = db.session.execute(
            select(ApiToken, Site)
            .join(Site, Site.id == ApiToken.site_id)
            .where(ApiToken.token_sha256 == token_sha256(token.strip()))
            .where(ApiToken.ended_at.is_(None))
        ).first()
    if row is None:
        return None
    bind_site(row[1].id)
    g.timezone, g.currency, g.site_row = row[1].timezone, row[1].currency, row[1]
    return row[0]


def tokens() -> Sequence[ApiToken]:
    """All tokens of the site, those that live first."""
    return db.session.scalars(
        select(ApiToken).order_by(ApiToken.ended_at.is_not(None), ApiToken.captured_at.desc())
    ).all()


def answer_before(token_id: uuid.UUID, key: str) -> ApiAnswer | None:
    """What this token was answered to this key."""
    return db.session.scalar(
        select(ApiAnswer).where(ApiAnswer.token_id == token_id, ApiAnswer.key == key)
    )


def external_of_visit(visit_id: uuid.UUID) -> ExternalOrder | None:
    """The other system's order that belongs to this visit."""
    return db.session.scalar(
        select(ExternalOrder)
        .where(ExternalOrder.visit_id == visit_id)
        .order_by(ExternalOrder.captured_at.desc())
        .limit(1)
    )


def external_waiting(visit: Visit) -> Sequence[ExternalOrder]:
    """What was pushed for this car and belongs to no visit yet."""
    return db.session.scalars(
        select(ExternalOrder)
        .where(
            ExternalOrder.visit_id.is_(None),
            ExternalOrder.plate_key != "",
            ExternalOrder.plate_key == visit.vehicle.plate_key,
        )
        .order_by(ExternalOrder.captured_at)
    ).all()


def external_by_number(number: str) -> ExternalOrder | None:
    """The other system's order with this number."""
    return db.session.scalar(select(ExternalOrder).where(ExternalOrder.number == number))


def open_visit_with_plate(plate_key: str) -> Visit | None:
    """The visit for which a car with this plate is here."""
    return db.session.scalar(
        select(Visit)
        .join(Vehicle, Vehicle.id == Visit.vehicle_id)
        .where(Vehicle.plate_key == plate_key, Visit.state.not_in(GONE_STATES))
        .order_by(Visit.arrived_at.desc())
        .limit(1)
    )


@dataclass(frozen=True)
class Asked:
    """Which orders: by status, by plate, so many, older than this order's number."""

    status: str = ""
    plate: str = ""
    limit: int = 50
    after: str = ""


_ORDER = (
    select(Order, Visit, Reading, KeyTag.number, ExternalOrder.number)
    .join(Visit, Visit.id == Order.visit_id)
    .outerjoin(Reading, Reading.visit_id == Visit.id)
    .outerjoin(
        KeyRegistration,
        and_(KeyRegistration.visit_id == Visit.id, KeyRegistration.released_at.is_(None)),
    )
    .outerjoin(KeyTag, KeyTag.id == KeyRegistration.tag_id)
    .outerjoin(ExternalOrder, ExternalOrder.visit_id == Visit.id)
    .options(joinedload(Visit.vehicle), joinedload(Visit.customer), joinedload(Visit.received_by))
)


def orders_asked(asked: Asked) -> tuple[list[dict[str, Any]], str | None]:
    """Orders, the newest first, and the number to go on after; None at the end."""
    query = _ORDER.order_by(Visit.arrived_at.desc(), Order.number.desc()).limit(asked.limit + 1)
    if asked.status:
        states = [state for state, name in rules.STATUS_OF.items() if name == asked.status]
        query = query.where(Visit.state.in_(states))
    if asked.plate:
        plates = select(Vehicle.id).where(Vehicle.plate_key == normalise_plate(asked.plate))
        query = query.where(Visit.vehicle_id.in_(plates))
    if asked.after and (last := _arrival_of(asked.after)) is not None:
        query = query.where(
            or_(
                Visit.arrived_at < last,
                and_(Visit.arrived_at == last, Order.number < asked.after),
            )
        )
    rows = list({row[0].id: row for row in db.session.execute(query).all()}.values())
    shown = rows[: asked.limit]
    lines = _lines_of([row[0].id for row in shown])
    found = [_as_json(row, lines.get(row[0].id, [])) for row in shown]
    return found, (shown[-1][0].number if len(rows) > asked.limit else None)


def order_by_number(number: str) -> dict[str, Any]:
    """One order, by our number or by the other system's. Raises NotFound."""
    row = db.session.execute(
        _ORDER.where(or_(Order.number == number, ExternalOrder.number == number)).limit(1)
    ).first()
    if row is None:
        raise NotFound
    return _as_json(row, _lines_of([row[0].id]).get(row[0].id, []))


def _arrival_of(number: str) -> datetime | None:
    return db.session.scalar(
        select(Visit.arrived_at)
        .join(Order, Order.visit_id == Visit.id)
        .where(Order.number == number)
    )


def _lines_of(order_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[OrderLine]]:
    found: dict[uuid.UUID, list[OrderLine]] = {}
    for line in db.session.scalars(
        select(OrderLine)
        .where(OrderLine.order_id.in_(order_ids), OrderLine.removed_at.is_(None))
        .order_by(OrderLine.sheet, OrderLine.position)
    ):
        found.setdefault(line.order_id, []).append(line)
    return found


def _as_json(row: Any, lines: list[OrderLine]) -> dict[str, Any]:
    order, visit, reading, tag, external = row
    car, customer = visit.vehicle, visit.customer
    odometer = reading.odometer if reading else None
    return {
        "number": order.number,
        "external_number": external,
        "status": rules.STATUS_OF.get(visit.state, "open"),
        "state": visit.state,
        "opened_at": visit.arrived_at.isoformat(),
        "promised_at": order.promised_at.isoformat() if order.promised_at else None,
        "odometer_in": None
        if odometer is None
        else {"value": odometer, "unit": site_rules().odometer_unit},
        "odometer_out": None,
        "tag_number": tag,
        "transport_type": rules.transport_type(visit.customer_waits),
        "pay_type": rules.PAY_TYPE_OF.get(order.payer, "customer"),
        "old_parts_wanted": order.old_parts_back,
        "is_comeback": order.category == "rework",
        "advisor": visit.received_by.name,
        "concern": order.customer_words,
        "vehicle": {"plate": car.plate, "vin": car.vin, "make": car.make, "model": car.model},
        "customer": {
            "name": customer.name,
            "organisation": customer.organisation,
            "phone": customer.phone,
        }
        if customer
        else None,
        "currency": g.currency,
        "lines": [
            {
                "position": line.position,
                "sheet": line.sheet,
                "description": line.description,
                "price_amount": line.price_amount,
            }
            for line in lines
        ],
    }
