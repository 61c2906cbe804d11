"""Reading why a customer leaves, and what goes back."""

import uuid

from flask_babel import lazy_gettext as _l

from inspect_app.exits.actions import ExitDraft
from inspect_app.fields import Fields, Form
from inspect_app.returns.actions import ReturnDraft
from inspect_app.returns.rules import SUBJECTS

MAX_REASON_CHARS = 300


def read_exit(form: Form) -> ExitDraft:
    """The decision. Raises Invalid."""
    fields = Fields(form)
    code = fields.code("reason_code", "decline_reasons")
    reason = fields.line("reason", MAX_REASON_CHARS)
    draft = ExitDraft(fields.id(), code or ("other" if reason else ""), reason)
    fields.check()
    return draft


def read_return(form: Form) -> ReturnDraft:
    """One thing as it goes back. Raises Invalid."""
    fields = Fields(form)
    subject = fields.one_of("subject", SUBJECTS)
    if not subject:
        fields.problems.setdefault("subject", _l("Choose what goes back."))
    quantity = fields.whole("quantity", 0, 99)
    difference = fields.line("difference", MAX_REASON_CHARS)
    row_id = fields.id()
    about = fields.id("subject_id")
    fields.check()
    return ReturnDraft(row_id, subject, about, quantity, difference)


def read_pass_id(form: Form) -> uuid.UUID:
    """The id of the pass that this form makes."""
    return Fields(form).id()
