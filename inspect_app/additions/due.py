"""What falls due about additions, and their place in the record: named where the routes are."""

from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from inspect_app.additions import rules
from inspect_app.additions.models import Addition, AdditionLine
from inspect_app.additions.queries import statuses_of
from inspect_app.db import db
from inspect_app.sites.queries import site_rules
from inspect_app.staff.rules import RECEPTION, VISIT_READERS
from inspect_app.visits.due import DueRow, add_source
from inspect_app.visits.models import Visit
from inspect_app.visits.story import Act, Part, add_act, add_part
from inspect_app.workshop.rules import SUPERVISORS


def _words(act: str, *, is_safety: bool) -> str:
    if act == "relay":
        return str(_("Pass the customer's answer on to the workshop"))
    if act == "call_again":
        return str(_("Call the customer again about added work"))
    if is_safety:
        return str(_("Call the customer: added work, about safety"))
    return str(_("Call the customer: added work"))


def _since(addition: Addition, act: str) -> datetime:
    """Since when it waits: the answer for passing on, else the finding (9.01, 9.03)."""
    if act == "relay":
        answers = [one.captured_at for line in addition.lines for one in line.answers]
        return max(answers, default=addition.captured_at)
    return addition.captured_at


def _open_additions(_now: datetime) -> list[DueRow]:
    """Findings that wait for a call, or whose answer waits to be passed on; "at once" is N12."""
    at_once = timedelta(minutes=site_rules().at_once_minutes)
    found = db.session.scalars(
        select(Addition)
        .join(Visit, Visit.id == Addition.visit_id)
        .options(
            joinedload(Addition.visit).joinedload(Visit.vehicle),
            selectinload(Addition.lines).selectinload(AdditionLine.answers),
        )
        .where(Addition.closed_at.is_(None), Visit.state.in_(rules.REPORTABLE))
    )
    rows = []
    for one in found:
        act = rules.next_act(statuses_of(one))
        again = one.call_again_at if act != "relay" else None
        rows.append(
            DueRow(
                again or _since(one, act) + at_once,
                "addition",
                one.visit_id,
                one.visit.vehicle,
                words=_words(act, is_safety=one.is_safety),
                url=url_for("additions.show", visit_id=one.visit_id, addition_id=one.id),
            )
        )
    return rows


STATES = frozenset(
    {
        "in_workshop",
        "awaiting_approval",
        "work_done",
        "preparing_delivery",
        "ready_notified",
        "settling",
        "settled",
        "delivering",
        "delivered",
        "left",
        "follow_up_due",
        "closed",
    }
)
CALLERS = frozenset((*RECEPTION, *SUPERVISORS))

add_source("additions", _open_additions, CALLERS)
add_part(
    Part("additions", _l("Added work"), "additions.index", STATES, frozenset(VISIT_READERS), 45)
)
add_act(
    Act(
        _l("Added work: call the customer"), "additions.next_one",
        frozenset({"awaiting_approval"}), CALLERS,
    )
)  # fmt: skip
