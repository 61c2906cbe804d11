"""Writing marks, check lines, known damage and conditions.

The later capture wins: what was captured before the row that stands is kept in the history alone.
"""

import logging
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from inspect_app.catalogues.m22 import EDITION, m22
from inspect_app.db import db
from inspect_app.errors import Conflict
from inspect_app.visits.file import marks_of
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit
from inspect_app.walkaround.drawings import drawing_of
from inspect_app.walkaround.models import KnownMark, Mark, Walkaround
from inspect_app.walkaround.queries import (
    conditions_of,
    known_answer,
    next_number,
    station_of_mark,
)
from inspect_app.walkaround.stations import restate_station

log = logging.getLogger(__name__)
SCREEN = "walkaround"


@dataclass(frozen=True)
class MarkDraft:
    """A mark as it was captured; `x` and `y` are fractions of the drawing."""

    id: uuid.UUID
    view: str
    zone: str
    x: float
    y: float
    damage_type: str
    severity: str
    size_class: int
    remark: str

    def codes(self) -> dict[str, Any]:
        """What of it goes into the history: codes and numbers, no text."""
        told = asdict(self)
        told.pop("remark")
        return {**told, "id": str(self.id)}


def save_mark(
    visit: Visit,
    draft: MarkDraft,
    *,
    by: uuid.UUID,
    at: datetime,
    delivery_id: uuid.UUID | None = None,
) -> Mark:
    """Adds the mark under the visit's next number, or changes the one with this id. `delivery_id`:
    it was found when the car was given back.

    Raises Conflict where the id belongs to a mark of another visit or another walk.
    """
    mark = db.session.scalar(select(Mark).where(Mark.id == draft.id))
    if mark is None:
        mark = Mark(
            id=draft.id,
            visit_id=visit.id,
            vehicle_id=visit.vehicle_id,
            number=next_number(visit.id),
            delivery_id=delivery_id,
        )
        db.session.add(mark)
        kind = "mark.added"
    elif mark.visit_id != visit.id or mark.delivery_id != delivery_id:
        raise Conflict(_l("This mark belongs to another visit. Open the page again."))
    else:
        kind = "mark.changed" if at >= mark.captured_at else "mark.superseded"
    note(visit.id, kind, by=by, at=at, screen=SCREEN, mark=draft.codes())
    if kind != "mark.superseded":
        _write(mark, draft)
        mark.by_id, mark.captured_at = by, at
    db.session.flush()
    if delivery_id is None:
        restate_station(visit.id, station_of_mark(mark))
    log.info("mark saved visit=%s mark=%s", visit.id, mark.id)
    return mark


def _write(mark: Mark, draft: MarkDraft) -> None:
    mark.view, mark.zone, mark.x, mark.y = draft.view, draft.zone, draft.x, draft.y
    mark.damage_type, mark.severity = draft.damage_type, draft.severity
    mark.size_class, mark.remark = draft.size_class, draft.remark
    _number_for_the_trade(mark)


def _number_for_the_trade(mark: Mark) -> None:
    """The triple of the trade's standard (peers 6.1), where it has one."""
    triple = m22(mark.zone, mark.damage_type, mark.size_class)
    mark.m22_area, mark.m22_type, mark.m22_severity = triple or (None, None, None)
    mark.m22_edition = EDITION if triple else ""


def move_mark(
    visit: Visit, mark: Mark, zone: str, x: float, y: float, *, by: uuid.UUID, at: datetime
) -> None:
    """Puts the mark where it was dragged to."""
    before, station = {"zone": mark.zone, "x": mark.x, "y": mark.y}, station_of_mark(mark)
    late = at < mark.captured_at
    note(visit.id, "mark.superseded" if late else "mark.moved", by=by, at=at, screen=SCREEN,
         mark=str(mark.id), before=before, zone=zone, x=x, y=y)  # fmt: skip
    if not late:
        mark.zone, mark.x, mark.y, mark.captured_at = zone, x, y, at
        _number_for_the_trade(mark)
    db.session.flush()
    for code in {station, station_of_mark(mark)}:
        restate_station(visit.id, code)


def remove_mark(visit: Visit, mark: Mark, *, by: uuid.UUID, at: datetime) -> None:
    """Takes the mark away; its number is not given again. One that was changed later, on another
    tablet, stays."""
    if mark.removed_at is None and mark.captured_at > at:
        note(visit.id, "mark.superseded", by=by, at=at, screen=SCREEN, mark=str(mark.id),
             removed=True)  # fmt: skip
        db.session.flush()
    elif mark.removed_at is None:
        mark.removed_at, mark.removed_by_id = at, by
        note(visit.id, "mark.removed", by=by, at=at, screen=SCREEN, mark=str(mark.id))
        db.session.flush()
        restate_station(visit.id, station_of_mark(mark))


def return_mark(visit: Visit, mark: Mark, *, by: uuid.UUID, at: datetime) -> None:
    """Takes the removal back."""
    if mark.removed_at is not None:
        mark.removed_at = mark.removed_by_id = None
        note(visit.id, "mark.returned", by=by, at=at, screen=SCREEN, mark=str(mark.id))
        db.session.flush()
        restate_station(visit.id, station_of_mark(mark))


def answer_known_mark(
    visit: Visit, mark_id: uuid.UUID, still_there: bool, *, by: uuid.UUID, at: datetime
) -> None:
    """Whether a mark of an earlier visit is still there. Raises Conflict where it is no such."""
    if not any(noted.is_known and noted.mark.id == mark_id for noted in marks_of(visit)):
        raise Conflict(_l("This mark is not known from an earlier visit. Open the page again."))
    row = known_answer(visit.id, mark_id)
    late = row is not None and at < row.captured_at
    note(visit.id, "known_mark.superseded" if late else "known_mark.answered", by=by, at=at,
         screen=SCREEN, mark=str(mark_id), still_there=still_there)  # fmt: skip
    if row is None:
        row = KnownMark(visit_id=visit.id, mark_id=mark_id, still_there=still_there)
        row.by_id, row.captured_at = by, at
        db.session.add(row)
    elif not late:
        row.still_there, row.by_id, row.captured_at = still_there, by, at
    db.session.flush()


def confirm_known_marks(visit: Visit, *, by: uuid.UUID, at: datetime) -> int:
    """All still there: every known mark that was not answered yet. Returns how many."""
    open_ones = [n.mark.id for n in marks_of(visit) if n.is_known and n.still_there is None]
    for mark_id in open_ones:
        db.session.add(
            KnownMark(visit_id=visit.id, mark_id=mark_id, still_there=True, by_id=by,
                      captured_at=at)
        )  # fmt: skip
    if open_ones:
        note(visit.id, "known_mark.all_answered", by=by, at=at, screen=SCREEN,
             marks=[str(mark_id) for mark_id in open_ones])  # fmt: skip
    db.session.flush()
    return len(open_ones)


def note_conditions(visit: Visit, said: dict[str, str], *, by: uuid.UUID, at: datetime) -> None:
    """How clean the body is and how light it was: dirt and water hide scratches."""
    row = conditions_of(visit.id)
    late = row is not None and at < row.captured_at
    kind = "conditions.superseded" if late else "conditions.noted"
    note(visit.id, kind, by=by, at=at, screen=SCREEN, **said)
    if row is None:
        row = Walkaround(visit_id=visit.id)
        db.session.add(row)
    if not late:
        row.by_id, row.captured_at = by, at
        for name, code in said.items():
            setattr(row, name, code)
    db.session.flush()


def change_body_type(visit: Visit, body_type: str, *, by: uuid.UUID, at: datetime) -> None:
    """Another drawing: marks of this visit keep their zones and go to the middle of them."""
    vehicle = visit.vehicle
    if vehicle.body_type == body_type:
        return
    note(visit.id, "vehicle.body_type", by=by, at=at, screen=SCREEN,
         before=vehicle.body_type, after=body_type)  # fmt: skip
    vehicle.body_type = body_type
    drawing = drawing_of("outside", body_type)
    for mark in db.session.scalars(
        select(Mark).where(Mark.visit_id == visit.id, Mark.view == "outside")
    ):
        mark.x, mark.y = drawing.centre_of(mark.zone)
    db.session.flush()
