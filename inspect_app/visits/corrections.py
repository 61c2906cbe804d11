"""Corrections: what is right instead of something that was signed. The signed row never changes."""

import logging
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from inspect_app.db import db
from inspect_app.errors import Conflict
from inspect_app.fields import Fields, Form
from inspect_app.i18n import money
from inspect_app.signatures.condition_words import check_name, exceptions, mark_name
from inspect_app.signatures.lines import joined, named
from inspect_app.visits.file import VisitFile
from inspect_app.visits.history import note
from inspect_app.visits.models import Correction, Visit
from inspect_app.visits.rules import may_capture

log = logging.getLogger(__name__)

MAX_TEXT = 1000
MAX_REASON = 500
OTHER = "other"


@dataclass(frozen=True)
class Subject:
    """Something that was signed: what it is called, and what was said of it."""

    kind: str
    id: uuid.UUID | None
    name: str
    said: str = ""

    @property
    def key(self) -> str:
        """Kind and id as one value of a form."""
        return f"{self.kind}:{self.id}" if self.id else self.kind

    @property
    def choice(self) -> tuple[str, str]:
        """As one option of a form."""
        return self.key, joined(self.name, self.said)


@dataclass(frozen=True)
class CorrectionDraft:
    """What is right, why, and instead of what."""

    id: uuid.UUID
    subject_kind: str
    subject_id: uuid.UUID | None
    text: str
    reason: str


def subjects_of(file: VisitFile) -> list[Subject]:
    """Everything of the visit that a correction can point at, as the pages stand."""
    return [*_order(file), *_condition(file), *_things(file), Subject(OTHER, None, _("Other"))]


def subject_of(correction: Correction, subjects: list[Subject]) -> Subject:
    """What a correction points at; its kind alone where the row is not shown any more."""
    for subject in subjects:
        if (subject.kind, subject.id) == (correction.subject_kind, correction.subject_id):
            return subject
    return Subject(correction.subject_kind, correction.subject_id, _("Other"))


def _order(file: VisitFile) -> Iterator[Subject]:
    yield Subject("order", file.order.id, _("Order %(number)s", number=file.order.number))
    for line in file.lines:
        yield Subject("line", line.id, line.description, money(line.price_amount))


def _condition(file: VisitFile) -> Iterator[Subject]:
    for noted in file.new_marks:
        mark = noted.mark
        size = named("size_classes", str(mark.size_class))
        said = joined(size, named("severities", mark.severity), mark.remark)
        yield Subject("mark", mark.id, f"{mark.number}. {mark_name(noted)}", said)
    for check in exceptions(file):
        said = joined(named("check_results", check.result), check.remark)
        yield Subject("check", check.id, check_name(check), said)
    if (reading := file.reading) is not None:
        said = f"{reading.odometer:,} {reading.odometer_unit}" if reading.odometer else ""
        yield Subject("reading", reading.id, _("Readings"), said)
    if file.key is not None and file.tag is not None:
        yield Subject("key", file.key.id, _("Key tag %(number)s", number=file.tag.number))


def _things(file: VisitFile) -> Iterator[Subject]:
    for paper in file.papers:
        yield Subject("paper", paper.id, named("vehicle_documents", paper.code), paper.discrepancy)
    for item in file.belongings:
        name = item.name or named("belongings", item.code)
        said = joined(f"× {item.quantity}", named("belonging_places", item.place), item.remark)
        yield Subject("belonging", item.id, name, said)


def read_correction(form: Form, subjects: list[Subject]) -> CorrectionDraft:
    """The form of a correction. Raises Invalid where it points at nothing here, or says nothing."""
    fields = Fields(form)
    draft_id, key = fields.id(), fields.raw("subject")
    if not key:
        key = ":".join(
            part for part in (fields.raw("subject_kind"), fields.raw("subject_id")) if part
        )
    found = next((subject for subject in subjects if subject.key == key), None)
    text, reason = fields.text("text", MAX_TEXT), fields.text("reason", MAX_REASON)
    if found is None:
        fields.problems["subject"] = _l("Choose what is to be corrected.")
    if not text:
        fields.problems["text"] = _l("Say what is right.")
    if not reason:
        fields.problems["reason"] = _l("Say why it is corrected.")
    fields.check()
    subject = found or subjects[-1]
    return CorrectionDraft(draft_id, subject.kind, subject.id, text, reason)


def add_correction(
    visit: Visit, draft: CorrectionDraft, *, by: uuid.UUID, at: datetime
) -> Correction:
    """Adds the row; the same id again is the same correction.

    Raises Conflict before the check-in is signed: until then the entry itself is changed.
    """
    known = db.session.get(Correction, draft.id)
    if known is not None:
        if known.visit_id != visit.id:
            raise Conflict(_l("This entry belongs to another visit. Open the page again."))
        return known
    if may_capture(visit.state):
        raise Conflict(_l("This is not signed yet. Change it at its own place."))
    correction = Correction(
        id=draft.id,
        visit_id=visit.id,
        subject_kind=draft.subject_kind,
        subject_id=draft.subject_id,
        text=draft.text,
        reason=draft.reason,
        by_id=by,
        captured_at=at,
    )
    db.session.add(correction)
    note(visit.id, "correction.added", by=by, at=at, screen="record", correction=str(draft.id),
         subject=draft.subject_kind)  # fmt: skip
    db.session.flush()
    log.info("correction added visit=%s correction=%s", visit.id, correction.id)
    return correction
