"""Reading what was ticked, counted and handed in."""

import uuid

from flask_babel import lazy_gettext as _l

from inspect_app.fields import Fields, Form
from inspect_app.preparation.actions import CountDraft, SlipDraft
from inspect_app.preparation.rules import MAX_NOTE_CHARS, SLIPS, STEPS

MAX_QUANTITY = 99


def read_step(form: Form) -> tuple[uuid.UUID, str, bool]:
    """The tick's id, the step, and whether it is done."""
    fields = Fields(form)
    step = fields.one_of("step", STEPS)
    if not fields.raw("step"):
        fields.problems["step"] = _l("Choose one of the offered answers.")
    row_id, done = fields.id(), fields.yes("done")
    fields.check()
    return row_id, step, done


def read_count_back(form: Form) -> CountDraft:
    """One line of the list as it was counted."""
    fields = Fields(form)
    quantity = fields.whole("quantity", 0, MAX_QUANTITY)
    if quantity is None:
        fields.problems.setdefault("quantity", _l("Type how many there are."))
    draft = CountDraft(
        fields.id(), fields.id("belonging"), quantity or 0, fields.yes("in_car"),
        fields.line("remark", 300),
    )  # fmt: skip
    fields.check()
    return draft


def read_slip(form: Form, kinds: tuple[str, ...]) -> SlipDraft:
    """A slip of one of the kinds that this person hands in."""
    fields = Fields(form)
    kind = fields.one_of("kind", SLIPS)
    if kind not in kinds:
        fields.problems.setdefault("kind", _l("Choose one of the offered answers."))
    slip_note = fields.text("note", MAX_NOTE_CHARS)
    as_ordered = fields.yes("as_ordered")
    if not as_ordered and not slip_note:
        fields.problems.setdefault(
            "note", _l("Write what was used or done beside the order, or that all is as ordered.")
        )
    draft = SlipDraft(fields.id(), kind, as_ordered, slip_note)
    fields.check()
    return draft


def read_form_id(form: Form) -> uuid.UUID:
    """The id of a form that says one thing only."""
    return Fields(form).id()
