"""Reading what was found on a paper (D4)."""

import uuid
from datetime import date

from flask_babel import lazy_gettext as _l

from inspect_app.fields import Fields, Form
from inspect_app.papers.actions import PaperDraft
from inspect_app.papers.phrases import without_absent
from inspect_app.papers.rules import (
    MAX_NUMBER_END_CHARS,
    MAX_TEXT_CHARS,
    check_paper,
    discrepancies,
)

EARLIEST, LATEST = date(1980, 1, 1), date(2100, 12, 31)
"""No paper of a car that still runs ended before, or ends after; a licence may be without end."""

WORDS = {
    "UNKNOWN_PAPER": ("code", _l("Choose one of the offered papers.")),
    "DISCREPANCY_TEXT_MISSING": (
        "discrepancy",
        _l("Write what is wrong: the customer signs these words."),
    ),
}


def read_paper(form: Form, *, on: date, asked: tuple[str, ...]) -> PaperDraft:
    """One paper as it was examined. Raises Invalid with every problem at its field.

    An end of validity in the past is a discrepancy, not an error.
    """
    fields = Fields(form)
    received = fields.yes("received")
    discrepancy = fields.text("discrepancy", MAX_TEXT_CHARS)
    draft = PaperDraft(
        id=fields.id(),
        code=fields.raw("code"),
        received=received,
        number_end=fields.line("number_end", MAX_NUMBER_END_CHARS),
        valid_until_on=fields.day("valid_until_on", EARLIEST, LATEST) if received else None,
        is_valid=fields.yes("is_valid") if received else None,
        is_complete=fields.yes("is_complete") if received else None,
        is_intact=fields.yes("is_intact") if received else None,
        discrepancy=without_absent(discrepancy) if received else discrepancy,
        agreed=fields.text("agreed", MAX_TEXT_CHARS),
    )
    faults = discrepancies(
        received=received,
        valid_until=draft.valid_until_on,
        on=on,
        complete=draft.is_complete is not False,
        intact=draft.is_intact is not False,
    )
    wrong = (bool(faults) or draft.is_valid is False) and (received or draft.code in asked)
    for code in check_paper(code=draft.code, discrepancy=draft.discrepancy, wrong=wrong):
        if code in WORDS:
            name, words = WORDS[code]
            fields.problems.setdefault(name, words)
    fields.check()
    return draft


def read_in_order(form: Form) -> uuid.UUID:
    """The id of a form that says it of all at once; Invalid where it has none."""
    return Fields(form).id()
