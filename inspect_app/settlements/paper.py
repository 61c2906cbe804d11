"""The settlement sheet on paper (D12): what was shown last, who agreed, and how it was paid."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from inspect_app.db import db
from inspect_app.i18n import day, moment, money
from inspect_app.settlements.models import SettlementVersion
from inspect_app.settlements.queries import CODE, Sheet
from inspect_app.settlements.sums import KINDS, Charge
from inspect_app.settlements.words import charge_detail, charge_words, kind_words
from inspect_app.sheets.documents import Document, Drawn, Section, Sum
from inspect_app.sheets.names_on_paper import strokes_of
from inspect_app.sheets.strokes import signature_svg
from inspect_app.signatures.lines import joined, named
from inspect_app.signatures.models import Signature
from inspect_app.signatures.queries import sealed_document
from inspect_app.signatures.statements import in_language
from inspect_app.sites.queries import this_site
from inspect_app.stops.queries import stop_of
from inspect_app.vehicles.faces import shown_plate_of
from inspect_app.visits.models import Visit, VisitEvent


def sheet_on_paper(visit: Visit, sheet: Sheet, version: SettlementVersion, locale: str) -> Document:
    """The sheet that was shown last, in a language. Plate, request date, completion date and the
    work done are what Korea asks of a 명세서."""
    with in_language(locale):
        site, car, facts = this_site(), visit.vehicle, version.facts
        charges = [_charge(one) for one in facts["charges"]]
        settlement = sheet.settlement
        return Document(
            locale=locale,
            shop=site.name,
            shop_lines=(site.address, site.phone),
            title=_("Settlement sheet"),
            number=f"{settlement.number}-{version.number}" if settlement else "",
            plate=shown_plate_of(car).text,
            car=" ".join(part for part in (car.make, car.model) if part),
            page=_("Page"),
            fields=(
                (_("Order"), facts["order_number"]),
                (_("Requested"), day(visit.arrived_at)),
                (_("Completed"), day(_finished_at(visit))),
                (_("Customer"), _customer(visit)),
                (_("VIN"), car.vin),
                (_("Kind of work"), named("repair_categories", sheet.order.category)),
                (_("Sheet shown"), f"{moment(version.captured_at)}, {version.by.name}"),
            ),
            sections=(*_work(charges), *_stopped(visit)),
            sums=tuple(_sums(facts, sheet)),
            closing=tuple(_closing(sheet)),
            signature=_signature(visit, version),
            demo=_("Demo: not a real order") if site.demo else "",
        )


def _charge(kept: dict[str, Any]) -> Charge:
    names = (
        "kind", "description", "amount", "quantity_hundredths", "unit_amount", "sheet", "detail",
    )  # fmt: skip
    return Charge(*(kept[name] for name in names))


def _work(charges: list[Charge]) -> list[Section]:
    heads = (_("Work and goods"), _("Amount"))
    return [
        Section(
            kind_words(kind),
            heads=heads,
            rows=tuple(_row(charge) for charge in charges if charge.kind == kind),
        )
        for kind in KINDS
        if any(charge.kind == kind for charge in charges)
    ]


def _row(charge: Charge) -> tuple[str, str]:
    more = charge_detail(charge)
    return f"{charge_words(charge)} ({more})" if more else charge_words(charge), money(
        charge.amount
    )


def _stopped(visit: Visit) -> list[Section]:
    stop = stop_of(visit.id)
    if stop is None:
        return []
    said = _("Stopped at the wish of %(name)s: %(reason)s", name=stop.asked_by, reason=stop.reason)
    safe = _("The car is safe to drive.")
    return [
        Section(
            _("Repair stopped"),
            paragraphs=(said, safe if stop.is_safe else _("Not safe to drive: ") + stop.warning),
        )
    ]


def _sums(facts: dict[str, Any], sheet: Sheet) -> list[Sum]:
    lines = [
        (_("Discount"), -facts["discount_amount"], False),
        (_("Before tax"), facts["net_amount"], False),
        (_("Tax"), facts["tax_amount"], False),
        (_("Total"), facts["total_amount"], True),
        (_("Deposit paid before"), -facts["deposit_amount"], False),
        (_("Fees paid before"), -facts["fee_amount"], False),
        (_("Paid"), -sheet.paid, False),
    ]
    found = [Sum(label, money(amount), strong) for label, amount, strong in lines if amount]
    rest = sheet.standing.outstanding
    if rest or sheet.paid:
        found.append(Sum(_("Still to pay"), money(rest), strong=True))
    return found


def _closing(sheet: Sheet) -> list[str]:
    found = [
        f"{row.number}: {named('payment_methods', row.method)}, {money(row.amount)}, "
        f"{named('payment_kinds', row.kind)}, {moment(row.captured_at)}"
        for row in sheet.payments
    ]
    if sheet.discount is not None and sheet.discount.decided_by is not None:
        found.append(_("Discount approved by %(name)s.", name=sheet.discount.decided_by.name))
    account = sheet.on_account
    if account is not None and sheet.standing.outstanding and account.decided_by is not None:
        found.append(
            _(
                "Left open until %(day)s, approved by %(name)s.",
                day=day(account.due_on), name=account.decided_by.name,
            )
        )  # fmt: skip
    if sheet.agreement is not None:
        found.append(_("Agreed without a signature: %(words)s", words=sheet.agreement.note))
    return found


def _customer(visit: Visit) -> str:
    customer = visit.customer
    return joined(customer.name, customer.organisation) if customer else visit.bringer_name


def _finished_at(visit: Visit) -> Any:
    """When the work was accepted as finished (T27), or stopped (T41)."""
    return db.session.scalar(
        select(VisitEvent.captured_at)
        .where(VisitEvent.visit_id == visit.id, VisitEvent.transition.in_(("T27", "T41")))
        .order_by(VisitEvent.captured_at.desc())
        .limit(1)
    )


def _signature(visit: Visit, version: SettlementVersion) -> Drawn | None:
    row = db.session.scalar(
        select(Signature)
        .where(
            Signature.visit_id == visit.id,
            Signature.code == CODE,
            Signature.facts_sha256 == version.facts_sha256,
        )
        .order_by(Signature.signed_at.desc())
        .limit(1)
    )
    if row is None:
        return None
    drawn, _aspect = signature_svg(strokes_of(sealed_document(row.seal_id)))
    return Drawn(drawn, joined(row.signer_name, moment(row.signed_at)))
