"""Passes of a visit: giving them, printing them, the customer's own page (12.04, D14)."""

import uuid

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, public, who
from inspect_app.db import bind_site, db, now
from inspect_app.errors import Conflict, Invalid, NotFound, Refused, Words
from inspect_app.gate_passes import actions, queries
from inspect_app.gate_passes.forms import read_reason, read_trip
from inspect_app.gate_passes.page import ISSUERS, READERS, TRIP_ISSUERS, passes_page
from inspect_app.gate_passes.slips import code_svg, pass_address, slip_of
from inspect_app.i18n import LOCALES, OWN_NAMES
from inspect_app.sheets.queries import svg_address
from inspect_app.sheets.slips import slip_pdf
from inspect_app.signatures.statements import in_language
from inspect_app.staff.approvals import approved_by
from inspect_app.staff.rules import Role
from inspect_app.visits.due import DueRow, add_source
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.visits.rules import CAPTURE_STATES, TRANSITIONS
from inspect_app.visits.story import Part, add_part
from inspect_app.web import captured_at, commits, htmx, page_or_fragment, respond

bp = Blueprint("gate_passes", __name__)

_EARLY = {"booked", "cancelled", "no_show", "declined", *CAPTURE_STATES}
_STATES = frozenset(target for line in TRANSITIONS for target in line.targets) - _EARLY

add_part(Part("gate", _l("Gate"), "gate_passes.show", _STATES, frozenset(READERS), place=95))


def due_back(_now: object) -> list[DueRow]:
    """Cars on a trip, due at the time of their return."""
    return [
        DueRow(
            at=one.return_by,
            kind="trip_back",
            visit_id=one.visit_id,
            vehicle=one.visit.vehicle,
            words=_l("Back from a trip, pass %(number)s", number=one.number),
            url=url_for("gate_passes.show", visit_id=one.visit_id),
        )
        for one in queries.cars_on_a_trip()
        if one.return_by is not None
    ]


add_source("gate_passes", due_back, frozenset(READERS))


def _done(visit: Visit) -> Response:
    page = url_for("gate_passes.show", visit_id=visit.id)
    return respond("gate_passes/_passes.html", page, **passes_page(visit))


def _refused(visit_id: uuid.UUID, problem: Refused) -> Response:
    problems: dict[str, Words] = (
        problem.problems if isinstance(problem, Invalid) else {"form": problem.message}
    )
    if "id" in problems:
        raise problem
    db.session.rollback()
    page = passes_page(visit_of(visit_id), form=request.form, problems=problems)
    template = "gate_passes/_passes.html" if htmx.wants_fragment else "gate_passes/show.html"
    answer = make_response(render_template(template, **page), problem.status)
    answer.headers["Vary"] = "HX-Request"
    return answer


@bp.get("/visits/<uuid:visit_id>/gate-passes")
@allow(*READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The passes of a visit: a page, or a part of its story."""
    page = passes_page(visit_of(visit_id))
    return page_or_fragment("gate_passes/show.html", "gate_passes/_story.html", **page)


@bp.post("/visits/<uuid:visit_id>/gate-passes")
@allow(*TRIP_ISSUERS)
@commits
def add_trip(visit_id: uuid.UUID) -> ResponseReturnValue:
    """A pass for a trip from which the car comes back."""
    visit = visit_of(visit_id)
    try:
        actions.issue(visit, read_trip(request.form), by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _refused(visit_id, problem)
    return _done(visit)


@bp.post("/gate-passes/<uuid:pass_id>/release")
@allow(*ISSUERS)
@commits
def override(pass_id: uuid.UUID) -> ResponseReturnValue:
    """The supervisor lets the car go before S4, with a written reason (12.04)."""
    found = queries.pass_of(pass_id)
    try:
        reason = read_reason(request.form)
        approver = approved_by(request.form, who(), Role.BUSINESS_SUPERVISOR)
        actions.override(found, reason, by=approver, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _refused(found.visit_id, problem)
    return _done(found.visit)


@bp.post("/gate-passes/<uuid:pass_id>/voiding")
@allow(*ISSUERS)
@commits
def void(pass_id: uuid.UUID) -> ResponseReturnValue:
    """The pass is lost or wrong: it opens nothing any more. One for good is given anew at once."""
    found = queries.pass_of(pass_id)
    try:
        actions.replace(found, read_reason(request.form), by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _refused(found.visit_id, problem)
    return _done(found.visit)


@bp.get("/gate-passes/<uuid:pass_id>/pass.pdf")
@allow(*READERS)
def printed(pass_id: uuid.UUID) -> ResponseReturnValue:
    """The pass on 80 mm."""
    found = queries.pass_of(pass_id)
    slip, made_at = slip_of(found), found.captured_at
    db.session.rollback()  # no transaction waits while type is set
    answer = Response(slip_pdf(slip, made_at), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="gate-pass-{slip.number}.pdf"'
    return answer


@bp.get("/G/<token>")
@bp.get("/g/<token>")
@public
def carried(token: str) -> ResponseReturnValue:
    """The pass on the customer's own phone; a guard who opens it goes on to the gate."""
    known = queries.pass_and_shop(token.upper())
    if known is None:
        raise NotFound
    found, shop = known
    staff = g.who if g.who and g.who.customer_visit_id is None else None
    if staff is not None and staff.site_id == shop.id and staff.may(Role.GATE_GUARD):
        return redirect(url_for("gate_passes.gate_page", code=found.token), 303)
    bind_site(shop.id)
    g.timezone, g.site_name, g.site_demo, g.site_row = shop.timezone, shop.name, shop.demo, shop
    asked = request.args.get("lang", "")
    with in_language(asked if asked in LOCALES else found.visit.customer_locale):
        return render_template(
            "gate_passes/carried.html",
            site=shop,
            found=found,
            visit=found.visit,
            verdict=queries.verdict_of(found, now()).code,
            code=svg_address(code_svg(pass_address(found)).encode()),
            languages=[
                (code, OWN_NAMES[code], url_for(".carried", token=found.token, lang=code))
                for code in LOCALES
            ],
        )
