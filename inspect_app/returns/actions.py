"""Ticking off what goes back; each tick has its own effect on the key, the paper and the box."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid, NotFound
from inspect_app.key_tags.custody import key_file
from inspect_app.key_tags.custody_actions import Act, move_key
from inspect_app.papers.models import Paper
from inspect_app.returns.models import Returned
from inspect_app.returns.queries import Thing, things_of
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)
SCREEN = "returns"


@dataclass(frozen=True)
class ReturnDraft:
    """One thing as it went back; no `quantity` means all of it."""

    id: uuid.UUID
    subject: str
    subject_id: uuid.UUID
    quantity: int | None = None
    difference: str = ""


def give_back(
    visit: Visit,
    draft: ReturnDraft,
    *,
    by: uuid.UUID,
    at: datetime,
    now: datetime,
    tablet_id: uuid.UUID | None = None,
) -> Returned:
    """One line of the return column. Said anew, the later captured counts.

    Raises NotFound for what was not taken in, Invalid for more than was.
    """
    thing = next(
        (
            one
            for one in things_of(visit.id)
            if (one.subject, one.id) == (draft.subject, draft.subject_id)
        ),
        None,
    )
    if thing is None:
        raise NotFound
    quantity = thing.quantity if draft.quantity is None else draft.quantity
    if quantity > thing.quantity:
        raise Invalid({"quantity": _l("No more went in than %(n)s.", n=thing.quantity)})
    row = thing.returned
    if row is not None and row.captured_at > at:
        return row
    row = _kept(visit, thing, row, draft.id)
    before = row.quantity
    row.quantity, row.difference = quantity, draft.difference
    row.by_id, row.captured_at = by, at
    _bring_about(thing, quantity, by=by, at=at, now=now, tablet_id=tablet_id)
    note(
        visit.id,
        "returns.counted",
        by=by,
        at=at,
        screen=SCREEN,
        subject=draft.subject,
        row=str(draft.subject_id),
        before=before,
        after=quantity,
        of=thing.quantity,
    )
    db.session.flush()
    log.info("given back visit=%s subject=%s row=%s", visit.id, draft.subject, draft.subject_id)
    return row


def _kept(visit: Visit, thing: Thing, row: Returned | None, row_id: uuid.UUID) -> Returned:
    if row is not None:
        return row
    if db.session.get(Returned, row_id) is not None:
        raise Conflict(_l("This entry belongs to something else. Open the page again."))
    row = Returned(id=row_id, visit_id=visit.id, subject=thing.subject, subject_id=thing.id)
    db.session.add(row)
    return row


def _bring_about(
    thing: Thing,
    quantity: int,
    *,
    by: uuid.UUID,
    at: datetime,
    now: datetime,
    tablet_id: uuid.UUID | None,
) -> None:
    """A key that went back frees its tag; a paper knows when it went."""
    if thing.subject == "paper":
        db.session.get_one(Paper, thing.id).returned_at = at if quantity else None
    if thing.subject == "key" and quantity:
        file = key_file(thing.id)
        if file.custody.state != "given_back":
            act = Act(id=uuid.uuid4(), kind="given_back", seen=file.custody.sequence)
            move_key(thing.id, act, by=by, at=at, tablet_id=tablet_id, now=now)


def count_anew(visit: Visit, *, by: uuid.UUID, at: datetime) -> None:
    """After an objection everything is counted again; the key that the customer has stays so."""
    db.session.execute(
        update(Returned)
        .where(
            Returned.visit_id == visit.id,
            Returned.superseded_at.is_(None),
            Returned.subject != "key",
        )
        .values(superseded_at=at)
    )
    note(visit.id, "returns.count_anew", by=by, at=at, screen=SCREEN)
    db.session.flush()
