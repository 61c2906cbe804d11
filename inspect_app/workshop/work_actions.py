"""The work itself: line by line, notes, how far it is, accepted, and given back (T26–T29)."""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from inspect_app.db import db
from inspect_app.errors import Conflict, NotFound
from inspect_app.i18n import clock
from inspect_app.orders.models import OrderLine
from inspect_app.signatures.strokes import Strokes
from inspect_app.staff.models import Person
from inspect_app.visits.actions import change_state
from inspect_app.visits.history import note
from inspect_app.workshop import rules, signing
from inspect_app.workshop.actions import hand_key
from inspect_app.workshop.models import (
    Acceptance,
    Measure,
    ProgressAnswer,
    Rework,
    WorkNote,
    WorkStep,
)
from inspect_app.workshop.queries import WorkFile
from inspect_app.workshop.words import refuse

log = logging.getLogger(__name__)
SCREEN = "workshop"


def _refuse_not_in_work(file: WorkFile) -> None:
    if file.visit.state not in rules.IN_WORK:
        raise Conflict(_l("This car is not in work now. Open its page again to see where it is."))


def take_step(
    file: WorkFile,
    line_id: uuid.UUID,
    step_id: uuid.UUID,
    kind: str,
    *,
    reason: str,
    by: uuid.UUID,
    at: datetime,
) -> WorkStep:
    """A line is begun, done, struck or taken up again. The same step again is one step.

    Raises Conflict where the line is not where that can follow, saying who brought it there.
    """
    # Of two people the second waits here, and then sees what the first did.
    db.session.execute(select(OrderLine.id).where(OrderLine.id == line_id).with_for_update())
    if (known := db.session.get(WorkStep, step_id)) is not None:
        if known.line_id != line_id:
            raise Conflict(_l("This entry belongs to something else. Open the page again."))
        return known
    _refuse_not_in_work(file)
    work = next((one for one in file.lines if one.line.id == line_id), None)
    if work is None:
        raise NotFound
    if kind not in rules.next_steps(work.state):
        raise Conflict(
            _l(
                "%(name)s was first with “%(line)s” at %(time)s. Open the page again.",
                name=work.last.by.name if work.last else "",
                line=work.line.description,
                time=clock(work.last.captured_at if work.last else at),
            )
        )
    step = WorkStep(
        id=step_id,
        visit_id=file.visit.id,
        line_id=line_id,
        sequence=(work.last.sequence if work.last else 0) + 1,
        kind=kind,
        reason=reason,
        by_id=by,
        captured_at=at,
    )
    db.session.add(step)
    note(
        file.visit.id, f"work.{kind}", by=by, at=at, screen=SCREEN,
        line=str(line_id), reason=reason,
    )  # fmt: skip
    db.session.flush()
    log.info("work %s visit=%s line=%s", kind, file.visit.id, line_id)
    return step


def add_note(
    file: WorkFile, note_id: uuid.UUID, text: str, *, by: uuid.UUID, at: datetime
) -> WorkNote:
    """What the workshop writes down; photos of it carry its id."""
    if (known := db.session.get(WorkNote, note_id)) is not None:
        if known.visit_id != file.visit.id:
            raise Conflict(_l("This entry belongs to something else. Open the page again."))
        return known
    row = WorkNote(id=note_id, visit_id=file.visit.id, text=text, by_id=by, captured_at=at)
    db.session.add(row)
    note(file.visit.id, "work.noted", by=by, at=at, screen=SCREEN, note=str(note_id))
    db.session.flush()
    return row


@dataclass(frozen=True)
class MeasureDraft:
    """What is done about it, by whom, until when."""

    text: str
    owner_id: uuid.UUID
    due_at: datetime


@dataclass(frozen=True)
class ProgressDraft:
    """What the workshop answered (10.02)."""

    id: uuid.UUID
    finish_at: datetime
    is_abnormal: bool
    text: str
    measures: Sequence[MeasureDraft]


def answer_progress(
    file: WorkFile,
    draft: ProgressDraft,
    window: rules.Window | None,
    *,
    by: uuid.UUID,
    at: datetime,
) -> ProgressAnswer:
    """How far the work is. T26 is taken where the question was due; an earlier answer is kept, and
    the question still comes."""
    known = db.session.get(ProgressAnswer, draft.id)
    if known is not None:
        return known
    _refuse_not_in_work(file)
    answer = ProgressAnswer(
        id=draft.id,
        visit_id=file.visit.id,
        finish_at=draft.finish_at,
        is_abnormal=draft.is_abnormal,
        text=draft.text,
        by_id=by,
        captured_at=at,
    )
    answer.measures = [
        Measure(
            id=uuid.uuid5(draft.id, str(place)),
            visit_id=file.visit.id,
            text=one.text,
            owner_id=one.owner_id,
            due_at=one.due_at,
            by_id=by,
            captured_at=at,
        )
        for place, one in enumerate(draft.measures)
    ]
    db.session.add(answer)
    is_asked = window is not None and at >= window.opens_at
    detail: dict[str, Any] = {"answer": str(draft.id), "abnormal": draft.is_abnormal}
    if is_asked and file.visit.state == "in_workshop":
        is_late = window is not None and at > window.closes_at
        change_state(file.visit, "T26", by=by, at=at, screen=SCREEN, late=is_late, **detail)
    else:
        note(file.visit.id, "progress.answered", by=by, at=at, screen=SCREEN, **detail)
    db.session.flush()
    log.info("progress answered visit=%s", file.visit.id)
    return answer


def finish_measure(
    visit_id: uuid.UUID, measure_id: uuid.UUID, *, by: uuid.UUID, at: datetime
) -> Measure:
    """The measure was taken."""
    measure = db.session.get(Measure, measure_id, options=[joinedload(Measure.owner)])
    if measure is None or measure.visit_id != visit_id:
        raise NotFound
    if measure.done_at is None:
        measure.done_at, measure.done_by_id = at, by
        note(visit_id, "measure.done", by=by, at=at, screen=SCREEN, measure=str(measure_id))
        db.session.flush()
    return measure


def accept_work(
    file: WorkFile,
    acceptance_id: uuid.UUID,
    *,
    inspector: Person,
    strokes: Strokes,
    remark: str,
    by: uuid.UUID,
    at: datetime,
) -> Acceptance:
    """T27: the inspector accepts the work as finished (D21). The caller has checked the PIN."""
    if file.acceptance is not None and file.acceptance.id == acceptance_id:
        return file.acceptance
    states = [one.state for one in file.lines]
    refuse(rules.missing_for_acceptance(states, len(file.open_additions), is_signed=True))
    facts = {
        "order_number": file.order.number,
        "remark": remark,
        "lines": [
            {
                "description": one.line.description,
                "state": one.state,
                "reason": one.last.reason if one.last else "",
            }
            for one in file.lines
        ],
    }
    signature = signing.sign(
        file.visit, signing.ACCEPTANCE, uuid.uuid4(),
        person=inspector, facts=facts, strokes=strokes, by=by, at=at,
    )  # fmt: skip
    row = Acceptance(
        id=acceptance_id,
        visit_id=file.visit.id,
        signature_id=signature.id,
        inspector_id=inspector.id,
        remark=remark,
        by_id=by,
        captured_at=at,
    )
    db.session.add(row)
    change_state(
        file.visit, "T27", by=by, at=at, screen=SCREEN,
        acceptance=str(row.id), inspector=str(inspector.id),
    )  # fmt: skip
    db.session.flush()
    return row


def send_back(
    file: WorkFile, rework_id: uuid.UUID, reason: str, *, by: uuid.UUID, at: datetime
) -> Rework:
    """T28: a fault was found after the acceptance; it has to be accepted anew."""
    if (known := db.session.get(Rework, rework_id)) is not None:
        return known
    change_state(file.visit, "T28", by=by, at=at, screen=SCREEN, rework=str(rework_id))
    row = Rework(id=rework_id, visit_id=file.visit.id, reason=reason, by_id=by, captured_at=at)
    db.session.add(row)
    db.session.flush()
    return row


def take_over(file: WorkFile, *, tablet_id: uuid.UUID | None, by: uuid.UUID, at: datetime) -> None:
    """T29: the clerk (`by`) takes the finished car out of the workshop, with its key."""
    if file.visit.state == "preparing_delivery":
        return
    change_state(file.visit, "T29", by=by, at=at, screen=SCREEN, clerk=str(by))
    hand_key(file.visit.id, by, "parking", tablet_id=tablet_id, by=by, at=at)
    db.session.flush()


def open_measures(visit_id: uuid.UUID) -> int:
    """How many measures of a car are not taken yet."""
    return (
        db.session.scalar(
            select(func.count(Measure.id)).where(
                Measure.visit_id == visit_id, Measure.done_at.is_(None)
            )
        )
        or 0
    )
