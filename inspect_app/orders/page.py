"""What the order's page and its parts are filled with."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from inspect_app.amounts import typed_amount
from inspect_app.catalogues import is_code, name_of
from inspect_app.i18n import day, local_input, locale, named_codes, quantity
from inspect_app.orders.disclosures import is_unproven
from inspect_app.orders.forms import PARTS
from inspect_app.orders.models import Order, OrderLine, OrderPart
from inspect_app.orders.pricing import SYMPTOM, SYSTEM, Tax, is_reckoned, part_price, totals
from inspect_app.orders.queries import Parts
from inspect_app.price_list.queries import labour_rates
from inspect_app.promises.queries import situation_of
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


def head_part(order: Order, **more: Any) -> dict[str, Any]:
    """What any part of the head needs to be drawn."""
    return {
        "order": order,
        "v": head_values(order),
        "problems": {},
        "categories": named_codes("repair_categories"),
        "payers": named_codes("payers"),
    } | more


def promise_part(order: Order, now: datetime) -> dict[str, Any]:
    """What can be promised now, and why not earlier (5.02, 5.03)."""
    return {"situation": situation_of(order.visit_id, now), "today": now}


def lines_part(order: Order, lines: Sequence[OrderLine], parts: Parts, tax: Tax) -> dict[str, Any]:
    """What the list of lines needs to be drawn."""
    total = totals((line.price_amount for line in lines), tax)
    return {
        "order": order,
        "lines": lines,
        "parts": parts,
        "tax": tax,
        "total": total,
        "reckoned": {line.id for line in lines if _is_reckoned(line, parts.get(line.id, ()))},
        "unknown": sum(line.price_amount is None for line in lines),
        "usual": named_codes("usual_items"),
        "typed_price": typed_amount,
        "missing": missing_codes(order, lines, parts),
    }


def _is_reckoned(line: OrderLine, parts: Sequence[OrderPart]) -> bool:
    return is_reckoned(
        line.method,
        risk_amount=line.risk_amount,
        hours_hundredths=line.hours_hundredths,
        parts=[part_price(part) for part in parts],
    )


def line_values(line: OrderLine) -> dict[str, Any]:
    """The fields of a line's details as its form shows them; the shop's first rate is offered."""
    systems = line.subject.split() if line.method == SYSTEM else []
    known = [code for code in systems if is_code("vehicle_systems", code)]
    first_rate = next((rate.rate_amount for rate in labour_rates()), None)
    rate = line.rate_amount if line.hours_hundredths is not None else first_rate
    is_unsplit = line.base_amount is None and line.hours_hundredths is None
    return {
        "description": line.description,
        "method": line.method,
        "systems": known,
        "system_names": ", ".join(name_of("vehicle_systems", code, locale()) for code in known),
        "symptom": line.subject if line.method == SYMPTOM else "",
        "scope": line.scope,
        "gone_test": line.gone_test,
        "basis": line.basis,
        "price": typed_amount(line.price_amount if is_unsplit else line.base_amount),
        "risk": typed_amount(line.risk_amount),
        "hours": "" if line.hours_hundredths is None else quantity(line.hours_hundredths),
        "rate": typed_amount(rate),
    }


def part_values(part: OrderPart) -> dict[str, Any]:
    """The fields of a part as its form shows them."""
    offered = {f"option_{one['grade']}": typed_amount(one["amount"]) for one in part.options}
    plain = ("name", "number", "brand", "batch", "grade", "source", "is_key_position", "origin")
    return offered | {name: getattr(part, name) for name in plain} | {
        "check_result": part.check_result,
        "quantity": quantity(part.quantity_hundredths),
        "unit_price": typed_amount(part.unit_price_amount),
        "has_options": bool(part.options),
    }  # fmt: skip


def line_part(
    order: Order, line: OrderLine, line_parts: Sequence[OrderPart], **more: Any
) -> dict[str, Any]:
    """What the details of a line and its parts need to be drawn."""
    return {
        "order": order,
        "line": line,
        "line_parts": line_parts,
        "v": line_values(line),
        "problems": {},
        "methods": named_codes("pricing_methods"),
        "bases": named_codes("price_bases"),
        "systems": named_codes("vehicle_systems"),
        "grades": named_codes("part_grades"),
        "sources": named_codes("part_sources"),
        "rates": labour_rates(),
        "typed_price": typed_amount,
        "part_values": part_values,
        "part_typed": {},
        "part_problems": {},
    } | more


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
