"""Changing an order: its head part by part, its lines one by one."""

import logging
import uuid
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import func, select

from inspect_app.db import db
from inspect_app.errors import Conflict, NotFound, Stale
from inspect_app.i18n import clock
from inspect_app.orders.models import Order, OrderLine
from inspect_app.orders.queries import rival_changes
from inspect_app.orders.rules import MAX_LINES
from inspect_app.visits.history import note

log = logging.getLogger(__name__)


def save_head(
    order: Order, values: dict[str, Any], *, version: int, by: uuid.UUID, at: datetime
) -> None:
    """Keeps what changed in the order's head.

    `version` is that of the order on the person's screen. Raises Stale where a colleague changed
    one of the same fields since; what the same person captured later wins, the older is kept in
    the history alone.
    """
    before = {name: getattr(order, name) for name in values}
    changed = {name: value for name, value in values.items() if value != before[name]}
    if not changed:
        return
    kind = "order.changed"
    if 0 < version < order.version and _is_older(order, set(changed), version, by, at):
        kind = "order.superseded"
    else:
        for name, value in changed.items():
            setattr(order, name, value)
        order.version += 1
    note(
        order.visit_id,
        kind,
        by=by,
        at=at,
        screen="order",
        version=order.version,
        before={name: _plain(before[name]) for name in changed},
        after={name: _plain(value) for name, value in changed.items()},
    )
    db.session.flush()
    log.info("%s order=%s fields=%s", kind, order.id, ",".join(sorted(changed)))


def _is_older(order: Order, names: set[str], version: int, by: uuid.UUID, at: datetime) -> bool:
    """Whether the same person captured one of these fields later. Raises Stale for a colleague."""
    rivals = [
        event
        for event in rival_changes(order.visit_id, version, by=by, at=at)
        if not names.isdisjoint(event.detail.get("after", {}))
    ]
    for event in rivals:
        if event.by_id != by:
            raise Stale(
                lazy_gettext(
                    "%(name)s changed this at %(time)s. Yours still stands in the field: "
                    "save it again to replace theirs, or open the page again to keep theirs.",
                    name=event.by.name,
                    time=clock(event.captured_at),
                )
            )
    return bool(rivals)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def save_line(
    order: Order,
    line_id: uuid.UUID,
    description: str,
    price_amount: int | None,
    *,
    by: uuid.UUID,
    at: datetime,
) -> OrderLine:
    """Adds a line, or changes the one of this id; of two changes the later captured one stays.

    Raises Conflict where the id is another order's, or the order is full.
    """
    line = db.session.get(OrderLine, line_id)
    if line is None:
        return _add_line(order, line_id, description, price_amount, by=by, at=at)
    if line.order_id != order.id:
        raise Conflict(lazy_gettext("This entry belongs to another order. Open the page again."))
    after = {"description": description, "price_amount": price_amount}
    before = {"description": line.description, "price_amount": line.price_amount}
    if after == before:
        return line
    is_older = at < line.captured_at
    if not is_older:
        line.description, line.price_amount = description, price_amount
        line.captured_at, line.by_id = at, by
        order.version += 1
    kind = "order.line_superseded" if is_older else "order.line_changed"
    _note_line(order, kind, line, by=by, at=at, before=before, after=after)
    return line


def _add_line(
    order: Order,
    line_id: uuid.UUID,
    description: str,
    price_amount: int | None,
    *,
    by: uuid.UUID,
    at: datetime,
) -> OrderLine:
    last = db.session.scalar(
        select(func.max(OrderLine.position)).where(OrderLine.order_id == order.id)
    )
    position = 1 if last is None else last + 1
    if position > MAX_LINES:
        raise Conflict(lazy_gettext("This order is full: 200 lines. Open another visit for more."))
    line = OrderLine(
        id=line_id,
        order_id=order.id,
        position=position,
        description=description,
        price_amount=price_amount,
        by_id=by,
        captured_at=at,
    )
    db.session.add(line)
    order.version += 1
    after = {"description": description, "price_amount": price_amount}
    _note_line(order, "order.line_added", line, by=by, at=at, after=after)
    return line


def line_of(order: Order, line_id: uuid.UUID) -> OrderLine:
    """A line of this order, removed or not. Raises NotFound."""
    line = db.session.get(OrderLine, line_id)
    if line is None or line.order_id != order.id:
        raise NotFound
    return line


def remove_line(order: Order, line: OrderLine, *, by: uuid.UUID, at: datetime) -> None:
    """Takes a line out; it stays in the database and can be brought back."""
    if line.removed_at is None:
        line.removed_at = at
        order.version += 1
        _note_line(order, "order.line_removed", line, by=by, at=at)


def restore_line(order: Order, line: OrderLine, *, by: uuid.UUID, at: datetime) -> None:
    """Brings a removed line back to its place."""
    if line.removed_at is not None:
        line.removed_at = None
        order.version += 1
        _note_line(order, "order.line_restored", line, by=by, at=at)


def _note_line(
    order: Order, kind: str, line: OrderLine, *, by: uuid.UUID, at: datetime, **detail: Any
) -> None:
    note(order.visit_id, kind, by=by, at=at, screen="order", line=str(line.id), **detail)
    db.session.flush()
    log.info("%s order=%s line=%s", kind, order.id, line.id)
