"""Reading what is done with a key."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import lazy_gettext as _l

from inspect_app.fields import Fields, Form
from inspect_app.key_tags.custody_actions import Act
from inspect_app.key_tags.custody_rules import LONGEST_OUT, REASONS

LONGEST_MINUTES = int(LONGEST_OUT.total_seconds() // 60)
KINDS = ("put_in", "taken_out", "returned", "given_back")
"""Those that need no one's PIN; handing over to a person has its own form."""


def read_act(form: Form) -> Act:
    """A movement. Raises Invalid with every problem."""
    fields = Fields(form)
    kind = fields.one_of("kind", KINDS)
    if not fields.raw("kind"):
        fields.problems["kind"] = _l("Choose one of the offered answers.")
    act = Act(
        id=fields.id(),
        kind=kind,
        seen=fields.whole("seen", 0, 10_000),
        slot=fields.line("slot", 12),
        reason=fields.one_of("reason", tuple(REASONS)),
        minutes=fields.whole("minutes", 1, LONGEST_MINUTES),
    )
    if kind == "taken_out" and not act.reason:
        fields.problems.setdefault("reason", _l("Say what the key is taken for."))
    fields.check()
    return act


@dataclass(frozen=True)
class HandOver:
    """A key goes to a person, who confirms with the PIN."""

    act: Act
    pin: str


def read_hand_over(form: Form) -> HandOver:
    """To whom, and their PIN. Raises Invalid with every problem."""
    fields = Fields(form)
    holder_id = None
    try:
        holder_id = UUID(fields.raw("person"))
    except ValueError:
        fields.problems["person"] = _l("Say who takes the key.")
    act = Act(
        id=fields.id(),
        kind="handed_over",
        seen=fields.whole("seen", 0, 10_000),
        reason=fields.one_of("reason", tuple(REASONS)),
        minutes=fields.whole("minutes", 1, LONGEST_MINUTES),
        holder_id=holder_id,
    )
    pin = fields.line("pin", 6)
    if not pin:
        fields.problems.setdefault("pin", _l("Who takes the key types the PIN."))
    fields.check()
    return HandOver(act, pin)


@dataclass(frozen=True)
class Answer:
    """What a person says of a late entry that contradicts the rest."""

    id: UUID
    claim_id: UUID
    claim_is_right: bool


def read_answer(form: Form) -> Answer:
    """The answer. Raises Invalid."""
    fields = Fields(form)
    says = fields.one_of("says", ("shown", "claimed"))
    if not fields.raw("says"):
        fields.problems["says"] = _l("Choose one of the offered answers.")
    fields.check()
    return Answer(fields.id(), fields.id("claim"), says == "claimed")
