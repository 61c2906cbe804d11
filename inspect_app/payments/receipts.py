"""What a receipt says (D15), in the customer's language."""

from flask import g
from flask_babel import gettext as _

from inspect_app import catalogues
from inspect_app.i18n import locale, moment, money
from inspect_app.payments.models import Payment
from inspect_app.sheets.slips import Slip
from inspect_app.signatures.statements import in_language
from inspect_app.sites.queries import this_site
from inspect_app.vehicles.faces import shown_plate_of
from inspect_app.visits.models import Visit


def receipt_of(visit: Visit, row: Payment, order_number: str, reversed_number: str = "") -> Slip:
    """The receipt of one row of money; `reversed_number`: the receipt that it takes back."""
    with in_language(visit.customer_locale):
        return _receipt(visit, row, order_number, reversed_number)


def _receipt(visit: Visit, row: Payment, order_number: str, reversed_number: str) -> Slip:
    site = this_site()
    customer = visit.customer
    titles = {
        "payment": _("Receipt"),
        "refund": _("Refund receipt"),
        "reversal": _("Reversal of a receipt"),
    }
    return Slip(
        locale=locale(),
        shop=site.name,
        shop_lines=(site.address, site.phone),
        title=titles[row.kind],
        number=row.number,
        figure=money(row.amount, site.currency),
        values=(
            (_("For"), catalogues.name_of("payment_purposes", row.purpose, locale())),
            (_("Paid by"), catalogues.name_of("payment_methods", row.method, locale())),
            (_("Rounded"), money(-row.rounding_amount) if row.rounding_amount else ""),
            (_("Takes back receipt"), reversed_number),
            (_("Reason"), row.reason),
            (_("Customer"), customer.name if customer else visit.bringer_name),
            (_("Plate"), shown_plate_of(visit.vehicle).text),
            (_("Order"), order_number),
            (_("Time"), moment(row.captured_at)),
            (_("Cashier"), row.by.name),
        ),
        closing="" if row.kind == "payment" else _("Signature of the customer: ______________"),
        demo=_("Demo: not a real order") if g.get("site_demo") else "",
    )
