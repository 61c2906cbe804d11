"""Reading a request to the supervisor, and the answer to it."""

import uuid
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from inspect_app.amounts import read_amount
from inspect_app.approvals.actions import RequestDraft
from inspect_app.approvals.rules import (
    KINDS,
    LONGEST_ON_ACCOUNT,
    MAX_REASON_CHARS,
    check_request,
)
from inspect_app.errors import Words
from inspect_app.fields import Fields, Form

SENTENCES: dict[str, tuple[str, Words]] = {
    "UNKNOWN_KIND": ("kind", _l("Choose one of the offered answers.")),
    "AMOUNT_MISSING": ("amount", _l("Type how much.")),
    "AMOUNT_OUT_OF_RANGE": ("amount", _l("This amount is too large to be right; check the zeros.")),
    "DUE_DAY_MISSING": ("due_on", _l("Say until when the rest is paid.")),
    "DUE_DAY_OUT_OF_RANGE": ("due_on", _l("This day can't be right; choose one from today on.")),
    "REASON_MISSING": ("reason", _l("Write why; the supervisor reads it.")),
}


def read_request(form: Form, *, currency: str, today: date) -> RequestDraft:
    """What is asked for. Raises Invalid."""
    fields = Fields(form)
    kind = fields.one_of("kind", KINDS)
    amount = read_amount(fields, "amount", currency)
    due_on = fields.day("due_on", today - timedelta(days=366), today + 2 * LONGEST_ON_ACCOUNT)
    reason = fields.line("reason", MAX_REASON_CHARS)
    for code in check_request(kind, amount=amount, due_on=due_on, reason=reason, today=today):
        name, words = SENTENCES[code]
        fields.problems.setdefault(name, words)
    draft = RequestDraft(fields.id(), kind, amount, due_on, reason)
    fields.check()
    return draft


def read_decision(form: Form) -> tuple[bool, str]:
    """Yes or no, and a word with it. Raises Invalid."""
    fields = Fields(form)
    decision = fields.one_of("decision", ("yes", "no"))
    if not fields.raw("decision"):
        fields.problems["decision"] = _l("Say yes or no.")
    answer = fields.line("answer", MAX_REASON_CHARS)
    fields.check()
    return decision == "yes", answer


def read_key(form: Form) -> uuid.UUID:
    """The id of a form that says one thing only."""
    return Fields(form).id("_key")
