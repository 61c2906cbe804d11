"""The sheet's lines in words, the same on the screen, on the customer's page and on paper."""

from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from inspect_app.catalogues import is_code
from inspect_app.i18n import money
from inspect_app.orders.pricing import HUNDRED
from inspect_app.settlements.sums import Charge
from inspect_app.signatures.lines import joined, named


def kind_words(kind: str) -> str:
    """The name of a group of charges."""
    return named("charge_kinds", kind)


def charge_words(charge: Charge) -> str:
    """What a charge is for."""
    if charge.kind == "storage":
        days = (charge.quantity_hundredths or 0) // HUNDRED
        words: str = ngettext("Storage, %(num)s day", "Storage, %(num)s days", days)
        return words
    return charge.description


def charge_detail(charge: Charge) -> str:
    """What is said beside it: the additional sheet, quantity and price, source or grade."""
    return joined(
        _("additional sheet %(n)s", n=charge.sheet) if charge.sheet else "",
        _detail(charge.detail),
        _quantity(charge),
    )


def _detail(code: str) -> str:
    if code == "customer":
        return str(_("brought by the customer"))
    if code == "in_part":
        return str(_("done in part"))
    return named("part_grades", code) if is_code("part_grades", code) else code


def _quantity(charge: Charge) -> str:
    if charge.quantity_hundredths is None or charge.unit_amount is None:
        return ""
    if charge.quantity_hundredths == HUNDRED:
        return ""
    many = Decimal(charge.quantity_hundredths) / HUNDRED
    return f"{many.normalize():f} × {money(charge.unit_amount)}"
