"""Reading what is entered on a car's way through the workshop."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from inspect_app.fields import Fields, Form
from inspect_app.i18n import read_local, zone
from inspect_app.signatures.strokes import Strokes, StrokesRefused, read_strokes
from inspect_app.workshop.actions import ReceiptDraft
from inspect_app.workshop.rules import stated_moment
from inspect_app.workshop.work_actions import MeasureDraft, ProgressDraft

MAX_REASON = 300
MAX_NOTE = 2_000
MEASURES = 3
"""Lines for measures on one answer; more are more answers."""


def optional_id(fields: Fields, name: str) -> uuid.UUID | None:
    """An id that may be missing; anything else that is no id is a problem of its field."""
    text = fields.raw(name)
    if not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError:
        fields.problems[name] = _l("Choose one of the offered answers.")
        return None


@dataclass(frozen=True)
class Signed:
    """Who signs: a person, their PIN and the drawing of the name."""

    person_id: uuid.UUID
    pin: str
    strokes: Strokes


def read_signed(fields: Fields) -> Signed | None:
    """The signature of one of the staff; None with problems where something is missing."""
    person_id = optional_id(fields, "person")
    if person_id is None:
        fields.problems.setdefault("person", _l("Say who signs."))
    pin = fields.line("pin", 6)
    if not pin:
        fields.problems.setdefault("pin", _l("Who signs types the PIN."))
    strokes = _strokes(fields)
    if person_id is None or strokes is None or not pin:
        return None
    return Signed(person_id, pin, strokes)


def _strokes(fields: Fields) -> Strokes | None:
    try:
        drawn = json.loads(fields.raw("strokes") or "{}")
        if not isinstance(drawn, Mapping):
            raise StrokesRefused("BAD_SHAPE")
        return read_strokes(drawn.get("groups"), drawn.get("width"), drawn.get("height"))
    except (ValueError, RecursionError):
        fields.problems["strokes"] = _l("Write the name in the field.")
        return None


def read_receipt(form: Form, *, now: datetime) -> tuple[Signed, ReceiptDraft]:
    """S3: the time to ten minutes, reasons, and who signs. Raises Invalid with every problem."""
    fields = Fields(form)
    receipt_id = fields.id()
    stated_at = _stated(fields, now)
    signed = read_signed(fields)
    time_reason = fields.line("time_reason", MAX_REASON)
    no_wash = fields.line("no_wash_reason", MAX_REASON)
    fields.check()
    assert signed is not None
    assert stated_at is not None
    draft = ReceiptDraft(
        receipt_id, stated_at, time_reason, no_wash, fields.yes("order_with_car"), signed.strokes
    )
    return signed, draft


def _stated(fields: Fields, now: datetime) -> datetime | None:
    hour, colon, minute = fields.raw("stated_time").partition(":")
    is_time = colon and all(
        part.isascii() and part.isdigit() and len(part) == 2 for part in (hour, minute)
    )
    if not is_time or int(hour) > 23 or int(minute) > 59:
        fields.problems["stated_time"] = _l("Write the time of receipt, such as 14:10.")
        return None
    if int(minute) % 10:
        fields.problems["stated_time"] = _l("Write the time to ten minutes, such as 14:10.")
        return None
    return stated_moment(int(hour), int(minute), zone(), now)


@dataclass(frozen=True)
class WayDraft:
    """How the car goes into the workshop. No team: several, which the supervisor sets."""

    job_id: uuid.UUID
    wash_id: uuid.UUID
    team_id: uuid.UUID | None
    is_washed: bool


def read_way(form: Form) -> WayDraft:
    """The order is complete: who works on it, and whether the car is washed first."""
    fields = Fields(form)
    job_id, wash_id = fields.id(), fields.id("wash_id")
    team_id = None
    if fields.raw("team") != "several":
        team_id = optional_id(fields, "team")
        if team_id is None:
            fields.problems.setdefault("team", _l("Choose a team, or leave it to the supervisor."))
    way = fields.one_of("way", ("wash", "straight"), "wash")
    fields.check()
    return WayDraft(job_id, wash_id, team_id, way == "wash")


def read_teams(form: Form) -> set[uuid.UUID]:
    """The teams that the supervisor ticked."""
    fields = Fields(form)
    found = set()
    for text in form.getlist("team"):
        try:
            found.add(uuid.UUID(text))
        except ValueError:
            fields.problems["team"] = _l("Choose one of the offered answers.")
    fields.check()
    return found


def read_wash_end(form: Form) -> str:
    """Why it was not washed; empty where it was."""
    fields = Fields(form)
    reason = fields.line("not_washed_reason", 200)
    fields.check()
    return reason


def read_return_to(form: Form, default: uuid.UUID) -> uuid.UUID:
    """Who took the car back from the wash."""
    fields = Fields(form)
    person_id = optional_id(fields, "to") or default
    fields.check()
    return person_id


@dataclass(frozen=True)
class StepDraft:
    """What happened to a line."""

    id: uuid.UUID
    kind: str
    reason: str


def read_step(form: Form) -> StepDraft:
    """A step of a line; a line is struck only with a reason."""
    fields = Fields(form)
    kind = fields.one_of("kind", ("started", "done", "struck", "reopened"))
    if not fields.raw("kind"):
        fields.problems["kind"] = _l("Choose one of the offered answers.")
    reason = fields.line("reason", MAX_REASON)
    if kind == "struck" and not reason:
        fields.problems["reason"] = _l("Say why this is not done.")
    step_id = fields.id()
    fields.check()
    return StepDraft(step_id, kind, reason)


def read_note(form: Form) -> tuple[uuid.UUID, str]:
    """A note of the workshop."""
    fields = Fields(form)
    note_id, text = fields.id(), fields.text("text", MAX_NOTE)
    if not text:
        fields.problems.setdefault("text", _l("Write the note first."))
    fields.check()
    return note_id, text


def read_moment(fields: Fields, name: str) -> datetime | None:
    """A day and time of the site; None for an empty field."""
    text = fields.raw(name)
    if not text:
        return None
    try:
        return read_local(text)
    except (ValueError, OverflowError):
        fields.problems[name] = _l("Give the day and the time.")
        return None


def read_progress(form: Form) -> ProgressDraft:
    """When it will be finished, whether anything is wrong, and what is done about it."""
    fields = Fields(form)
    row_id = fields.id()
    finish_at = read_moment(fields, "finish_at")
    if finish_at is None:
        fields.problems.setdefault("finish_at", _l("Say when the work will be finished."))
    state = fields.one_of("state", ("normal", "abnormal"))
    if not fields.raw("state"):
        fields.problems["state"] = _l("Say whether anything is wrong.")
    text = fields.text("text", MAX_NOTE)
    is_abnormal = state == "abnormal"
    measures = [one for place in range(MEASURES) if (one := _measure(fields, place))]
    if is_abnormal and not text:
        fields.problems.setdefault("text", _l("Say what is wrong."))
    if is_abnormal and not measures:
        fields.problems.setdefault(
            "measure-0", _l("Say what is done about it at once, by whom and until when.")
        )
    fields.check()
    assert finish_at is not None
    return ProgressDraft(row_id, finish_at, is_abnormal, text, measures)


def _measure(fields: Fields, place: int) -> MeasureDraft | None:
    text = fields.line(f"measure-{place}", MAX_REASON)
    if not text:
        return None
    owner_id = optional_id(fields, f"owner-{place}")
    due_at = read_moment(fields, f"due-{place}")
    if owner_id is None:
        fields.problems.setdefault(f"owner-{place}", _l("Say who does it."))
    if due_at is None:
        fields.problems.setdefault(f"due-{place}", _l("Say until when."))
    if owner_id is None or due_at is None:
        return None
    return MeasureDraft(text, owner_id, due_at)


def read_acceptance(form: Form) -> tuple[uuid.UUID, Signed, str]:
    """The inspector's name and a remark."""
    fields = Fields(form)
    row_id = fields.id()
    remark = fields.line("remark", MAX_REASON)
    signed = read_signed(fields)
    fields.check()
    assert signed is not None
    return row_id, signed, remark


def read_rework(form: Form) -> tuple[uuid.UUID, str]:
    """What is wrong with accepted work."""
    fields = Fields(form)
    row_id, reason = fields.id(), fields.text("reason", MAX_NOTE)
    if not reason:
        fields.problems.setdefault("reason", _l("Say what is wrong."))
    fields.check()
    return row_id, reason
