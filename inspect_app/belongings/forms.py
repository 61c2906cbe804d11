"""Reading a line of the items list, the answer about valuables, and a box's number."""

import uuid
from dataclasses import replace

from flask_babel import lazy_gettext as _l

from inspect_app.belongings.actions import BelongingDraft, CountDraft
from inspect_app.belongings.rules import (
    MAX_QUANTITY,
    MAX_REMARK_CHARS,
    MAX_TEXT_CHARS,
    check_belonging,
)
from inspect_app.errors import Words
from inspect_app.fields import Fields, Form

WORDS: dict[str, tuple[str, Words]] = {
    "UNKNOWN_BELONGING": ("code", _l("Choose one of the offered things.")),
    "NAME_MISSING": ("name", _l("Write what it is.")),
}
MAX_BOX_CHARS = 20


def read_belonging(form: Form) -> BelongingDraft:
    """One line. A tile sends what it counts alone, the sheet everything. Raises Invalid."""
    fields = Fields(form)
    quantity = fields.whole("quantity", 0, MAX_QUANTITY)
    if quantity is None:
        fields.problems.setdefault("quantity", _l("Type how many there are."))
    draft = BelongingDraft(fields.id(), fields.raw("code"), quantity or 0)
    if fields.raw("place"):
        draft = replace(draft, place=fields.code("place", "belonging_places", "in_car"))
    if fields.has("name"):
        draft = replace(draft, name=fields.line("name", MAX_TEXT_CHARS))
    if fields.has("condition"):
        draft = replace(draft, condition=fields.code("condition", "belonging_conditions"))
    if fields.has("location"):
        draft = replace(draft, location=fields.line("location", MAX_TEXT_CHARS))
    if fields.has("remark"):
        draft = replace(draft, remark=fields.text("remark", MAX_REMARK_CHARS))
    needs_name = draft.name is not None or draft.quantity > 0
    for code in check_belonging(
        code=draft.code,
        quantity=draft.quantity,
        place=draft.place or "in_car",
        name=(draft.name or "") if needs_name else "-",
    ):
        if code in WORDS:
            name, words = WORDS[code]
            fields.problems.setdefault(name, words)
    fields.check()
    return draft


def read_count(form: Form) -> CountDraft:
    """What was said of the whole. Raises Invalid."""
    fields = Fields(form)
    draft = CountDraft(
        id=fields.id(),
        valuables=fields.code("valuables", "valuables"),
        notice_told=fields.yes("notice_told"),
        nothing_left=fields.yes("nothing_left"),
    )
    fields.check()
    return draft


def read_box(form: Form) -> tuple[uuid.UUID, str]:
    """The id of the box's use and the number typed or scanned; empty for the next free one."""
    fields = Fields(form)
    row_id, number = fields.id(), fields.line("box", MAX_BOX_CHARS)
    fields.check()
    return row_id, number


def read_row_id(form: Form) -> uuid.UUID:
    """The id of a form that says one thing only."""
    return Fields(form).id()
