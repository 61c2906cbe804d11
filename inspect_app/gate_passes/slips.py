"""The printed pass (D14): what the guard reads, and the code to scan."""

from flask import g
from flask_babel import gettext as _

from inspect_app import catalogues
from inspect_app.gate_passes.models import GatePass
from inspect_app.gate_passes.rules import LAST
from inspect_app.i18n import locale, moment
from inspect_app.key_tags.labels import code_path
from inspect_app.sheets.slips import Slip
from inspect_app.signatures.statements import in_language
from inspect_app.sites.queries import site_rules, this_site
from inspect_app.vehicles.faces import shown_plate_of
from inspect_app.vehicles.models import Vehicle

VIN_END = 6
"""Of the VIN only the end stands on the pass (D14)."""


def pass_address(found: GatePass) -> str:
    """What the pass's code says: the shop's own host, never the address of the moment, in capitals,
    so that the code stays small."""
    return f"HTTPS://{site_rules().key_host}/G/{found.token}"


def code_svg(address: str) -> str:
    """The code as a picture."""
    width, path = code_path(address)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {width}">'
        f'<rect width="{width}" height="{width}" fill="#fff"/><path d="{path}"/></svg>'
    )


def vin_end(car: Vehicle) -> str:
    """The last characters of the VIN."""
    return (car.vin or "")[-VIN_END:]


def slip_of(found: GatePass) -> Slip:
    """The pass on paper: in the customer's language where the customer carries it, in the shop's
    for a trip."""
    site = this_site()
    language = found.visit.customer_locale if found.kind in LAST else site.locale
    with in_language(language):
        return Slip(
            locale=locale(),
            shop=site.name,
            shop_lines=(site.address, site.phone),
            title=_("Gate pass"),
            number=found.number,
            figure=shown_plate_of(found.visit.vehicle).text,
            code=code_svg(pass_address(found)),
            code_words=_("Show this code to the guard. It opens the gate once.")
            if found.kind in LAST
            else _("Show this code when leaving and when coming back."),
            values=(
                (_("Kind"), catalogues.name_of("gate_pass_kinds", found.kind, locale())),
                (_("Fees"), catalogues.name_of("gate_fee_states", found.fee_status, locale())),
                (_("End of the VIN"), vin_end(found.visit.vehicle)),
                (_("Issued"), f"{moment(found.captured_at)} · {found.by.name}"),
                (_("Valid until"), moment(found.valid_until) if found.kind in LAST else ""),
                (_("Back by"), moment(found.return_by)),
                (_("Remark"), found.remark),
            ),
            demo=_("Demo: not a real order") if g.get("site_demo") else "",
        )
