"""Counting what is in the car, and what was said of the whole."""

import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from inspect_app.belongings.models import Belonging, Count
from inspect_app.belongings.queries import count_of, lines_of
from inspect_app.belongings.rules import VALUABLE_CODES, check_nothing_left, check_valuables
from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid, Words
from inspect_app.orders.showing import tell
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)
SCREEN = "things"


@dataclass(frozen=True)
class BelongingDraft:
    """One line of the list. Quantity 0 takes it away; a text that is None stays as it was."""

    id: uuid.UUID
    code: str
    quantity: int
    name: str | None = None
    place: str | None = None
    condition: str | None = None
    location: str | None = None
    remark: str | None = None

    def texts(self) -> dict[str, str]:
        """What the entry says beside the quantity."""
        names = ("name", "place", "condition", "location", "remark")
        return {name: text for name in names if (text := getattr(self, name)) is not None}


@dataclass(frozen=True)
class CountDraft:
    """What was said of the whole; `valuables` is empty while it was not answered."""

    id: uuid.UUID
    valuables: str
    notice_told: bool
    nothing_left: bool


def not_yours() -> Conflict:
    """The refusal of an id that stands for something else already."""
    return Conflict(_l("This entry belongs to something else. Open the page again and repeat."))


def save_belonging(
    visit: Visit, draft: BelongingDraft, *, by: uuid.UUID, at: datetime
) -> Belonging | None:
    """Keeps one line; of two entries for it the later one counts.

    Returns None where nothing stands on the list for it. Raises Conflict for an id of another
    visit or thing.
    """
    line = _keep_line(visit, draft, by=by, at=at)
    db.session.flush()
    _keep_in_step(visit, by=by, at=at)
    return line


def _keep_line(
    visit: Visit, draft: BelongingDraft, *, by: uuid.UUID, at: datetime
) -> Belonging | None:
    line = db.session.get(Belonging, draft.id)
    if line is not None and (line.visit_id != visit.id or line.code != draft.code):
        raise not_yours()
    facts = {"belonging": str(draft.id), "code": draft.code, "quantity": draft.quantity}
    if line is None:
        if draft.quantity == 0:
            return None
        line = Belonging(
            id=draft.id,
            visit_id=visit.id,
            code=draft.code,
            quantity=draft.quantity,
            by_id=by,
            captured_at=at,
            **draft.texts(),
        )
        db.session.add(line)
        note(visit.id, "belonging.counted", by=by, at=at, screen=SCREEN, **facts)
        log.info("belonging counted visit=%s belonging=%s", visit.id, draft.id)
        return line
    if line.captured_at > at:
        note(visit.id, "belonging.superseded", by=by, at=at, screen=SCREEN, **facts)
        return line
    facts["before"] = 0 if line.removed_at else line.quantity
    line.captured_at, line.by_id = at, by
    if draft.quantity == 0:
        line.removed_at = line.removed_at or at
        note(visit.id, "belonging.removed", by=by, at=at, screen=SCREEN, **facts)
        return line
    line.quantity, line.removed_at = draft.quantity, None
    for name, text in draft.texts().items():
        setattr(line, name, text)
    note(visit.id, "belonging.changed", by=by, at=at, screen=SCREEN, **facts)
    return line


def save_as_last_time(
    visit: Visit,
    last: Iterable[Belonging],
    *,
    form_id: uuid.UUID,
    by: uuid.UUID,
    at: datetime,
) -> None:
    """What was on the list last time and is not on it now; row ids follow from the form's id, so
    that a repeat makes the same rows."""
    present = {(line.code, line.name) for line in lines_of(visit.id)}
    for line in last:
        if (line.code, line.name) not in present:
            draft = BelongingDraft(
                uuid.uuid5(form_id, str(line.id)),
                line.code,
                line.quantity,
                name=line.name,
                place=line.place,
                location=line.location,
            )
            _keep_line(visit, draft, by=by, at=at)
    db.session.flush()
    _keep_in_step(visit, by=by, at=at)


def _keep_in_step(visit: Visit, *, by: uuid.UUID, at: datetime) -> None:
    """The list and what was said of it can't disagree: a valuable on the list is "listed", the last
    one taken off leaves the question open again, and anything on the list is not "nothing left"."""
    count, codes = count_of(visit.id), {line.code for line in lines_of(visit.id)}
    listed = not VALUABLE_CODES.isdisjoint(codes)
    before = (count.valuables, count.nothing_left) if count else (None, False)
    valuables = "listed" if listed else None if before[0] == "listed" else before[0]
    after = (valuables, before[1] and not codes)
    if before == after:
        return
    if count is None:
        count = Count(id=uuid.uuid5(visit.id, "count"), visit_id=visit.id, captured_at=at, by_id=by)
        db.session.add(count)
    count.valuables, count.nothing_left = after
    count.captured_at, count.by_id = max(count.captured_at, at), by
    note(visit.id, "count.followed", by=by, at=at, screen=SCREEN, before=before, after=after)
    db.session.flush()


WORDS: dict[str, tuple[str, Words]] = {
    "VALUABLES_NOTICE_NOT_TOLD": (
        "notice_told",
        _l("Read this sentence to the customer first, then tick it."),
    ),
    "VALUABLES_NOT_LISTED": (
        "valuables",
        _l("Tap below what it is: that puts it on the list."),
    ),
    "VALUABLES_ARE_LISTED": (
        "valuables",
        _l("The list has valuables on it. Take them off the list first."),
    ),
    "NOTHING_LEFT_BUT_LISTED": (
        "nothing_left",
        _l("There are things on the list. Take them off first, or leave this open."),
    ),
}


def save_count(visit: Visit, draft: CountDraft, *, by: uuid.UUID, at: datetime) -> Count | None:
    """What was said of valuables (P8) and of a car with nothing in it.

    Returns None where a later entry stands. Raises Invalid where it does not fit the list.
    """
    codes = [line.code for line in lines_of(visit.id)]
    found = []
    if draft.valuables:
        found += check_valuables(draft.valuables, notice_told=draft.notice_told, counted=codes)
    if draft.nothing_left:
        found += check_nothing_left(nothing_left=True, line_count=len(codes))
    if found:
        raise Invalid(dict(WORDS[code] for code in found))
    count = count_of(visit.id)
    facts = {"valuables": draft.valuables, "notice_told": draft.notice_told}
    if count is not None and count.captured_at > at:
        note(visit.id, "count.superseded", by=by, at=at, screen=SCREEN, **facts)
        return None
    if count is None:
        count = Count(id=draft.id, visit_id=visit.id)
        db.session.add(count)
    elif not draft.notice_told:
        count.notice_told_at = None
    count.valuables = draft.valuables or None
    count.nothing_left = draft.nothing_left
    is_told_now = draft.notice_told and count.notice_told_at is None
    if is_told_now:
        count.notice_told_at = at
    count.captured_at, count.by_id = at, by
    note(
        visit.id,
        "count.said",
        by=by,
        at=at,
        screen=SCREEN,
        nothing_left=draft.nothing_left,
        **facts,
    )
    if is_told_now:
        tell(visit, "P8", channel="oral", by=by, at=at)
    db.session.flush()
    log.info("count said visit=%s", visit.id)
    return count
