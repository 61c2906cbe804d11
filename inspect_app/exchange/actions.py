"""Tokens, what is pushed, taking it over, and links to other systems."""

import logging
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from inspect_app.db import db
from inspect_app.errors import Conflict, NotFound
from inspect_app.exchange import queries
from inspect_app.exchange.models import ApiAnswer, ApiToken, ExternalOrder
from inspect_app.orders.actions import save_head
from inspect_app.orders.line_actions import save_line
from inspect_app.orders.models import Order
from inspect_app.sites.queries import this_site
from inspect_app.vehicles.rules import normalise_plate
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import refuse_sealed

log = logging.getLogger(__name__)
ANSWERS_LAST = timedelta(days=7)
SCREEN = "exchange"


def make_token(name: str, scope: str, *, by: uuid.UUID, at: datetime) -> tuple[ApiToken, str]:
    """A new token and its text, 256 random bits, which nobody sees again."""
    text = "rcp_" + secrets.token_urlsafe(32)
    row = ApiToken(
        id=uuid.uuid4(), name=name, scope=scope, token_sha256=queries.token_sha256(text),
        by_id=by, captured_at=at,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    log.info("api token made token=%s scope=%s", row.id, scope)
    return row, text


def end_token(token_id: uuid.UUID, *, at: datetime) -> None:
    """The token lets nobody in from now on. Raises NotFound."""
    row = db.session.get(ApiToken, token_id)
    if row is None:
        raise NotFound
    row.ended_at = row.ended_at or at
    db.session.flush()
    log.info("api token ended token=%s", token_id)


def set_template(text: str) -> None:
    """Where the other system shows an order; empty for no link."""
    site = this_site()
    site.settings = {**site.settings, "order_link_template": text}
    db.session.flush()


def used(token: ApiToken, at: datetime) -> None:
    """Notes that a token is in use, once a day."""
    if token.last_used_on is None or at - token.last_used_on > timedelta(days=1):
        token.last_used_on = at


def keep_answer(
    token: ApiToken, key: str, request_sha256: str, status: int, body: str, at: datetime
) -> None:
    """The answer to this key; old ones are swept out."""
    db.session.execute(delete(ApiAnswer).where(ApiAnswer.answered_at < at - ANSWERS_LAST))
    db.session.add(
        ApiAnswer(
            token_id=token.id, key=key, request_sha256=request_sha256, status=status, body=body,
            answered_at=at,
        )
    )  # fmt: skip
    db.session.flush()


def push(pushed: dict[str, Any], *, by: uuid.UUID, at: datetime) -> tuple[ExternalOrder, bool]:
    """Keeps another system's order, linked at once to the visit of a car that is here; whether it
    is new. Nothing of the visit changes: a person takes it over. Raises Conflict once it was."""
    number, plate_key = pushed["external_number"], normalise_plate(pushed["plate"])
    row = queries.external_by_number(number)
    is_new = row is None
    if row is None:
        row = ExternalOrder(id=uuid.uuid4(), number=number)
        db.session.add(row)
    elif row.taken_over_at is not None:
        raise Conflict(
            _l("A person has taken this order over. It is changed at the reception now.")
        )
    row.pushed, row.plate_key = pushed, plate_key
    row.by_id, row.captured_at = by, at
    visit = queries.open_visit_with_plate(plate_key)
    row.visit_id = visit.id if visit else None
    if visit is not None:
        note(visit.id, "exchange.pushed", by=by, at=at, screen=SCREEN, number=number)
    db.session.flush()
    log.info("order pushed external=%s new=%s", row.id, is_new)
    return row, is_new


def link(visit: Visit, number: str, *, by: uuid.UUID, at: datetime) -> ExternalOrder:
    """This visit is that order in the other system. Raises Conflict where another visit is."""
    row = queries.external_by_number(number)
    if row is not None and row.visit_id not in (None, visit.id):
        raise Conflict(_l("Another visit is linked to this number. Read it again."))
    if row is None:
        row = ExternalOrder(id=uuid.uuid4(), number=number, by_id=by, captured_at=at)
        db.session.add(row)
    earlier = queries.external_of_visit(visit.id)
    if earlier is not None and earlier.id != row.id:
        earlier.visit_id = None
    row.visit_id, row.plate_key = visit.id, visit.vehicle.plate_key
    note(visit.id, "exchange.linked", by=by, at=at, screen=SCREEN, number=number)
    db.session.flush()
    return row


def take_over(
    visit: Visit, external_id: uuid.UUID, *, by: uuid.UUID, at: datetime
) -> ExternalOrder:
    """What was pushed becomes part of the order: promised time, words, wishes, lines. A repeat
    changes nothing. Raises NotFound, Sealed, Conflict where it is another visit's."""
    row = db.session.get(ExternalOrder, external_id)
    if row is None or row.plate_key != visit.vehicle.plate_key:
        raise NotFound
    if row.visit_id not in (None, visit.id):
        raise Conflict(_l("This order belongs to another visit."))
    if row.taken_over_at is not None:
        return row
    refuse_sealed(visit)
    order = db.session.scalars(db.select(Order).where(Order.visit_id == visit.id)).one()
    save_head(order, _head(row.pushed, order), version=0, by=by, at=at)
    for line in row.pushed.get("lines", ()):
        values = {"description": line["description"], "base_amount": line["price_amount"]}
        save_line(order, uuid.uuid4(), values, by=by, at=at)
    row.visit_id, row.taken_over_at, row.taken_over_by_id = visit.id, at, by
    note(visit.id, "exchange.taken_over", by=by, at=at, screen=SCREEN, number=row.number)
    db.session.flush()
    return row


def _head(pushed: dict[str, Any], order: Order) -> dict[str, Any]:
    """What was pushed and is not said here yet: what the reception typed stays."""
    values: dict[str, Any] = {}
    if pushed.get("concern") and not order.customer_words:
        values["customer_words"] = pushed["concern"]
    if pushed.get("promised_at") and order.promised_at is None:
        values["promised_at"] = datetime.fromisoformat(pushed["promised_at"])
    if pushed.get("payer"):
        values["payer"] = pushed["payer"]
    if pushed.get("old_parts_back") is not None and order.old_parts_back is None:
        values["old_parts_back"] = pushed["old_parts_back"]
    return values
