"""Reading a claim, and the supervisor's answer to it."""

import uuid
from datetime import datetime

from flask_babel import lazy_gettext as _l

from inspect_app.claims.actions import ClaimDraft
from inspect_app.errors import Invalid
from inspect_app.fields import Fields, Form

MAX_CLOSED = 1000


def read_claim(form: Form, started_at: datetime) -> ClaimDraft:
    """A claim as the tablet made it. A name that is none is no reason to lose what was captured."""
    fields = Fields(form)
    return ClaimDraft(
        id=fields.id(),
        person_id=_optional(fields.raw("person")),
        closed_pin=fields.raw("closed_pin")[:MAX_CLOSED],
        started_at=started_at,
    )


def read_person(form: Form) -> uuid.UUID:
    """Whose the entries are. Raises Invalid where nobody was chosen."""
    person_id = _optional(Fields(form).raw("person"))
    if person_id is None:
        raise Invalid({"person": _l("Choose whose entries these are.")})
    return person_id


def _optional(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
