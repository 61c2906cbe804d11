"""Reading a contact that was made, or a message to be sent."""

import uuid
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from inspect_app.contact_log.rules import MAX_TEXT_CHARS, SPOKEN, SPOKEN_RESULTS, WRITTEN
from inspect_app.fields import Fields, Form

BY_HAND = ("progress", "other")
"""Kinds that a person writes down here; the others belong to acts of their own."""


@dataclass(frozen=True)
class ContactDraft:
    """A contact as it was typed. `result` is empty for a message that is still to be sent."""

    id: uuid.UUID
    kind: str
    channel: str
    result: str
    number: str
    person_reached: str
    text: str


def read_contact(form: Form) -> ContactDraft:
    """One contact."""
    fields = Fields(form)
    kind = fields.one_of("kind", BY_HAND, "other")
    channel = fields.one_of("channel", (*SPOKEN, *WRITTEN), "phone")
    result = fields.one_of("result", SPOKEN_RESULTS)
    text = fields.text("text", MAX_TEXT_CHARS)
    if channel in SPOKEN and not result:
        fields.problems.setdefault("result", _l("Choose one of the offered answers."))
    if channel in WRITTEN and not text:
        fields.problems["text"] = _l("Write what the customer is to read.")
    draft = ContactDraft(
        fields.id(), kind, channel, result, fields.line("number", 254),
        fields.line("person_reached", 120), text,
    )  # fmt: skip
    fields.check()
    return draft
