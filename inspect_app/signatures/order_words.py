"""S1: what the customer orders, at which price and for when (3.01–3.03, D1)."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from inspect_app.i18n import locale, moment, money, percent, quantity
from inspect_app.orders import disclosures
from inspect_app.orders.disclosures import Due, PricedLine, due_disclosures
from inspect_app.orders.models import OrderLine, OrderPart
from inspect_app.signatures.lines import Line, as_text, joined, named, yes_no
from inspect_app.visits.file import VisitFile


def title() -> str:
    """The heading above the statement."""
    return str(_("What we will do"))


def facts(file: VisitFile) -> dict[str, Any]:
    """What S1 is about. A line of the order is compared with the signed one of the same id, so that
    a change voids what was signed of that line alone."""
    order, tax = file.order, file.tax
    return {
        "customer_words": order.customer_words.strip(),
        "items": [_item(file, line) for line in file.main_lines],
        "tax": {"basis_points": tax.basis_points, "is_included": tax.included},
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
        "disclosures": [
            {"code": due.code, "about": list(due.about), "amount": due.amount}
            for due in due_now(file)
        ],
    }


def _item(file: VisitFile, line: OrderLine) -> dict[str, Any]:
    return {
        "id": str(line.id),
        "description": line.description,
        "method": line.method,
        "price_amount": line.price_amount,
        "parts": [
            {
                "id": str(part.id),
                "name": part_name(part),
                "grade": part.grade,
                "source": part.source,
                "is_key_position": part.is_key_position,
                "origin": part.origin,
                "check_result": part.check_result,
            }
            for part in parts(file, line)
        ],
    }


def parts(file: VisitFile, line: OrderLine) -> Sequence[OrderPart]:
    """The parts of a line."""
    return file.parts.get(line.id, ())


def due_now(file: VisitFile) -> list[Due]:
    """The disclosures that are due with the order as it stands (5.4)."""
    return due_disclosures(
        [
            PricedLine(
                number, str(line.id), line.method, [(str(p.id), p) for p in parts(file, line)]
            )
            for number, line in enumerate(file.main_lines, start=1)
        ],
        diagnosis_fee_amount=_diagnosis_fee(file),
    )


def _diagnosis_fee(file: VisitFile) -> int | None:
    """The fee that this order may bring about: of a diagnosis that is ordered with it (P6)."""
    if not file.order.diagnosis_first:
        return None
    if file.diagnosis is None:
        return file.rules.diagnosis_fee_amount or None
    return file.diagnosis.fee_amount if file.diagnosis.fee_told else None


def lines(file: VisitFile) -> list[Line]:
    """S1 as the customer reads it, in the language of this answer."""
    return [*_asked(file), *_prices(file), *_wishes(file), *disclosure_lines(file), *_terms(file)]


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
    if not file.main_lines:
        return []
    shown = []
    for number, line in enumerate(file.main_lines, start=1):
        known = line.price_amount is not None
        price = money(line.price_amount) if known else _("price not yet known")
        shown.append(Line("item", f"{number}. {line.description}", price))
        shown += [Line("part", part_name(part), part_terms(part)) for part in parts(file, line)]
    total = file.totals
    name = _("Total") if total.all_known else _("Total of the prices known today")
    return [*shown, *_tax(file), Line("total", name, money(total.gross))]


def _tax(file: VisitFile) -> list[Line]:
    tax, total = file.tax, file.totals
    if not tax.basis_points:
        return []
    rate = percent(tax.basis_points)
    if tax.included:
        return [Line("fact", _("Tax of %(rate)s is included", rate=rate), money(total.tax))]
    return [
        Line("fact", _("Before tax"), money(total.net)),
        Line("fact", _("Tax of %(rate)s", rate=rate), money(total.tax)),
    ]


def part_name(part: OrderPart) -> str:
    """A part as it is called: how many, of which brand, its number."""
    count = quantity(part.quantity_hundredths)
    return joined(f"{part.name} × {count}", part.brand, part.number)


def part_terms(part: OrderPart) -> str:
    """Where a part comes from, of which grade it is, and what is known of a used one."""
    return joined(
        named("part_grades", part.grade) if part.grade else "",
        named("part_sources", part.source),
        part.origin,
        part.check_result,
    )


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


def disclosure_lines(file: VisitFile) -> list[Line]:
    """What has to be told (5.4), one line for each of `due_now`; it names what it is about unless
    that is everything."""
    lines = file.main_lines
    names = {str(part.id): part.name for line in lines for part in parts(file, line)}
    shown = []
    for due in due_now(file):
        text = disclosures.text(due.code, locale(), amount=money(due.amount))
        about = [names[one] for one in due.about if one in names]
        if about:
            text = f"{', '.join(dict.fromkeys(about))}: {text}"
        elif due.numbers and len(due.numbers) < len(lines):
            items = ", ".join(str(number) for number in due.numbers)
            text = _("Item %(numbers)s: %(text)s", numbers=items, text=text)
        shown.append(Line("disclosure", text))
    return shown


def _terms(file: VisitFile) -> list[Line]:
    shown = [
        Line("close", _("We do only what is listed here. For anything more we ask you first."))
    ]
    if file.order.diagnosis_first or not file.totals.all_known:
        shown.append(
            Line("close", _("Where no price is known yet, we tell you the price before we begin."))
        )
    shown.append(Line("close", _("With my name I order this work.")))
    return shown
