"""S1: what the customer orders, at which price and for when (3.01–3.03, D1)."""

from typing import Any

from flask_babel import gettext as _

from inspect_app.i18n import moment, money
from inspect_app.orders.rules import total_of
from inspect_app.signatures.lines import Line, as_text, named, yes_no
from inspect_app.visits.file import VisitFile


def title() -> str:
    """The heading above the statement."""
    return str(_("What we will do"))


def facts(file: VisitFile) -> dict[str, Any]:
    """What S1 is about. `disclosures` is the place of the codes of process 5.4."""
    order = file.order
    return {
        "order_number": order.number,
        "customer_words": order.customer_words.strip(),
        "items": [
            {"description": line.description, "price_amount": line.price_amount}
            for line in file.lines
        ],
        "diagnosis_first": order.diagnosis_first,
        "promised_at": as_text(order.promised_at),
        "category": order.category,
        "payer": order.payer,
        "old_parts_back": order.old_parts_back,
        "wash": order.wash,
        "road_test": order.road_test,
        "call_limit_amount": order.call_limit_amount,
        "other_wishes": order.other_wishes.strip(),
        "flood_declared": order.flood_declared,
        "odometer_repair": _odometer_repair(file),
        "disclosures": [],
    }


def lines(file: VisitFile) -> list[Line]:
    """S1 as the customer reads it, in the language of this answer."""
    return [*_asked(file), *_prices(file), *_wishes(file), *_terms(file)]


def _asked(file: VisitFile) -> list[Line]:
    order = file.order
    shown = []
    if order.customer_words.strip():
        shown.append(Line("words", _("In your own words"), order.customer_words.strip()))
    if order.diagnosis_first:
        shown.append(
            Line("item", _("First we look for the cause and tell you what we find and its price."))
        )
    return shown


def _prices(file: VisitFile) -> list[Line]:
    items = [
        Line(
            "item",
            f"{number}. {line.description}",
            _("price not yet known") if line.price_amount is None else money(line.price_amount),
        )
        for number, line in enumerate(file.lines, start=1)
    ]
    if not items:
        return []
    amount, all_known = total_of([line.price_amount for line in file.lines])
    name = _("Total") if all_known else _("Total of the prices known today")
    return [*items, Line("total", name, money(amount))]


def _wishes(file: VisitFile) -> list[Line]:
    order = file.order
    shown = [Line("fact", _("Ready by"), moment(order.promised_at))]
    if order.category != "maintenance":
        shown.append(Line("fact", _("Kind of work"), named("repair_categories", order.category)))
    if order.payer != "customer":
        shown.append(Line("fact", _("Who pays"), named("payers", order.payer)))
    for name, answer in (
        (_("You get the old parts back"), order.old_parts_back),
        (_("We wash the car"), order.wash),
        (_("We may drive it for a test"), order.road_test),
        (_("You told us of a flood damage"), order.flood_declared),
    ):
        if answer is not None:
            shown.append(Line("fact", name, yes_no(answer)))
    if repair := ", ".join(filter(None, _odometer_repair(file).values())):
        shown.append(Line("fact", _("The odometer is repaired"), repair))
    if order.call_limit_amount is not None:
        limit = money(order.call_limit_amount)
        shown.append(Line("fact", _("We call you before it costs more than"), limit))
    if order.other_wishes.strip():
        shown.append(Line("fact", _("Your other wishes"), order.other_wishes.strip()))
    return shown


def _odometer_repair(file: VisitFile) -> dict[str, str]:
    """Why the odometer is repaired and the certificate for it (Korea, D1); empty texts for none."""
    order = file.order
    return {
        "reason": order.odometer_repair_reason,
        "issuer": order.odometer_repair_issuer,
        "number": order.odometer_repair_number,
        "on": order.odometer_repair_on.isoformat() if order.odometer_repair_on else "",
    }


def _terms(file: VisitFile) -> list[Line]:
    shown = [
        Line("close", _("We do only what is listed here. For anything more we ask you first."))
    ]
    if file.order.diagnosis_first or any(line.price_amount is None for line in file.lines):
        shown.append(
            Line("close", _("Where no price is known yet, we tell you the price before we begin."))
        )
    shown.append(Line("close", _("With my name I order this work.")))
    return shown
