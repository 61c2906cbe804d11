"""Reading what a pass is asked for, and what is shown or done at the gate."""

import uuid

from flask_babel import lazy_gettext as _l

from inspect_app.fields import Fields, Form
from inspect_app.gate_passes.actions import PassDraft
from inspect_app.gate_passes.rules import LONGEST_TRIP, TRIPS

MAX_CODE_CHARS = 300
MAX_REASON_CHARS = 200
MINUTES = int(LONGEST_TRIP.total_seconds() // 60)


def read_trip(form: Form) -> PassDraft:
    """A pass for a trip from which the car comes back. Raises Invalid."""
    fields = Fields(form)
    kind = fields.one_of("kind", tuple(TRIPS))
    if not kind:
        fields.problems.setdefault("kind", _l("Choose what the trip is for."))
    minutes = fields.whole("minutes", 5, MINUTES)
    remark = fields.line("remark", MAX_REASON_CHARS)
    draft = PassDraft(id=fields.id(), kind=kind, minutes=minutes, remark=remark)
    fields.check()
    return draft


def read_code(form: Form) -> str:
    """What was scanned or typed, cut to what a code may be."""
    return Fields(form).raw("code")[:MAX_CODE_CHARS]


def read_reason(form: Form) -> str:
    """Why, in a sentence. Raises Invalid where nothing is said."""
    fields = Fields(form)
    reason = fields.line("reason", MAX_REASON_CHARS)
    if not reason:
        fields.problems.setdefault("reason", _l("Write why."))
    fields.check()
    return reason


def read_check_id(form: Form) -> uuid.UUID:
    """The id of the look at the gate that this form makes."""
    return Fields(form).id()
