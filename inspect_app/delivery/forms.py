"""Reading what is tapped at the desk and at the car."""

from inspect_app.delivery.actions import ObjectionDraft, PacketDraft
from inspect_app.delivery.rules import PACKET
from inspect_app.fields import Fields, Form
from inspect_app.returns.actions import ReturnDraft

MAX_REASON, MAX_OBJECTION = 300, 2000
GOES_TO = ("rework", "complaint")


def read_packet(form: Form) -> PacketDraft:
    """What was handed over. Raises Invalid."""
    fields = Fields(form)
    ticked = frozenset(one for one in PACKET if fields.yes(f"packet-{one}"))
    draft = PacketDraft(fields.id(), ticked, fields.line("reason", MAX_REASON))
    fields.check()
    return draft


def read_return(form: Form) -> ReturnDraft:
    """One line of the count. Raises Invalid."""
    fields = Fields(form)
    draft = ReturnDraft(
        fields.id(),
        fields.one_of("subject", ("paper", "belonging")) or "belonging",
        fields.id("subject_id"),
        fields.whole("quantity", 0, 99),
        fields.line("difference", MAX_REASON),
    )
    fields.check()
    return draft


def read_objection(form: Form) -> ObjectionDraft:
    """What the customer objects to. Raises Invalid."""
    fields = Fields(form)
    draft = ObjectionDraft(
        fields.id(),
        fields.text("text", MAX_OBJECTION),
        fields.one_of("goes_to", GOES_TO) or "complaint",
    )
    fields.check()
    return draft
