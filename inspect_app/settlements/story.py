"""The settlement on the record of a visit, and what falls due at the desk."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from inspect_app.db import db
from inspect_app.i18n import money
from inspect_app.settlements.desk import outstanding
from inspect_app.settlements.models import Settlement
from inspect_app.settlements.queries import storage_rule
from inspect_app.settlements.rules import (
    CLERKS,
    COLLECTION_CLERKS,
    READERS,
    SHEET_STATES,
)
from inspect_app.staff.places import Place, add_place
from inspect_app.visits.due import MOST_ROWS, DueRow, add_source
from inspect_app.visits.models import Visit, VisitEvent
from inspect_app.visits.story import Act, Part, add_act, add_part


def _not_collected(now: datetime) -> list[DueRow]:
    """Cars whose free time is over and of which nobody said so yet (T42)."""
    rule = storage_rule()
    if not rule.day_amount:
        return []
    told = (
        select(func.max(VisitEvent.captured_at))
        .where(VisitEvent.visit_id == Visit.id, VisitEvent.transition == "T30")
        .scalar_subquery()
    )
    rows: Any = db.session.execute(
        select(Visit, told)
        .outerjoin(Settlement, Settlement.visit_id == Visit.id)
        .options(joinedload(Visit.vehicle))
        .where(Visit.state == "ready_notified", Settlement.storage_from.is_(None))
        .limit(MOST_ROWS)
    )
    return [
        DueRow(
            rule.begins_at(row[1]), "storage", row[0].id, row[0].vehicle,
            words=_l("Not collected: storage may be charged"),
            url=url_for("settlements.collect", visit_id=row[0].id),
        )
        for row in rows
        if row[1] is not None and rule.begins_at(row[1]) <= now
    ]  # fmt: skip


def _to_pay(now: datetime) -> list[DueRow]:
    """Accounts whose day has come."""
    return [
        DueRow(
            now, "outstanding", row.visit.id, row.visit.vehicle,
            words=_l("Still to be paid: %(amount)s", amount=money(row.amount)),
            url=url_for("settlements.show", visit_id=row.visit.id),
        )
        for row in outstanding(now)
        if row.is_overdue
    ]  # fmt: skip


add_place(
    Place("desk", "settlements.show_desk", _l("Settlement desk"), "coins", frozenset(READERS))
)
add_source("storage", _not_collected, frozenset(COLLECTION_CLERKS))
add_source("outstanding", _to_pay, frozenset(CLERKS))
add_part(
    Part(
        "settlement", _l("Settlement"), "settlements.story", SHEET_STATES, frozenset(READERS),
        place=60,
    )
)  # fmt: skip
add_act(
    Act(
        _l("The customer is here"), "settlements.collect", frozenset({"ready_notified"}),
        frozenset(COLLECTION_CLERKS),
    )
)  # fmt: skip
add_act(
    Act(
        _l("Settlement"), "settlements.show",
        frozenset({"work_done", "preparing_delivery", "settling"}), frozenset(CLERKS),
    )
)  # fmt: skip
