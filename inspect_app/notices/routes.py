"""Telling the customer that the car is ready, or that it takes longer."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, who
from inspect_app.contact_log.gateway import channels
from inspect_app.db import now
from inspect_app.errors import Conflict, Invalid, Refused, Words
from inspect_app.i18n import local_input, moment, zone
from inspect_app.notices import actions, queries
from inspect_app.notices.forms import read_contact, read_delay
from inspect_app.notices.rules import DELAY_STATES, NOTIFIED_BY
from inspect_app.preparation.queries import preparation_of
from inspect_app.preparation.rules import missing_for_ready
from inspect_app.signatures.statements import in_language
from inspect_app.sites.queries import this_site
from inspect_app.staff.rules import RECEPTION
from inspect_app.vehicles.faces import shown_plate_of
from inspect_app.visits.due import DueRow, add_source
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.visits.story import Act, Part, add_act, add_part
from inspect_app.web import captured_at, commits, page_or_fragment, refuse_act

bp = Blueprint("notices", __name__)
TOLD_IN = DELAY_STATES | {"ready_notified", "settling", "settled", "delivering", "delivered"}


def _page(visit: Visit, **more: Any) -> dict[str, Any]:
    site, order = this_site(), queries.order_of(visit.id)
    customer = visit.customer
    name = customer.name if customer else visit.bringer_name
    facts = {
        "name": name,
        "plate": shown_plate_of(visit.vehicle).text,
        "shop": site.name,
        "phone": site.phone,
    }
    with in_language(visit.customer_locale):
        ready = _(
            "Hello %(name)s, your car %(plate)s is ready. Please come and collect it. "
            "Thank you for your trust. %(shop)s, %(phone)s",
            **facts,
        )
        delay = _(
            "Hello %(name)s, we are sorry: your car %(plate)s takes longer than we promised. "
            "We apologise and will do our best. %(shop)s, %(phone)s",
            **facts,
        )
    return {
        "visit": visit,
        "order": order,
        "due_at": queries.due_for(visit.id),
        "now": now(),
        "told": queries.told(visit.id),
        "channels": channels(site),
        "number": (customer.phone if customer else "") or visit.bringer_phone,
        "person": name,
        "ready_text": ready,
        "delay_text": delay,
        "new_time": local_input(order.promised_at),
        "problems": {},
        "form": {},
        **more,
    }


@bp.get("/visits/<uuid:visit_id>/notice")
@allow(*RECEPTION)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The car is ready: by which time, what to say, how it was told."""
    return render_template("notices/ready.html", **_ready(visit_of(visit_id)))


def _ready(visit: Visit, **more: Any) -> dict[str, Any]:
    made = preparation_of(visit)
    return _page(visit, missing=missing_for_ready(made.facts), **more)


@bp.post("/visits/<uuid:visit_id>/notice")
@allow(*RECEPTION)
@commits
def tell_ready(visit_id: uuid.UUID) -> ResponseReturnValue:
    """One try to reach the customer, with its result; T30 where it succeeded."""
    visit = visit_of(visit_id)
    try:
        contact = read_contact(request.form, channels(this_site()))
        row = actions.tell_ready(visit, contact, by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _refused(visit_id, problem, "notices/ready.html")
    return _after(visit_id, row.result, row.detail.get("problem", ""), "notices.show")


@bp.get("/visits/<uuid:visit_id>/delay")
@allow(*RECEPTION)
def show_delay(visit_id: uuid.UUID) -> ResponseReturnValue:
    """It takes longer: why, an apology, a new time (11.04)."""
    return render_template("notices/delay.html", **_page(visit_of(visit_id)))


@bp.post("/visits/<uuid:visit_id>/delay")
@allow(*RECEPTION)
@commits
def tell_delay(visit_id: uuid.UUID) -> ResponseReturnValue:
    """One try to tell of a delay; T31 and the new promise where it succeeded."""
    visit = visit_of(visit_id)
    try:
        contact = read_contact(request.form, channels(this_site()))
        delay = read_delay(request.form)
        row = actions.tell_delay(visit, contact, delay, by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _refused(visit_id, problem, "notices/delay.html")
    return _after(visit_id, row.result, row.detail.get("problem", ""), "notices.show_delay")


def _after(visit_id: uuid.UUID, result: str, problem: str, page: str) -> Response:
    """Who was told leads on to the record; a try stays here, with what went wrong."""
    if result in NOTIFIED_BY:
        return make_response(redirect(url_for("visits.show", visit_id=visit_id), 303))
    return make_response(redirect(url_for(page, visit_id=visit_id, tried=problem or None), 303))


def _refused(visit_id: uuid.UUID, problem: Refused, page: str) -> Response:
    def fill(**more: Any) -> dict[str, Any]:
        return (_ready if page == "notices/ready.html" else _page)(visit_of(visit_id), **more)

    return refuse_act(problem, page, page, fill)


@bp.get("/visits/<uuid:visit_id>/notices")
@allow(*RECEPTION)
def story(visit_id: uuid.UUID) -> ResponseReturnValue:
    """What the customer was told, as a part of the record."""
    visit = visit_of(visit_id)
    shown = {
        "visit": visit,
        "told": queries.told(visit_id),
        "may_delay": visit.state in DELAY_STATES,
    }
    return page_or_fragment("notices/told.html", "notices/_story.html", **shown)


def _due(at: datetime) -> list[DueRow]:
    """Notices that fall due today: ready, or not."""
    local = at.astimezone(zone())
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return [
        DueRow(
            one.at, "notice", one.visit_id, one.vehicle,
            words=_words(one),
            url=url_for(_NEXT.get(one.state, "notices.show_delay"), visit_id=one.visit_id),
        )
        for one in queries.notices_due()
        if one.at < midnight
    ]  # fmt: skip


_NEXT = {"preparing_delivery": "notices.show"}


def _words(one: queries.NoticeDue) -> Words:
    promised = moment(one.promised_at)
    if one.state == "preparing_delivery":
        return _l("Tell the customer that the car is ready (promised %(time)s)", time=promised)
    return _l("Not ready yet: tell the customer of the delay (promised %(time)s)", time=promised)


add_source("notices", _due, frozenset(RECEPTION))
add_part(Part("notices", _l("Notices"), "notices.story", TOLD_IN, frozenset(RECEPTION), place=55))
add_act(
    Act(
        _l("Tell the customer"), "notices.show", frozenset({"preparing_delivery"}),
        frozenset(RECEPTION),
    )
)  # fmt: skip
