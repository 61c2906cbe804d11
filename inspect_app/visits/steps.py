"""How far each step of the visit is, for the strip at the top of its pages."""

import uuid
from collections.abc import Iterable

from sqlalchemy import Uuid, bindparam, exists, func, select
from sqlalchemy.sql.elements import ColumnElement

from inspect_app.belongings.models import Belonging, BoxUse, Count
from inspect_app.catalogues import codes
from inspect_app.db import db
from inspect_app.key_tags.models import KeyRegistration
from inspect_app.orders.models import Order, OrderLine
from inspect_app.papers.models import Paper
from inspect_app.papers.rules import asked_papers
from inspect_app.readings.models import Reading
from inspect_app.signatures.models import Signature
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import Missing, may_capture
from inspect_app.walkaround.models import Check, Mark

PLACES = ("order", "walkaround", "things", "readings", "customer")


def step_states(missing: Iterable[Missing]) -> dict[str, str]:
    """`done` for every step that nothing is missing from."""
    open_places = {one.place for one in missing}
    return {place: "done" for place in PLACES if place not in open_places}


_VISIT_ID = bindparam("visit_id", type_=Uuid)


def _has(row: type, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(row.visit_id == _VISIT_ID, *where)  # type: ignore[attr-defined]  # each names its visit


_PAPER_CODES = (
    select(func.aggregate_strings(Paper.code, ","))
    .where(Paper.visit_id == _VISIT_ID)
    .scalar_subquery()
)
_STATIONS_CLOSED = (
    select(func.count(Check.id))
    .where(
        Check.visit_id == _VISIT_ID,
        Check.list_name == "zone",
        Check.code.in_(codes("stations")),
    )
    .scalar_subquery()
)
_HAS_LINES = exists().where(OrderLine.order_id == Order.id, OrderLine.removed_at.is_(None))
_LISTED = Belonging.removed_at.is_(None)
_SEEN = select(
    Visit.state,
    Order.category,
    (_HAS_LINES | Order.diagnosis_first).label("has_items"),
    Order.promised_at.is_not(None).label("is_promised"),
    _STATIONS_CLOSED.label("closed"),
    (_has(Check) | _has(Mark)).label("is_walked"),
    _PAPER_CODES.label("papers"),
    _has(Belonging, _LISTED).label("has_things"),
    _has(Count, Count.nothing_left.is_(True)).label("nothing_left"),
    _has(Count, Count.valuables.is_not(None), Count.notice_told_at.is_not(None)).label(
        "is_counted"
    ),
    (
        _has(Belonging, _LISTED, Belonging.place == "in_box")
        & ~_has(BoxUse, BoxUse.opened_at.is_(None))
    ).label("needs_box"),
    _has(Reading).label("is_read"),
    _has(KeyRegistration).label("has_key"),
    _has(Signature).label("is_signed"),
).join(Order, Order.visit_id == Visit.id).where(Visit.id == _VISIT_ID)  # fmt: skip


def steps_of(visit_id: uuid.UUID, **known: str) -> dict[str, str]:
    """`done`, `some` or `todo` for each step, in one statement; `known` is what the page itself
    knows better. The guards of the transitions decide alone what is missing."""
    seen = db.session.execute(_SEEN, {"visit_id": visit_id}).first()
    if seen is None:
        return known
    examined = set((seen.papers or "").split(","))
    listed = seen.is_counted and (seen.has_things or seen.nothing_left) and not seen.needs_box
    states = {
        "order": _state(seen.has_items and seen.is_promised, seen.has_items or seen.is_promised),
        "walkaround": _state(seen.closed == len(codes("stations")), seen.is_walked),
        "things": _state(
            listed and examined.issuperset(asked_papers(seen.category)),
            seen.has_things or seen.is_counted or bool(seen.papers),
        ),
        "readings": _state(seen.is_read and seen.has_key, seen.is_read or seen.has_key),
        "review": "todo" if may_capture(seen.state) else "done",
        "customer": _state(not may_capture(seen.state), seen.is_signed),
    }
    return states | known


def _state(is_done: bool, is_begun: bool) -> str:
    return "done" if is_done else "some" if is_begun else "todo"
