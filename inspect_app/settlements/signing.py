"""The settlement sheet as the customer reads and signs it (SP, 12.02)."""

import uuid
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from inspect_app.db import now
from inspect_app.guarantees.actions import give_card
from inspect_app.guarantees.queries import card_of, proposal_for
from inspect_app.guarantees.rules import Term
from inspect_app.i18n import locale, money
from inspect_app.orders.disclosures import text
from inspect_app.settlements.queries import CODE, Sheet, sheet_of
from inspect_app.settlements.rules import CLERKS
from inspect_app.settlements.sums import KINDS, Charge
from inspect_app.settlements.words import charge_detail, charge_words, kind_words
from inspect_app.signatures.lines import Line
from inspect_app.signatures.models import Seal
from inspect_app.signatures.sittings import About, Page, Said, Sitting, add_sitting
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit

NAME = "settlement"


def _said(about: About) -> Said | None:
    """The sheet as it was kept for the customer; one that has changed since is shown anew first."""
    sheet = sheet_of(about.visit)
    if not sheet.is_shown:
        return None
    lines = [*_lines(sheet), *_guarantee(about.visit)]
    lines.append(Line("close", _("With my name I agree to this settlement.")))
    return Said(title=_("Settlement sheet"), lines=lines, facts=sheet.facts)


def _guarantee(visit: Visit) -> list[Line]:
    """P9: the term of the card that comes with it, and that its terms stand there."""
    card = card_of(visit.id)
    term = Term(card.days, card.km) if card else proposal_for(visit, now()).terms.term
    if not term.days:
        return []
    days = ngettext("%(num)s day", "%(num)s days", term.days)
    value = _("%(days)s or %(km)s km", days=days, km=f"{term.km:,}") if term.km else days
    return [Line("fact", _("Guarantee"), value), Line("close", text("P9", locale()))]


def _lines(sheet: Sheet) -> list[Line]:
    found: list[Line] = []
    for kind in KINDS:
        charges = sheet.of_kind(kind)
        if charges:
            found.append(Line("fact", kind_words(kind), money(sheet.totals.by_kind[kind])))
            found += [_charge(charge) for charge in charges]
    totals = sheet.totals
    found += [
        Line("fact", name, money(amount))
        for name, amount in (
            (_("Discount"), -totals.discount),
            (_("Before tax"), totals.net),
            (_("Tax"), totals.tax),
        )
        if amount
    ]
    found.append(Line("total", _("Total"), money(totals.gross)))
    found += [
        Line("fact", name, money(-amount))
        for name, amount in (
            (_("Deposit paid before"), totals.deposit_offset),
            (_("Fees paid before"), totals.fee_offset),
        )
        if amount
    ]
    if totals.payable != totals.gross:
        found.append(Line("total", _("To pay"), money(totals.payable)))
    return found


def _charge(charge: Charge) -> Line:
    words = charge_words(charge)
    more = charge_detail(charge)
    return Line("item", f"{words} ({more})" if more else words, money(charge.amount))


def _signed(about: About, seal: Seal, *, by: uuid.UUID, at: datetime) -> None:
    give_card(about.visit, None, by=by, at=at, told=True)
    note(about.visit.id, "settlement.agreed", by=by, at=at, screen="customer", seal=str(seal.id))


add_sitting(
    Sitting(
        name=NAME,
        title=_l("Settlement"),
        pages=(Page("sheet", _l("What you pay"), (CODE,)),),
        said={CODE: _said},
        states=frozenset({"settling"}),
        roles=CLERKS,
        after=_signed,
        leads_to=lambda about: url_for("settlements.show", visit_id=about.visit.id),
        thanks=lambda _about: _l("Thank you. Your settlement sheet is signed."),
    )
)
