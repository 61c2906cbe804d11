"""The additional sheet on paper (D11): without prices for the workshop, with them for others."""

import json
from typing import Any

from flask import Response, make_response, request
from flask_babel import gettext as _

from inspect_app import catalogues
from inspect_app.access import who
from inspect_app.additions.models import Addition, Relay
from inspect_app.db import db
from inspect_app.i18n import moment, money
from inspect_app.orders.queries import order_of
from inspect_app.sheets.letters import to_print
from inspect_app.sheets.press import PRESS, Job
from inspect_app.signatures.statements import in_language
from inspect_app.sites.queries import this_site
from inspect_app.staff.rules import sees_prices
from inspect_app.visits.models import Visit


def sheet_pdf(visit: Visit, addition: Addition, relay: Relay) -> Response:
    """The sheet as PDF; `?for=customer` is the customer's, in the customer's language."""
    for_customer = request.args.get("for") == "customer" and sees_prices(who().roles)
    language = visit.customer_locale if for_customer else this_site().locale
    with in_language(language):
        data = _data(visit, addition, relay, language, has_prices=for_customer)
    db.session.rollback()  # no transaction waits while type is set
    job = Job(
        template="additional_sheet.typ",
        data=json.dumps(_printable(data), ensure_ascii=False),
        timestamp=int(relay.captured_at.timestamp()),
    )
    answer = make_response(PRESS.set(job))
    answer.headers["Content-Type"] = "application/pdf"
    name = f"{data['order_number']}.pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _data(
    visit: Visit, addition: Addition, relay: Relay, language: str, *, has_prices: bool
) -> dict[str, Any]:
    order, site = order_of(visit.id), this_site()
    answers = [
        (line, one)
        for line in addition.lines
        for one in line.answers
        if one.relay_id == relay.id and one.answer == "yes"
    ]
    first = answers[0][1]
    return {
        "locale": language,
        "site": site.name,
        "is_demo": site.demo,
        "demo": _("Demo shop: nothing here is real"),
        "title": catalogues.term("additional_repair_order", language),
        "order_number": f"{order.number}-{relay.sheet}",
        "head": [
            _pair(_("Plate"), visit.vehicle.plate or visit.vehicle.vin),
            _pair(_("Car"), f"{visit.vehicle.make} {visit.vehicle.model}".strip()),
            _pair(_("Visit"), visit.number),
            _pair(_("Found by"), f"{addition.by.name}, {moment(addition.captured_at)}"),
            _pair(_("Promised for"), moment(order.promised_at)),
            _pair(_("About safety"), _("yes") if addition.is_safety else _("no")),
        ],
        "reason_title": _("Why"),
        "reason": addition.reason,
        "items_title": _("Work agreed"),
        "item_word": _("Item"),
        "price_word": _("Price"),
        "has_prices": has_prices,
        "items": [
            {"name": line.description, "price": money(one.price_amount) if has_prices else ""}
            for line, one in answers
        ],
        "consent_title": _("The customer's answer"),
        "consent": [
            _pair(_("Answered"), moment(first.captured_at)),
            _pair(_("How"), _channel(first.channel)),
            _pair(_("Who answered"), first.who_answered if has_prices else ""),
            _pair(_("Entered by"), first.by.name),
        ],
        "relay_title": _("Handed over"),
        "relay": [
            _pair(_("To"), relay.receiver.name),
            _pair(_("Time"), moment(relay.captured_at)),
            _pair(_("By"), relay.by.name),
        ],
    }


def _channel(code: str) -> str:
    names = {"phone": _("by phone"), "in_person": _("in person"), "link": _("signed on own phone")}
    return str(names[code])


def _pair(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": value}


def _printable(value: Any) -> Any:
    """Every text with letters that the fonts have."""
    if isinstance(value, str):
        return to_print(value)
    if isinstance(value, list):
        return [_printable(one) for one in value]
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    return value
