"""Ticking what was done, counting the things back into the car, handing slips in."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from inspect_app.belongings.queries import line_of, lines_of
from inspect_app.db import db
from inspect_app.errors import Conflict, NotFound
from inspect_app.preparation.models import PreparationStep, PutBack, Slip
from inspect_app.preparation.rules import SLIP_STATES
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)
SCREEN = "preparation"


def _not_now() -> Conflict:
    return Conflict(_l("The car is not being prepared now. Open the visit to see how far it is."))


def refuse_elsewhere(visit: Visit) -> None:
    """Raises Conflict where the car is not in preparation."""
    if visit.state != "preparing_delivery":
        raise _not_now()


def tick_step(
    visit: Visit, step: str, *, done: bool, row_id: uuid.UUID, by: uuid.UUID, at: datetime
) -> None:
    """Ticks a step, or takes the tick back; of two entries the later one counts."""
    refuse_elsewhere(visit)
    row = db.session.scalar(
        select(PreparationStep).where(
            PreparationStep.visit_id == visit.id, PreparationStep.step == step
        )
    )
    if row is None:
        row = PreparationStep(id=row_id, visit_id=visit.id, step=step, by_id=by, captured_at=at)
        db.session.add(row)
    elif row.captured_at > at:
        return
    row.undone_at = None if done else at
    row.captured_at, row.by_id = at, by
    kind = "preparation.done" if done else "preparation.undone"
    note(visit.id, kind, by=by, at=at, screen=SCREEN, step=step)
    db.session.flush()
    log.info("%s visit=%s step=%s", kind, visit.id, step)


@dataclass(frozen=True)
class CountDraft:
    """So many of one thing lie in the car again, or were only counted."""

    id: uuid.UUID
    belonging_id: uuid.UUID
    quantity: int
    in_car: bool
    remark: str = ""


def count_back(visit: Visit, draft: CountDraft, *, by: uuid.UUID, at: datetime) -> None:
    """Counts one line of the list. Raises NotFound for a line of another visit."""
    refuse_elsewhere(visit)
    thing = line_of(visit.id, draft.belonging_id)
    if thing is None or thing.removed_at is not None:
        raise NotFound
    _keep(visit, draft, by=by, at=at)
    db.session.flush()


def count_all_back(visit: Visit, *, form_id: uuid.UUID, by: uuid.UUID, at: datetime) -> None:
    """Everything on the list is there and lies in the car again, in one tap. A line that was
    counted otherwise keeps its count."""
    refuse_elsewhere(visit)
    for thing in lines_of(visit.id):
        row = _row(visit.id, thing.id)
        if row is None or row.quantity == thing.quantity or row.captured_at < visit.state_since:
            row_id = uuid.uuid5(form_id, str(thing.id))
            draft = CountDraft(row_id, thing.id, thing.quantity, in_car=True)
            _keep(visit, draft, by=by, at=at)
    db.session.flush()


def _row(visit_id: uuid.UUID, belonging_id: uuid.UUID) -> PutBack | None:
    return db.session.scalar(
        select(PutBack).where(PutBack.visit_id == visit_id, PutBack.belonging_id == belonging_id)
    )


def _keep(visit: Visit, draft: CountDraft, *, by: uuid.UUID, at: datetime) -> None:
    row = _row(visit.id, draft.belonging_id)
    if row is None:
        row = PutBack(id=draft.id, visit_id=visit.id, belonging_id=draft.belonging_id)
        db.session.add(row)
    elif row.captured_at > at:
        return
    row.quantity, row.in_car, row.remark = draft.quantity, draft.in_car, draft.remark
    row.captured_at, row.by_id = at, by
    note(
        visit.id, "preparation.counted", by=by, at=at, screen=SCREEN,
        belonging=str(draft.belonging_id), quantity=draft.quantity, in_car=draft.in_car,
    )  # fmt: skip
    log.info("counted back visit=%s belonging=%s", visit.id, draft.belonging_id)


@dataclass(frozen=True)
class SlipDraft:
    """A department's slip: as ordered, or what was not."""

    id: uuid.UUID
    kind: str
    as_ordered: bool
    note: str = ""


def hand_in_slip(visit: Visit, draft: SlipDraft, *, by: uuid.UUID, at: datetime) -> Slip:
    """The slip is in; an earlier one of its kind is replaced. A repeat is the same slip."""
    known = db.session.get(Slip, draft.id)
    if known is not None:
        if known.visit_id != visit.id:
            raise Conflict(_l("This entry belongs to another visit. Open the page again."))
        return known
    if visit.state not in SLIP_STATES:
        raise Conflict(_l("No slip is awaited for this car now. Open the list again."))
    for earlier in db.session.scalars(
        select(Slip).where(
            Slip.visit_id == visit.id, Slip.kind == draft.kind, Slip.replaced_at.is_(None)
        )
    ):
        earlier.replaced_at = at
    row = Slip(
        id=draft.id, visit_id=visit.id, kind=draft.kind, as_ordered=draft.as_ordered,
        note=draft.note, by_id=by, captured_at=at,
    )  # fmt: skip
    db.session.add(row)
    note(visit.id, "slip.handed_in", by=by, at=at, screen="slips", slip=draft.kind)
    db.session.flush()
    log.info("slip handed in visit=%s slip=%s", visit.id, row.id)
    return row
