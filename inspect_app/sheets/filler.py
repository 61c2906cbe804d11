"""From a visit's file to what its check-in sheet says, in one language and the site's own zone."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from inspect_app.i18n import day, moment, money
from inspect_app.sheets import car_on_paper, names_on_paper, things_on_paper
from inspect_app.sheets.facts import CheckInSheet, Field, Locale, Order, OrderLine, Site
from inspect_app.sheets.queries import beside, documents_of
from inspect_app.signatures.lines import joined, named, yes_no
from inspect_app.signatures.rules import CONDITION, ITEMS
from inspect_app.signatures.statements import in_language
from inspect_app.sites.queries import this_site
from inspect_app.vehicles.faces import shown_plate_of
from inspect_app.visits.file import VisitFile
from inspect_app.visits.rules import may_capture


def sheet_of(file: VisitFile, locale: Locale, copy_note: str = "") -> CheckInSheet:
    """Everything that the paper shows. Before the check-in is signed it is a draft and says so.

    Reads the sealed documents, corrections and photo files besides.
    """
    with in_language(locale):
        return _sheet(file, locale, copy_note)


def _sheet(file: VisitFile, locale: Locale, copy_note: str) -> CheckInSheet:
    visit, more = file.visit, beside(file.visit.id)
    is_draft = may_capture(visit.state)
    documents = documents_of(visit.id) if file.seals else {}
    signed = names_on_paper.signed(file, documents)
    keys = names_on_paper.facts_signed(file, documents, CONDITION)
    things = names_on_paper.facts_signed(file, documents, ITEMS)
    corrected = {
        one.correction.subject_id: _("corrected: %(text)s", text=one.correction.text)
        for one in more.corrections
        if one.correction.subject_id is not None
    }
    return CheckInSheet(
        locale=locale,
        title=_("Check-in sheet, draft") if is_draft else _("Check-in sheet"),
        order_number=file.order.number,
        site=_site(),
        plate=shown_plate_of(visit.vehicle).text,
        car=_car(file),
        head=_head(file),
        vehicle=_vehicle(file),
        customer=_customer(file),
        order=_order(file),
        key_tag=str(file.tag.number if file.tag else keys.get("key_tag") or ""),
        key_slot=file.slot.label if file.slot else "",
        keys=_keys(file, keys),
        box=file.box.number if file.box else things.get("box") or "",
        plans=car_on_paper.plans(file, corrected),
        conditions=car_on_paper.conditions(file),
        checks=car_on_paper.checks(file),
        readings=car_on_paper.readings(file),
        papers=things_on_paper.papers(file),
        belongings=things_on_paper.belongings(file),
        valuables=things_on_paper.valuables(file),
        box_details=things_on_paper.box_details(file),
        photos=car_on_paper.photos(file),
        photos_awaited=awaited_words(more.awaited),
        statements=signed.statements,
        signatures=signed.signatures,
        corrections=names_on_paper.corrections(file, more.corrections),
        seal=signed.seal,
        copy_note=_("Draft, not signed") if is_draft else copy_note,
        is_demo=this_site().demo,
    )


def awaited_words(count: int) -> str:
    """What is said while photos that the seal names are still on the tablet."""
    if not count:
        return ""
    sentence: str = ngettext(
        "%(num)s photo is still on its way from the tablet; the seal already names it.",
        "%(num)s photos are still on their way from the tablet; the seal already names them.",
        count,
    )
    return sentence


def _site() -> Site:
    site = this_site()
    return Site(site.name, tuple(line for line in (site.address, site.phone) if line))


def _car(file: VisitFile) -> str:
    car = file.visit.vehicle
    name = " ".join(part for part in (car.make, car.model) if part)
    year = str(car.first_registered_on.year) if car.first_registered_on else ""
    return joined(name, year, named("body_types", car.body_type))


def _head(file: VisitFile) -> tuple[Field, ...]:
    visit = file.visit
    return (
        Field(_("Visit"), visit.number),
        Field(_("Arrived"), moment(visit.arrived_at)),
        Field(_("Received by"), visit.received_by.name),
        Field(_("Purpose"), named("purposes", visit.purpose)),
    )


def _vehicle(file: VisitFile) -> tuple[Field, ...]:
    car = file.visit.vehicle
    return (
        Field(_("VIN"), car.vin),
        Field(_("Powertrain"), named("powertrains", car.powertrain)),
        Field(_("Colour"), car.colour),
        Field(_("First registration"), day(car.first_registered_on)),
        Field(_("Engine number"), car.engine_number),
    )


def _customer(file: VisitFile) -> tuple[Field, ...]:
    visit, customer = file.visit, file.visit.customer
    brought = joined(visit.bringer_name, named("relations", visit.bringer_relation))
    if customer is None:
        return (Field(_("Brought by"), brought), Field(_("Phone"), visit.bringer_phone))
    return (
        Field(_("Name"), customer.name),
        Field(_("Phone"), customer.phone),
        Field(_("Organisation"), joined(customer.organisation, customer.department)),
        Field(_("Work address"), customer.work_address),
        Field(_("Brought by"), brought),
        Field(_("Phone of who brought it"), visit.bringer_phone),
    )


def _order(file: VisitFile) -> Order:
    order = file.order
    total = money(file.totals.gross)
    if not file.totals.all_known:
        total = _("%(amount)s, and what is not yet known", amount=total)
    lines = [
        OrderLine(str(number), line.description, price=money(line.price_amount))
        for number, line in enumerate(file.main_lines, start=1)
    ]
    if order.diagnosis_first:
        lines.append(OrderLine("", _("First we look for the cause.")))
    return Order(
        lines=tuple(lines),
        total=total if file.main_lines else "",
        promised=moment(order.promised_at),
        customer_words=order.customer_words,
        wishes=_wishes(file),
        details=(
            Field(_("Kind of work"), named("repair_categories", order.category)),
            Field(_("Who pays"), named("payers", order.payer)),
            Field(_("Flood damage declared"), _answer(order.flood_declared)),
            Field(_("Odometer repair"), order.odometer_repair_reason),
            Field(_("Certificate issued by"), order.odometer_repair_issuer),
            Field(_("Certificate number"), order.odometer_repair_number),
            Field(_("Certificate date"), day(order.odometer_repair_on)),
        ),
    )


def _wishes(file: VisitFile) -> tuple[Field, ...]:
    order = file.order
    return (
        Field(_("Old parts back"), _answer(order.old_parts_back)),
        Field(_("Wash"), _answer(order.wash)),
        Field(_("Road test allowed"), _answer(order.road_test)),
        Field(_("Call before it costs more than"), money(order.call_limit_amount)),
        Field(_("Other wishes"), order.other_wishes),
    )


def _answer(answer: bool | None) -> str:
    return "" if answer is None else yes_no(answer)


def _keys(file: VisitFile, signed: Mapping[str, Any]) -> str:
    """As they are registered; once they were given back, as they were signed."""
    keys = file.key.keys_count if file.key else signed.get("keys_count")
    remotes = file.key.remotes_count if file.key else signed.get("remotes_count")
    return joined(
        "" if keys is None else ngettext("%(num)s key", "%(num)s keys", keys),
        ngettext("%(num)s remote", "%(num)s remotes", remotes) if remotes else "",
    )
