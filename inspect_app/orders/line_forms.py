"""Reading what was typed into the lines of an order and their parts."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

from inspect_app import catalogues
from inspect_app.amounts import read_amount
from inspect_app.errors import Words
from inspect_app.fields import Fields, Form
from inspect_app.orders import rules
from inspect_app.orders.pricing import ITEM, METHODS, SYMPTOM, SYSTEM
from inspect_app.price_list.queries import PricedItem, labour_rates, priced_item, usual_item

MOST_VERSION = 2**31 - 1
USUAL_METHODS = {"noise": SYMPTOM, "warning_lamp": SYMPTOM, "accident_repair": SYSTEM}
"""How a usual item is priced where the price list does not say; the others are items (4.03)."""

SENTENCES: dict[str, tuple[str, Words]] = {
    "DESCRIPTION_MISSING": ("description", _l("Say what is to be done; one or two words do.")),
    "DESCRIPTION_TOO_LONG": (
        "description",
        _l("At most 300 characters fit in one line; make two of it."),
    ),
    "RISK_WITHOUT_PRICE": ("price", _l("Give the price that the allowance is added to.")),
    "PRICE_OR_HOURS": ("hours", _l("Give either hours or a fixed price, not both.")),
    "RATE_MISSING": ("rate", _l("Say what an hour costs.")),
}


@dataclass(frozen=True)
class LineDraft:
    """A line, or some of its fields, as typed. `version` is that of the line on the screen, 0 where
    the form said none: then nothing is compared."""

    id: uuid.UUID
    values: dict[str, Any] = field(default_factory=dict)
    version: int = 0


def _version(fields: Fields) -> int:
    return fields.whole("version", 0, MOST_VERSION) or 0


def read_line(form: Form, *, currency: str, languages: tuple[str, ...]) -> LineDraft:
    """A line's words and price: typed, or picked from the usual items or the price list.

    What is picked is named in the person's language, and in the customer's beside it where that is
    another, as both read the order.
    """
    fields = Fields(form)
    if usual := fields.code("usual", "usual_items"):
        values = _usual_values(usual, languages)
    elif fields.raw("price_item"):
        values = _listed_values(priced_item(fields.id("price_item")), languages)
    else:
        values = _typed_values(fields, currency)
    _refuse(fields, rules.check_line(values["description"], values.get("base_amount")))
    draft = LineDraft(fields.id(), values, _version(fields))
    fields.check()
    return draft


def _usual_values(usual: str, languages: tuple[str, ...]) -> dict[str, Any]:
    names = [catalogues.name_of("usual_items", usual, language) for language in languages]
    listed = usual_item(usual)
    values = _listed_values(listed, languages) if listed else {}
    method = USUAL_METHODS.get(usual, ITEM)
    subject = {"subject": _joined(names)} if method == SYMPTOM else {}
    return {"method": method, **subject, **values, "description": _joined(names)}


def _listed_values(listed: PricedItem, languages: tuple[str, ...]) -> dict[str, Any]:
    item = listed.item
    names = [item.other_names.get(language, item.name) for language in languages]
    rate = listed.rate
    if rate is None and item.hours_hundredths is not None:
        rate = next(iter(labour_rates()), None)
    has_hours = rate is not None and item.hours_hundredths is not None
    return {
        "description": _joined(names),
        "method": item.method,
        "basis": "price_list",
        "base_amount": item.price_amount,
        "hours_hundredths": item.hours_hundredths if has_hours else None,
        "rate_amount": rate.rate_amount if rate is not None and has_hours else None,
        "price_item_id": item.id,
    }


def _joined(names: list[str]) -> str:
    return " · ".join(dict.fromkeys(names))[: rules.MAX_DESCRIPTION_CHARS]


def _typed_values(fields: Fields, currency: str) -> dict[str, Any]:
    """The price of a line that is reckoned is not typed, so that the form does not have it."""
    values: dict[str, Any] = {
        "description": fields.line("description", rules.MAX_DESCRIPTION_CHARS)
    }
    if fields.has("price"):
        values["base_amount"] = read_amount(fields, "price", currency)
    return values


def _refuse(fields: Fields, codes: list[str]) -> None:
    for code in codes:
        if code in SENTENCES:
            name, words = SENTENCES[code]
            fields.problems.setdefault(name, words)


def read_details(form: Form, *, currency: str) -> LineDraft:
    """All of a line: how it is priced, and what belongs to that way alone (5.1)."""
    fields = Fields(form)
    method = fields.one_of("method", METHODS, SYSTEM)
    values: dict[str, Any] = {
        "method": method,
        "description": fields.line("description", rules.MAX_DESCRIPTION_CHARS),
        "subject": _subject(fields, form, method),
        "scope": fields.line("scope", 300) if method == SYSTEM else "",
        "gone_test": fields.line("gone_test", 300) if method == SYMPTOM else "",
        "basis": fields.code("basis", "price_bases"),
        "base_amount": read_amount(fields, "price", currency),
        "risk_amount": read_amount(fields, "risk", currency) if method == SYMPTOM else None,
        "hours_hundredths": None,
        "rate_amount": None,
    }
    if method == ITEM:
        hours = fields.hundredths("hours", 0, rules.MAX_HOURS_HUNDREDTHS)
        values["hours_hundredths"] = hours
        values["rate_amount"] = None if hours is None else read_amount(fields, "rate", currency)
    _refuse(fields, rules.check_line(str(values["description"]), None))
    amounts = ("base_amount", "risk_amount", "hours_hundredths", "rate_amount")
    given = {name: values[name] for name in amounts}
    _refuse(fields, rules.check_details(method, **given))
    draft = LineDraft(fields.id(), values, _version(fields))
    fields.check()
    return draft


def _subject(fields: Fields, form: Form, method: str) -> str:
    if method == SYMPTOM:
        return fields.line("symptom", 300)
    if method != SYSTEM:
        return ""
    chosen = [code for code in form.getlist("system") if code]
    if any(not catalogues.is_code("vehicle_systems", code) for code in chosen):
        fields.problems["system"] = _l("Choose one of the offered answers.")
        return ""
    return " ".join(dict.fromkeys(chosen))


def read_part(form: Form, *, currency: str, languages: tuple[str, ...]) -> LineDraft:
    """A part of a line, typed or picked from the price list."""
    fields = Fields(form)
    part_id, version = fields.id(), _version(fields)
    if fields.raw("price_item"):
        item = priced_item(fields.id("price_item")).item
        names = [item.other_names.get(language, item.name) for language in languages]
        values = {
            "name": _joined(names)[:200],
            "number": item.number,
            "brand": item.brand,
            "grade": item.grade,
            "unit_price_amount": item.price_amount,
            "is_key_position": item.is_key_position,
            "price_item_id": item.id,
            "quantity_hundredths": 100,
        }
    else:
        values = _typed_part(fields, currency)
    fields.check()
    return LineDraft(part_id, values, version)


def _typed_part(fields: Fields, currency: str) -> dict[str, Any]:
    name = fields.line("name", 200)
    if not name:
        fields.problems.setdefault("name", _l("Say which part it is."))
    quantity = fields.hundredths("quantity", 1, rules.MAX_QUANTITY_HUNDREDTHS)
    return {
        "name": name,
        "number": fields.line("number", 60),
        "brand": fields.line("brand", 60),
        "batch": fields.line("batch", 60),
        "quantity_hundredths": 100 if quantity is None else quantity,
        "unit_price_amount": read_amount(fields, "unit_price", currency),
        "source": fields.code("source", "part_sources", "plant"),
        "grade": fields.code("grade", "part_grades"),
        "is_key_position": fields.yes("is_key_position"),
        "origin": fields.line("origin", 200),
        "check_result": fields.line("check_result", 200),
        "options": _options(fields, currency),
    }


def _options(fields: Fields, currency: str) -> list[dict[str, Any]]:
    """The grades that the customer was offered, each with its price a piece."""
    offered = []
    for grade in catalogues.codes("part_grades"):
        amount = read_amount(fields, f"option_{grade}", currency)
        if amount is not None:
            offered.append({"grade": grade, "amount": amount})
    return offered
