"""Reading what was handed in under which tag."""

import uuid

from flask_babel import lazy_gettext as _l

from inspect_app.fields import Fields, Form
from inspect_app.key_tags.actions import KeyDraft
from inspect_app.key_tags.labels import PER_SHEET

MOST_KEYS = 20
MAX_SCANNED_CHARS = 120
"""A scanned code is at most 60 characters; a browser may add to it."""


def read_key(form: Form) -> KeyDraft:
    """The keys and remotes, the tag and the slot. Raises Invalid with every problem."""
    fields = Fields(form)
    keys = fields.whole("keys_count", 0, MOST_KEYS)
    remotes = fields.whole("remotes_count", 0, MOST_KEYS)
    draft = KeyDraft(
        id=fields.id(),
        tag=fields.line("tag", MAX_SCANNED_CHARS),
        slot=fields.line("slot", 12),
        keys_count=1 if keys is None else keys,
        remotes_count=remotes or 0,
    )
    if draft.keys_count + draft.remotes_count == 0:
        fields.problems.setdefault("keys_count", _l("At least one key or remote hangs on a tag."))
    fields.check()
    return draft


def read_movement(form: Form) -> uuid.UUID:
    """The id of a movement into the cabinet, the only kind there is yet. Raises Invalid."""
    fields = Fields(form)
    fields.one_of("kind", ("put_in",))
    if not fields.raw("kind"):
        fields.problems["kind"] = _l("Choose one of the offered answers.")
    fields.check()
    return fields.id()


def read_skip(form: Form) -> int:
    """How many places of a begun sheet are used. Raises Invalid for more than a sheet has."""
    fields = Fields(form)
    skip = fields.whole("skip", 0, PER_SHEET - 1)
    fields.check()
    return skip or 0
