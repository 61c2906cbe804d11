"""Reading an absence."""

import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from inspect_app.fields import Fields, Form

FURTHEST = timedelta(days=366)


@dataclass(frozen=True)
class AbsenceDraft:
    """Who is away, a person or a team, and on which days; the last one included."""

    id: uuid.UUID
    person_id: uuid.UUID | None
    team_id: uuid.UUID | None
    first_on: date
    last_on: date
    reason: str


def read_absence(form: Form, today: date) -> AbsenceDraft:
    """One absence. `away` is `person:` or `team:` and an id."""
    fields = Fields(form)
    kind, _colon, text = fields.raw("away").partition(":")
    away_id = None
    with suppress(ValueError):
        away_id = uuid.UUID(text) if kind in ("person", "team") else None
    if away_id is None:
        fields.problems["away"] = _l("Choose who is away.")
    first_on = fields.day("first_on", today - FURTHEST, today + FURTHEST)
    last_on = fields.day("last_on", today - FURTHEST, today + FURTHEST) or first_on
    if first_on is None:
        fields.problems.setdefault("first_on", _l("Give the first day."))
    elif last_on is not None and last_on < first_on:
        fields.problems["last_on"] = _l("The last day lies before the first.")
    reason, row_id = fields.line("reason", 120), fields.id()
    fields.check()
    first_on = first_on or today
    last_on = last_on or first_on
    return AbsenceDraft(
        row_id, away_id if kind == "person" else None, away_id if kind == "team" else None,
        first_on, last_on, reason,
    )  # fmt: skip
