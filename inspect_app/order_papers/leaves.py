"""What stands on each paper of an order, filled from the visit's file.

The job card has no prices and names no customer (process 3.2, the team's row). The estimate holds
the minimum of the Korean form (Enforcement Rule of the Automobile Management Act, form 89-3).
"""

from collections.abc import Sequence
from typing import Final

from flask_babel import gettext as _

from inspect_app.i18n import day, locale, moment, money, percent, quantity
from inspect_app.orders.models import OrderLine, OrderPart
from inspect_app.orders.pricing import ITEM, labour_amount, part_price
from inspect_app.orders.showing import Standing
from inspect_app.sheets.leaves import REST, Block, Cell, Leaf, Table
from inspect_app.signatures.lines import joined, named, yes_no
from inspect_app.signatures.order_words import part_name, part_terms
from inspect_app.signatures.rules import ORDER
from inspect_app.visits.file import VisitFile

FORM_NAME: Final = "자동차관리법 시행규칙 [별지 제89호의3서식]"
CLASSES: Final = {"remanufactured": "B", "used": "C"}
"""The Korean form's classes of parts; A is any new one."""


def order_leaf(file: VisitFile, standing: Standing) -> Leaf:
    """The order as the customer takes it along: prices, tax, what was told, the signature."""
    order = file.order
    return Leaf(
        locale=locale(),
        site=file.site,
        vehicle=file.visit.vehicle,
        title=_("Repair order"),
        number=order.number,
        head=[*_customer(file), *_visit(file), *_version(standing)],
        glance=(_("Promised for"), moment(order.promised_at)) if order.promised_at else None,
        blocks=[
            Block(_("In the customer's own words"), words=_lines(order.customer_words)),
            Block(_("What we will do"), table=_priced_lines(file)),
            Block(pairs=_wishes(file)),
            Block(_("What we told you"), lines=[text for _code, text in standing.due]),
            _signature(file),
        ],
    )


def job_card(file: VisitFile) -> Leaf:
    """The order for the workshop: what to do, with which parts, until when; no prices."""
    order = file.order
    rows = [
        [Cell(str(number)), Cell(line.description, _work_details(file, line), True), Cell("")]
        for number, line in enumerate(file.lines, start=1)
    ]
    return Leaf(
        locale=locale(),
        site=file.site,
        vehicle=file.visit.vehicle,
        title=_("Job card"),
        number=order.number,
        head=[*_car(file), *_visit(file), *_key(file)],
        glance=(_("Promised for"), moment(order.promised_at)) if order.promised_at else None,
        blocks=[
            Block(_("In the customer's own words"), words=_lines(order.customer_words)),
            Block(
                _("Work to be done"),
                table=Table((9, REST, 26), ("", _("Work"), _("Done by")), rows),
            ),
            Block(pairs=[(name, value) for name, value in _answers(file)]),
            Block(sign=(_("Received by the workshop"), _("Time"))),
        ],
    )


def estimate_leaf(file: VisitFile, standing: Standing) -> Leaf:
    """The statutory estimate: plate, date, content, amounts; parts apart from labour."""
    shown = standing.shown[-1].version if standing.shown else None
    estimated = day(shown.captured_at if shown else file.visit.arrived_at)
    return Leaf(
        locale=locale(),
        site=file.site,
        vehicle=file.visit.vehicle,
        title=named("glossary", "estimate"),
        number=file.order.number,
        form_name=FORM_NAME,
        head=[
            *_customer(file),
            *_car(file),
            (_("Date of the estimate"), estimated),
            (_("Holds until"), day(shown.valid_until_on) if shown else ""),
        ],
        blocks=[
            Block(_("Inspection and repair"), table=_estimate(file)),
            Block(_("What we told you"), lines=[text for _code, text in standing.due]),
            Block(_("Please note"), lines=_notes()),
            Block(sign=(_("Estimated by"), _("Customer"))),
        ],
    )


def _notes() -> list[str]:
    """The classes of parts, and the free rework that the shop owes (Rule, article 134)."""
    return [
        _("Class of parts: A new, B remanufactured, C used. You choose among them."),
        _(
            "Faulty inspection or repair work is put right free of charge: within 90 days for a "
            "car of less than 1 year or up to 20,000 km, within 60 days for one of less than "
            "3 years or up to 60,000 km, within 30 days for any other."
        ),
    ]


def _lines(text: str) -> list[str]:
    return [text.strip()] if text.strip() else []


def _customer(file: VisitFile) -> list[tuple[str, str]]:
    visit, customer = file.visit, file.visit.customer
    return [
        (_("Customer"), customer.name if customer else visit.bringer_name),
        (_("Phone"), customer.phone if customer else visit.bringer_phone),
        (_("Organisation"), joined(customer.organisation, customer.department) if customer else ""),
    ]


def _car(file: VisitFile) -> list[tuple[str, str]]:
    car, reading = file.visit.vehicle, file.reading
    odometer = (
        f"{reading.odometer:,} {reading.odometer_unit}" if reading and reading.odometer else ""
    )
    return [
        (_("VIN"), car.vin),
        (_("Odometer"), odometer),
        (_("First registration"), day(car.first_registered_on)),
    ]


def _visit(file: VisitFile) -> list[tuple[str, str]]:
    return [
        (_("Arrived"), moment(file.visit.arrived_at)),
        (_("Received by"), file.visit.received_by.name),
        (_("Kind of work"), named("repair_categories", file.order.category)),
    ]


def _key(file: VisitFile) -> list[tuple[str, str]]:
    return [
        (_("Key tag"), str(file.tag.number) if file.tag else ""),
        (_("Box"), file.box.number if file.box else ""),
    ]


def _version(standing: Standing) -> list[tuple[str, str]]:
    if not standing.shown:
        return []
    last = standing.shown[-1].version
    return [
        (_("Version"), f"{last.number}, {moment(last.captured_at)}"),
        (_("Holds until"), day(last.valid_until_on)),
    ]


def _parts(file: VisitFile, line: OrderLine) -> Sequence[OrderPart]:
    return file.parts.get(line.id, ())


def _part_line(part: OrderPart) -> str:
    return f"{part_name(part)}: {part_terms(part)}"


def _priced_lines(file: VisitFile) -> Table:
    rows = []
    for number, line in enumerate(file.main_lines, start=1):
        price = _("not yet known") if line.price_amount is None else money(line.price_amount)
        details = [named("pricing_methods", line.method)]
        details += [_part_line(part) for part in _parts(file, line)]
        rows.append([Cell(str(number)), Cell(line.description, details), Cell(price)])
    return Table((7, REST, 34), ("", _("Work"), _("Price")), rows, right=(2,), sums=_sums(file))


def _sums(file: VisitFile) -> list[tuple[str, str, bool]]:
    tax, total = file.tax, file.totals
    name = _("Total") if total.all_known else _("Total of the prices known today")
    sums = [(name, money(total.gross), True)]
    if not tax.basis_points:
        return sums
    rate = percent(tax.basis_points)
    if tax.included:
        return [*sums, (_("Tax of %(rate)s is included", rate=rate), money(total.tax), False)]
    before = (_("Before tax"), money(total.net), False)
    return [before, (_("Tax of %(rate)s", rate=rate), money(total.tax), False), *sums]


def _work_details(file: VisitFile, line: OrderLine) -> list[str]:
    """What the team needs of a line: systems or symptom, hours, scope, parts."""
    systems = line.subject
    if line.method == "system":
        systems = ", ".join(named("vehicle_systems", code) for code in line.subject.split())
    hours = line.hours_hundredths
    return [
        joined(systems, line.scope),
        _("Gone when: %(test)s", test=line.gone_test) if line.gone_test else "",
        _("%(n)s h", n=quantity(hours)) if hours is not None else "",
        *(_part_line(part) for part in _parts(file, line)),
    ]


def _answers(file: VisitFile) -> list[tuple[str, str]]:
    order = file.order
    asked = (
        (_("Old parts back"), order.old_parts_back),
        (_("Wash"), order.wash),
        (_("Road test allowed"), order.road_test),
    )
    said = [(name, yes_no(answer)) for name, answer in asked if answer is not None]
    return [*said, (_("Other wishes"), order.other_wishes.strip())]


def _wishes(file: VisitFile) -> list[tuple[str, str]]:
    return [
        *_answers(file),
        (_("Call first above"), money(file.order.call_limit_amount)),
        (_("Who pays"), named("payers", file.order.payer)),
    ]


def _signature(file: VisitFile) -> Block:
    signed = [row for row in file.signatures if row.code == ORDER]
    if not signed:
        return Block(sign=(_("Customer"), _("Received by")))
    last = max(signed, key=lambda row: row.signed_at)
    words = _("Signed by %(name)s on %(time)s", name=last.signer_name, time=moment(last.signed_at))
    return Block(_("Signature"), lines=[words])


def _estimate(file: VisitFile) -> Table:
    """One row for the work of a line and one for each part: class, quantity, price, amount."""
    rows = []
    for line in file.main_lines:
        parts = _parts(file, line)
        content, work = Cell(line.description, strong=True), Cell(_work(line, parts))
        rows.append([content, Cell(""), Cell(""), Cell(""), work])
        rows += [_part_row(line, part) for part in parts]
    heads = (_("Content"), _("Class"), _("Quantity"), _("Unit price"), _("Amount"))
    return Table((REST, 14, 16, 26, 30), heads, rows, right=(2, 3, 4), sums=_sums(file))


def _work(line: OrderLine, parts: Sequence[OrderPart]) -> str:
    """What the work alone costs; of a package all of it."""
    if line.price_amount is None:
        return str(_("not yet known"))
    if line.method != ITEM:
        return money(line.price_amount)
    if line.hours_hundredths is not None and line.rate_amount is not None:
        return money(labour_amount(line.hours_hundredths, line.rate_amount))
    fitted: int = sum(part_price(part).amount or 0 for part in parts)
    return money(line.price_amount - fitted)


def _part_row(line: OrderLine, part: OrderPart) -> list[Cell]:
    amount = part_price(part).amount
    is_inside = line.method != ITEM
    return [
        Cell(f"– {part_name(part)}", [part_terms(part)]),
        Cell(CLASSES.get(part.grade, "A")),
        Cell(quantity(part.quantity_hundredths)),
        Cell("" if is_inside else money(part.unit_price_amount)),
        Cell(_("inside") if is_inside else money(amount or None)),
    ]
