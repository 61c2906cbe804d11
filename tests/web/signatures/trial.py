"""A sitting that only tests have: one question about the order, asked of any car that is here."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from flask import url_for

from inspect_app.signatures.lines import Line, choice_line
from inspect_app.signatures.models import Seal
from inspect_app.signatures.sittings import About, Page, Said, Sitting, add_sitting
from inspect_app.staff.rules import RECEPTION
from inspect_app.visits.history import note

NAME = "trial"
OPTIONS = (("yes", "Yes, do it"), ("no", "No"), ("later", "Another time"))
asked: dict[uuid.UUID, str] = {}
"""What was answered, by the subject: in a real noun this is a table."""


def _said(about: About) -> Said | None:
    if about.subject_id not in asked:
        return None
    chosen = asked[about.subject_id]
    return Said(
        title="New wiper blades",
        lines=(
            Line("item", "1. Wiper blades", "18,000"),
            choice_line("wipers", "Your answer to 1", OPTIONS, chosen),
            Line("close", "I have decided so."),
        ),
        facts={"subject": str(about.subject_id), "answers": {"wipers": chosen}},
    )


def _answer(about: About, answers: Mapping[str, str], *, by: uuid.UUID, at: datetime) -> None:
    assert about.subject_id is not None
    asked[about.subject_id] = answers["wipers"]


def _after(about: About, seal: Seal, *, by: uuid.UUID, at: datetime) -> None:
    note(about.visit.id, "trial.signed", by=by, at=at, seal=str(seal.id))


def register() -> Sitting:
    """Adds it, with nothing asked yet."""
    asked.clear()
    sitting = Sitting(
        name=NAME,
        title="Trial",
        pages=(Page("question", "A question", ("SC",)),),
        said={"SC": _said},
        states=frozenset({"checked_in"}),
        roles=RECEPTION,
        after=_after,
        leads_to=lambda about: url_for("visits.history", visit_id=about.visit.id),
        answer=_answer,
    )
    add_sitting(sitting)
    return sitting
