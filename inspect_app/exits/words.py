"""SB: the customer has everything back and the order is withdrawn (T40): a sitting of its own."""

import uuid
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from inspect_app.exits import rules
from inspect_app.exits.actions import finish_withdrawal
from inspect_app.exits.queries import SITTING, exit_of
from inspect_app.returns.queries import missing_of, things_of
from inspect_app.returns.words import returned_facts, returned_line
from inspect_app.signatures.lines import Line, named
from inspect_app.signatures.models import Seal
from inspect_app.signatures.sittings import About, Page, Said, Sitting, add_sitting
from inspect_app.staff.rules import RECEPTION


def _said(about: About) -> Said | None:
    """Nothing is signed before all was given back or explained."""
    row, things = exit_of(about.visit.id), things_of(about.visit.id)
    if row is None or row.kind != "withdrawn" or not things or missing_of(about.visit.id):
        return None
    return Said(
        str(_("You withdraw the order and take everything back")),
        [
            Line("fact", _("Repair order"), about.order_number),
            Line("fact", _("Reason"), row.reason or named("decline_reasons", row.reason_code)),
            *(returned_line(thing) for thing in things),
            Line("close", _("I withdraw the repair order. Nothing is repaired.")),
            Line("close", _("I have back what is listed here.")),
        ],
        {
            "order_number": about.order_number,
            "reason_code": row.reason_code,
            "reason": row.reason,
            "returned": returned_facts(things),
        },
    )


def _signed(about: About, seal: Seal, *, by: uuid.UUID, at: datetime) -> None:
    finish_withdrawal(about.visit, by=by, at=at)


add_sitting(
    Sitting(
        name=SITTING,
        title=_l("Given back"),
        pages=(Page("returns", _l("What you take back"), ("SB",)),),
        said={"SB": _said},
        states=rules.WITHDRAWS,
        roles=RECEPTION,
        after=_signed,
        leads_to=lambda about: url_for("exits.show", visit_id=about.visit.id),
    )
)
