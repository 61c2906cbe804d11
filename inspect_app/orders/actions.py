"""Changing the head of an order, part by part; its lines are changed in line_actions."""

import logging
import uuid
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext

from inspect_app.db import db
from inspect_app.errors import Stale
from inspect_app.i18n import clock
from inspect_app.orders.models import Order
from inspect_app.orders.queries import rival_changes
from inspect_app.visits.history import note

log = logging.getLogger(__name__)


def save_head(
    order: Order,
    values: dict[str, Any],
    *,
    version: int,
    by: uuid.UUID,
    at: datetime,
    late: bool = False,
) -> None:
    """Keeps what changed in the order's head.

    `version` is that of the order on the person's screen. Raises Stale where a colleague changed
    one of the same fields since; what the same person captured later wins, the older is kept in
    the history alone. Of an entry that comes `late`, from a tablet that was away, nobody can be
    asked: there the later capture wins, whoever made it.
    """
    before = {name: getattr(order, name) for name in values}
    changed = {name: value for name, value in values.items() if value != before[name]}
    if not changed:
        return
    kind = "order.changed"
    if 0 < version < order.version and _is_older(order, set(changed), version, by, at, late):
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


def _is_older(
    order: Order, names: set[str], version: int, by: uuid.UUID, at: datetime, late: bool
) -> bool:
    """Whether the same person captured one of these fields later. Raises Stale for a colleague."""
    rivals = [
        event
        for event in rival_changes(order.visit_id, version, by=by, at=at)
        if not names.isdisjoint(event.detail.get("after", {}))
    ]
    if late:
        return any(event.captured_at > at for event in rivals)
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
