"""What the order's page and its parts are filled with."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from inspect_app import catalogues
from inspect_app.amounts import typed_amount
from inspect_app.i18n import day, local_input, locale
from inspect_app.orders.disclosures import is_unproven
from inspect_app.orders.forms import PARTS
from inspect_app.orders.models import Order, OrderLine
from inspect_app.orders.pricing import Tax, totals
from inspect_app.orders.queries import Parts, promise_chips
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import Facts, missing_for

_WORDS = {True: "yes", False: "no", None: ""}


def head_values(order: Order, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The fields of the head as the forms show them; what was typed goes before what is kept."""
    values: dict[str, Any] = {
        name: getattr(order, name) for names in PARTS.values() for name in names
    }
    for name in ("old_parts_back", "wash", "road_test", "flood_declared"):
        values[name] = _WORDS[values[name]]
    values["promised_at"] = local_input(order.promised_at)
    values["odometer_repair_on"] = day(order.odometer_repair_on)
    values["call_limit_amount"] = typed_amount(order.call_limit_amount)
    return values | dict(typed or {})


def head_part(order: Order, *, now: datetime, **more: Any) -> dict[str, Any]:
    """What any part of the head needs to be drawn."""
    return {
        "order": order,
        "v": head_values(order),
        "problems": {},
        "chips": promise_chips(now),
        "categories": names("repair_categories"),
        "payers": names("payers"),
    } | more


def lines_part(order: Order, lines: Sequence[OrderLine], parts: Parts, tax: Tax) -> dict[str, Any]:
    """What the list of lines needs to be drawn."""
    total = totals((line.price_amount for line in lines), tax)
    return {
        "order": order,
        "lines": lines,
        "parts": parts,
        "tax": tax,
        "total": total,
        "unknown": sum(line.price_amount is None for line in lines),
        "usual": names("usual_items"),
        "typed_price": typed_amount,
        "missing": missing_codes(order, lines, parts),
    }


def missing_codes(order: Order, lines: Sequence[OrderLine], parts: Parts) -> list[str]:
    """What T10 still waits for: codes."""
    fitted = [part for line in lines for part in parts.get(line.id, ())]
    facts = Facts(
        item_count=len(lines),
        diagnosis_first=order.diagnosis_first,
        promised_at=order.promised_at,
        ungraded_parts=sum(not part.grade for part in fitted),
        unproven_parts=sum(is_unproven(part) for part in fitted),
    )
    return [one.code for one in missing_for("T10", facts)]


def languages_of(visit: Visit) -> tuple[str, ...]:
    """Who reads the order: the person, and the customer."""
    return (locale(), visit.customer_locale)


def names(list_name: str) -> list[tuple[str, str]]:
    """Codes with their names in the person's language."""
    return [(entry.code, entry.name(locale())) for entry in catalogues.entries(list_name)]
