"""Stopping a repair (T41)."""

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid, Words
from inspect_app.orders.models import OrderLine
from inspect_app.stops.models import RepairStop, StoppedLine
from inspect_app.stops.queries import lines_to_price, stop_of
from inspect_app.stops.rules import LineDone, missing_for_stop
from inspect_app.visits.actions import change_state
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)

SENTENCES: dict[str, tuple[str, Words]] = {
    "ASKER_MISSING": ("asked_by", _l("Write who asked to stop.")),
    "REASON_MISSING": ("reason", _l("Write why the repair is stopped.")),
    "LINE_UNANSWERED": ("lines", _l("Say of every item how far it has come.")),
    "LINE_NOT_PRICED": ("lines", _l("Type what the work done so far costs, at each such item.")),
    "SAFETY_UNANSWERED": ("is_safe", _l("Say whether the car is safe to drive.")),
    "WARNING_MISSING": ("warning", _l("Write what is not safe, in words for the customer.")),
}


@dataclass(frozen=True)
class StopDraft:
    """What was said when the customer stopped the repair; `lines` by the id of the order's."""

    id: uuid.UUID
    asked_by: str
    reason: str
    is_safe: bool | None
    warning: str
    lines: Mapping[uuid.UUID, tuple[str, int | None]]


def stop_repair(visit: Visit, draft: StopDraft, *, by: uuid.UUID, at: datetime) -> RepairStop:
    """T41: the work so far is priced, and the car comes out of the workshop. A repeat is the same
    stop. Raises Invalid with everything that is missing."""
    known = stop_of(visit.id)
    if known is not None and known.id == draft.id:
        return known
    if known is not None or visit.state != "in_workshop":
        raise Conflict(_l("This repair can't be stopped now. Open the visit to see how far it is."))
    lines = {line.id: _how_far(draft, line) for line in lines_to_price(visit.id)}
    missing = missing_for_stop(
        lines.values(), reason=draft.reason, asked_by=draft.asked_by, is_safe=draft.is_safe,
        warning=draft.warning,
    )  # fmt: skip
    if missing:
        raise Invalid({SENTENCES[one.code][0]: SENTENCES[one.code][1] for one in missing})
    row = RepairStop(
        id=draft.id, visit_id=visit.id, asked_by=draft.asked_by, reason=draft.reason,
        is_safe=draft.is_safe is True, warning=draft.warning, by_id=by, captured_at=at,
    )  # fmt: skip
    row.lines = [
        StoppedLine(line_id=line_id, done=line.done, amount=line.charged or 0)
        for line_id, line in lines.items()
    ]
    db.session.add(row)
    change_state(visit, "T41", by=by, at=at, screen="stop", is_safe=row.is_safe)
    db.session.flush()
    log.info("repair stopped visit=%s stop=%s", visit.id, row.id)
    return row


def _how_far(draft: StopDraft, line: OrderLine) -> LineDone:
    done, amount = draft.lines.get(line.id, ("", None))
    return LineDone(done, line.price_amount, amount)
