"""The guarantee card on paper (D13)."""

from flask_babel import gettext as _
from flask_babel import ngettext

from inspect_app.catalogues import name_of
from inspect_app.guarantees.models import GuaranteeCard
from inspect_app.guarantees.rules import Term
from inspect_app.i18n import day, moment
from inspect_app.orders.queries import order_number_of
from inspect_app.sheets.documents import Document, Section
from inspect_app.signatures.statements import in_language
from inspect_app.sites.queries import this_site
from inspect_app.vehicles.faces import shown_plate_of
from inspect_app.visits.models import Visit


def card_on_paper(visit: Visit, card: GuaranteeCard, locale: str) -> Document:
    """The card in a language: term, what is covered, what is not, and what the law gives anyway."""
    with in_language(locale):
        site, car, term = this_site(), visit.vehicle, Term(card.days, card.km)
        last_km = term.ends_at_km(card.odometer_km)
        return Document(
            locale=locale,
            shop=site.name,
            shop_lines=(site.address, site.phone),
            title=_("Quality guarantee card"),
            number=card.number,
            plate=shown_plate_of(car).text,
            car=" ".join(part for part in (car.make, car.model) if part),
            page=_("Page"),
            fields=(
                (_("Order"), order_number_of(visit.id)),
                (_("Guarantee from"), day(card.from_on)),
                (_("Until"), day(term.ends_on(card.from_on))),
                (_("Days"), str(card.days)),
                (_("Odometer at delivery"), _km(card.odometer_km)),
                (_("Or until the odometer shows"), _km(last_km)),
                (_("VIN"), car.vin),
            ),
            sections=(
                Section(_("What is covered"), rows=tuple((item,) for item in card.items),
                        heads=(_("Work and goods"),)),
                Section(_("What is not covered"), paragraphs=tuple(_excluded(card, locale))),
                Section(_("Terms"), paragraphs=tuple(_terms(card))),
            ),
            closing=(
                _("Told by %(name)s, %(time)s", name=card.by.name, time=moment(card.told_at))
                if card.told_at
                else "",
                _("For questions and claims: %(shop)s, %(phone)s", shop=site.name,
                  phone=site.phone),
            ),
            stamp=_("Stamp of the workshop"),
            demo=_("Demo: not a real order") if site.demo else "",
        )  # fmt: skip


def _km(value: int | None) -> str:
    return f"{value:,} km" if value is not None else ""


def _excluded(card: GuaranteeCard, locale: str) -> list[str]:
    """Of the part alone: the work on it stays covered (Q18)."""
    if not card.exclusions:
        return []
    found = [f"{one['name']}: {name_of('disclosures', one['code'], locale)}"
             for one in card.exclusions]  # fmt: skip
    return [*found, _("This is about the part alone; our work on it is covered like any other.")]


def _terms(card: GuaranteeCard) -> list[str]:
    found = [
        _("If our work was faulty, we inspect and repair it again free of charge."),
        _("Bring this card. What was changed by others, or used wrongly, is not covered."),
    ]
    if card.floor_days:
        found.append(
            ngettext(
                "The law gives at least %(num)s day for faulty work; nothing here takes that away.",
                "The law gives at least %(num)s days for faulty work; nothing here takes that "
                "away.",
                card.floor_days,
            )
        )
    if card.conditions:
        found.append(card.conditions)
    return found
