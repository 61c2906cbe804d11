"""Reading how the customer was told, and what."""

from flask_babel import lazy_gettext as _l

from inspect_app.contact_log.rules import MAX_TEXT_CHARS, can_write_to
from inspect_app.fields import Fields, Form
from inspect_app.i18n import read_local
from inspect_app.notices.actions import Contact, Delay

WAYS: dict[str, tuple[str, str]] = {
    "phone:reached": ("phone", "reached"),
    "phone:no_answer": ("phone", "no_answer"),
    "phone:left_message": ("phone", "left_message"),
    "in_person:reached": ("in_person", "reached"),
    "sms:sent": ("sms", "sent"),
    "email:sent": ("email", "sent"),
}
"""The buttons of a notice: each is one way and its result, so that no tap means two."""


def read_contact(form: Form, channels: tuple[str, ...]) -> Contact:
    """The way that was tapped. `channels`: what this site sends itself. Raises Invalid."""
    fields = Fields(form)
    way = fields.one_of("way", tuple(WAYS))
    channel, result = WAYS.get(way, ("", ""))
    if not channel or (channel in ("sms", "email") and channel not in channels):
        fields.problems.setdefault("way", _l("Choose one of the offered answers."))
    number = fields.line("email" if channel == "email" else "number", 254)
    if channel in ("sms", "email") and not can_write_to(channel, number):
        name = "email" if channel == "email" else "number"
        fields.problems.setdefault(
            name, _l("Nothing can be sent to this number or address. Correct it first.")
        )
    text = fields.text("text", MAX_TEXT_CHARS)
    if channel in ("sms", "email") and not text:
        fields.problems.setdefault("text", _l("Write what the customer is to read."))
    contact = Contact(fields.id(), channel, result, number, fields.line("person", 120), text)
    fields.check()
    return contact


def read_delay(form: Form) -> Delay:
    """Why, the apology and the new time. What is missing is said by the rules (T31)."""
    fields = Fields(form)
    new_time = None
    if text := fields.raw("promised_at"):
        try:
            new_time = read_local(text)
        except (ValueError, OverflowError):
            fields.problems["promised_at"] = _l("Give the day and the time.")
    delay = Delay(fields.line("reason", 300), fields.yes("apologised"), new_time)
    fields.check()
    return delay
