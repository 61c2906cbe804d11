"""Reading what was typed into the price list."""

import uuid

from flask_babel import lazy_gettext as _l

from inspect_app.amounts import read_amount
from inspect_app.errors import Words
from inspect_app.fields import Fields, Form
from inspect_app.i18n import LOCALES
from inspect_app.orders.pricing import METHODS
from inspect_app.price_list.actions import ItemDraft
from inspect_app.price_list.rules import MOST_HOURS_HUNDREDTHS, check_item

KINDS = ("work", "part")
SENTENCES: dict[str, tuple[str, Words]] = {
    "NAME_MISSING": ("name", _l("Give it a name; the customer reads it.")),
    "PART_WITHOUT_HOURS": ("hours", _l("A part has a price, no hours.")),
    "PRICE_OR_HOURS": ("hours", _l("Give either a price or hours, not both.")),
}


def read_item(form: Form, *, currency: str) -> ItemDraft:
    """An item of the list. A code left empty is made of its id, as nothing else is unique."""
    fields = Fields(form)
    item_id = fields.id()
    draft = ItemDraft(
        id=item_id,
        kind=fields.one_of("kind", KINDS, "work"),
        code=fields.line("code", 40) or item_id.hex[:8].upper(),
        name=fields.line("name", 200),
        other_names={
            language: name for language in LOCALES if (name := fields.line(f"name_{language}", 200))
        },
        usual=fields.code("usual", "usual_items"),
        method=fields.one_of("method", METHODS, "item"),
        price_amount=read_amount(fields, "price", currency),
        hours_hundredths=fields.hundredths("hours", 0, MOST_HOURS_HUNDREDTHS),
        labour_rate_id=_id_or_none(fields, "rate"),
        number=fields.line("number", 60),
        brand=fields.line("brand", 60),
        grade=fields.code("grade", "part_grades"),
        is_key_position=fields.yes("is_key_position"),
        version=fields.whole("version", 0, 2**31 - 1) or 0,
    )
    for code in check_item(
        kind=draft.kind,
        name=draft.name,
        price_amount=draft.price_amount,
        hours=draft.hours_hundredths,
    ):
        name, words = SENTENCES[code]
        fields.problems.setdefault(name, words)
    fields.check()
    return draft


def _id_or_none(fields: Fields, name: str) -> uuid.UUID | None:
    return fields.id(name) if fields.raw(name) else None


def read_rate(form: Form, *, currency: str) -> tuple[uuid.UUID, str, int]:
    """A labour rate: its id, its name, and what an hour costs."""
    fields = Fields(form)
    rate_id, name = fields.id(), fields.line("rate_name", 80)
    amount = read_amount(fields, "rate_amount", currency)
    if not name:
        fields.problems.setdefault("rate_name", _l("Give the rate a name, such as mechanics."))
    if amount is None:
        fields.problems.setdefault("rate_amount", _l("Say what an hour costs."))
    fields.check()
    return rate_id, name, amount or 0
