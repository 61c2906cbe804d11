"""Reading how far a stopped repair has come."""

import uuid
from collections.abc import Sequence

from inspect_app.amounts import read_amount
from inspect_app.fields import Fields, Form
from inspect_app.stops.actions import StopDraft
from inspect_app.stops.rules import DONE, MAX_WORDS_CHARS

SAFE = {"yes": True, "no": False}


def read_stop(form: Form, line_ids: Sequence[uuid.UUID], *, currency: str) -> StopDraft:
    """Each line's answer is `done-<id>`, what is charged for it `amount-<id>`. Raises Invalid."""
    fields = Fields(form)
    lines = {
        line_id: (
            fields.one_of(f"done-{line_id}", DONE),
            read_amount(fields, f"amount-{line_id}", currency),
        )
        for line_id in line_ids
    }
    draft = StopDraft(
        id=fields.id(),
        asked_by=fields.line("asked_by", 120),
        reason=fields.line("reason", MAX_WORDS_CHARS),
        is_safe=SAFE.get(fields.one_of("is_safe", tuple(SAFE))),
        warning=fields.line("warning", MAX_WORDS_CHARS),
        lines=lines,
    )
    fields.check()
    return draft
