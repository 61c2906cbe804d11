"""Changing the lines of an order and their parts. A line's price is made anew with every change."""

import logging
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import func, select

from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid, NotFound, Stale
from inspect_app.i18n import clock
from inspect_app.orders.models import Order, OrderLine, OrderPart
from inspect_app.orders.pricing import SYSTEM, line_total, part_price
from inspect_app.orders.queries import parts_of_line
from inspect_app.orders.rules import MAX_LINES, MAX_PARTS, check_price
from inspect_app.staff.models import Person
from inspect_app.visits.history import note

log = logging.getLogger(__name__)


def save_line(
    order: Order,
    line_id: uuid.UUID,
    values: Mapping[str, Any],
    *,
    by: uuid.UUID,
    at: datetime,
    version: int = 0,
) -> OrderLine:
    """Adds a line, or changes the fields that are given of the line of this id.

    Of two changes of one person the later captured one stays. Raises Stale where a colleague
    changed the line after `version`, Conflict where the id is another order's or the order is full,
    Invalid where the price comes out too large.
    """
    line = db.session.get(OrderLine, line_id)
    if line is None:
        return _add_line(order, line_id, values, by=by, at=at)
    if line.order_id != order.id:
        raise Conflict(lazy_gettext("This entry belongs to another order. Open the page again."))
    before = {name: getattr(line, name) for name in values}
    changed = {name: value for name, value in values.items() if value != before[name]}
    if not changed or _is_same_price(line, changed):
        return line
    refuse_stale(line, version, by)
    is_older = at < line.captured_at
    if not is_older:
        for name, value in changed.items():
            setattr(line, name, value)
        _priced(order, line, by=by, at=at)
    _note_line(
        order, "order.line_superseded" if is_older else "order.line_changed", line, by=by, at=at,
        before={name: _plain(before[name]) for name in changed},
        after={name: _plain(value) for name, value in changed.items()},
    )  # fmt: skip
    return line


def _is_same_price(line: OrderLine, changed: Mapping[str, Any]) -> bool:
    """A price that was not split yet is the price for the work."""
    is_unsplit = line.base_amount is None and line.hours_hundredths is None
    return is_unsplit and dict(changed) == {"base_amount": line.price_amount}


def refuse_stale(line: OrderLine, version: int, by: uuid.UUID) -> None:
    """Raises Stale where someone else changed the line after this version of it."""
    if not 0 < version < line.version or line.by_id == by:
        return
    name = db.session.scalar(select(Person.name).where(Person.id == line.by_id))
    raise Stale(
        lazy_gettext(
            "%(name)s changed this at %(time)s. Yours still stands in the field: "
            "save it again to replace theirs, or open the page again to keep theirs.",
            name=name,
            time=clock(line.captured_at),
        )
    )


def _priced(order: Order, line: OrderLine, *, by: uuid.UUID, at: datetime) -> None:
    """The line's price anew, and whose line it now is. Raises Invalid for an absurd one."""
    line.price_amount = line_total(
        line.method,
        base_amount=line.base_amount,
        risk_amount=line.risk_amount,
        hours_hundredths=line.hours_hundredths,
        rate_amount=line.rate_amount,
        parts=[part_price(part) for part in parts_of_line(line.id)],
    )
    if check_price(line.price_amount):
        raise Invalid(
            {"price": lazy_gettext("This price is too large to be right; check the zeros.")}
        )
    line.captured_at, line.by_id = max(at, line.captured_at), by
    line.version += 1
    order.version += 1
    db.session.flush()


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, uuid.UUID) else value


def _add_line(
    order: Order, line_id: uuid.UUID, values: Mapping[str, Any], *, by: uuid.UUID, at: datetime
) -> OrderLine:
    last = db.session.scalar(
        select(func.max(OrderLine.position)).where(OrderLine.order_id == order.id)
    )
    position = 1 if last is None else last + 1
    if position > MAX_LINES:
        raise Conflict(lazy_gettext("This order is full: 200 lines. Open another visit for more."))
    line = OrderLine(id=line_id, order_id=order.id, position=position, by_id=by, captured_at=at)
    line.method, line.version = SYSTEM, 0
    for name, value in values.items():
        setattr(line, name, value)
    db.session.add(line)
    _priced(order, line, by=by, at=at)
    after = {name: _plain(value) for name, value in values.items()}
    _note_line(order, "order.line_added", line, by=by, at=at, after=after)
    return line


def line_of(order: Order, line_id: uuid.UUID) -> OrderLine:
    """A line of this order, removed or not. Raises NotFound."""
    line = db.session.get(OrderLine, line_id)
    if line is None or line.order_id != order.id:
        raise NotFound
    return line


def remove_line(order: Order, line: OrderLine, *, by: uuid.UUID, at: datetime) -> None:
    """Takes a line out; it stays in the database and can be brought back. One that was changed
    later, on another tablet, stays."""
    if line.removed_at is None and line.captured_at > at:
        _note_line(order, "order.line_superseded", line, by=by, at=at, removed=True)
    elif line.removed_at is None:
        line.removed_at = at
        order.version += 1
        _note_line(order, "order.line_removed", line, by=by, at=at)


def restore_line(order: Order, line: OrderLine, *, by: uuid.UUID, at: datetime) -> None:
    """Brings a removed line back to its place."""
    if line.removed_at is not None:
        line.removed_at = None
        order.version += 1
        _note_line(order, "order.line_restored", line, by=by, at=at)


def save_part(
    order: Order,
    line: OrderLine,
    part_id: uuid.UUID,
    values: Mapping[str, Any],
    *,
    by: uuid.UUID,
    at: datetime,
    version: int = 0,
) -> OrderPart:
    """Adds a part to a line, or changes the one of this id; the line's price follows.

    Where the customer was shown several grades, the one that is taken now is the choice, and its
    price the part's.
    """
    refuse_stale(line, version, by)
    part = db.session.get(OrderPart, part_id)
    if part is not None and part.line_id != line.id:
        raise Conflict(lazy_gettext("This entry belongs to another order. Open the page again."))
    kind = "order.part_changed"
    if part is None:
        kind, part = "order.part_added", _new_part(line, part_id, by=by, at=at)
    elif part.captured_at > at:
        _note_part(order, "order.part_superseded", part, by=by, at=at, after=dict(values))
        return part
    before = {name: getattr(part, name) for name in values} if kind != "order.part_added" else {}
    was_grade = part.grade
    for name, value in values.items():
        setattr(part, name, value)
    _chosen(part, was_grade, at)
    part.captured_at, part.by_id, part.removed_at = at, by, None
    db.session.add(part)
    db.session.flush()
    _priced(order, line, by=by, at=at)
    _note_part(order, kind, part, by=by, at=at, before=before, after=dict(values))
    return part


def _new_part(line: OrderLine, part_id: uuid.UUID, *, by: uuid.UUID, at: datetime) -> OrderPart:
    count = db.session.scalar(select(func.count(OrderPart.id)).where(OrderPart.line_id == line.id))
    if (count or 0) >= MAX_PARTS:
        raise Conflict(lazy_gettext("This item is full: 50 parts. Make another item for more."))
    position = (count or 0) + 1
    return OrderPart(
        id=part_id, line_id=line.id, position=position, grade="", options=[], by_id=by,
        captured_at=at,
    )  # fmt: skip


def _chosen(part: OrderPart, was_grade: str, at: datetime) -> None:
    """The customer's choice among the grades that were offered, and when it was made (5.3)."""
    offered = {option["grade"]: option["amount"] for option in part.options}
    if part.grade not in offered:
        part.chosen_at = None
        return
    if part.grade != was_grade or part.chosen_at is None:
        part.chosen_at = at
        part.unit_price_amount = offered[part.grade]


def remove_part(
    order: Order, line: OrderLine, part_id: uuid.UUID, *, by: uuid.UUID, at: datetime
) -> None:
    """Takes a part out of its line; the line's price follows. Raises NotFound."""
    part = db.session.get(OrderPart, part_id)
    if part is None or part.line_id != line.id:
        raise NotFound
    if part.removed_at is None:
        part.removed_at = at
        db.session.flush()
        _priced(order, line, by=by, at=at)
        _note_part(order, "order.part_removed", part, by=by, at=at)


def _note_part(
    order: Order, kind: str, part: OrderPart, *, by: uuid.UUID, at: datetime, **detail: Any
) -> None:
    told = {
        name: {key: _plain(value) for key, value in values.items()}
        for name, values in detail.items()
    }
    note(order.visit_id, kind, by=by, at=at, screen="order", part=str(part.id),
         line=str(part.line_id), **told)  # fmt: skip
    db.session.flush()
    log.info("%s order=%s part=%s", kind, order.id, part.id)


def _note_line(
    order: Order, kind: str, line: OrderLine, *, by: uuid.UUID, at: datetime, **detail: Any
) -> None:
    note(order.visit_id, kind, by=by, at=at, screen="order", line=str(line.id), **detail)
    db.session.flush()
    log.info("%s order=%s line=%s", kind, order.id, line.id)
