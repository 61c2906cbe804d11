"""Tokens and addresses on the manager's page; the other system's order on the visit's record."""

import uuid
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, who
from inspect_app.db import db, now
from inspect_app.errors import Conflict, Invalid, Sealed
from inspect_app.exchange import actions, queries, rules
from inspect_app.exchange.forms import read_number, read_template, read_token
from inspect_app.sites.queries import site_rules
from inspect_app.staff.rules import RECEPTION, VISIT_READERS, Role
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.visits.rules import TRANSITIONS, may_capture
from inspect_app.visits.story import Part, add_part
from inspect_app.web import captured_at, commits, htmx, page_or_fragment, respond

bp = Blueprint("exchange", __name__)

_STATES = frozenset(target for line in TRANSITIONS for target in line.targets)
add_part(Part("external", _l("In the other system"), "exchange.external", _STATES,
              frozenset(VISIT_READERS), place=15))  # fmt: skip


def _page(**more: Any) -> dict[str, Any]:
    return {
        "tokens": queries.tokens(),
        "template": site_rules().order_link_template,
        "description": url_for("exchange.description", _external=True),
        **more,
    }


@bp.get("/other-systems")
@allow(Role.MANAGER)
def show() -> ResponseReturnValue:
    """Who may read and push orders, and where the other system shows them."""
    return render_template("exchange/show.html", **_page())


@bp.post("/other-systems/tokens")
@allow(Role.MANAGER)
@commits
def add_token() -> ResponseReturnValue:
    """A new token, shown this once. No answer of it is kept, so a repeat makes another."""
    try:
        name, scope = read_token(request.form)
    except Invalid as refused:
        page = _page(problems=refused.problems, form=request.form)
        return make_response(render_template("exchange/show.html", **page), 422)
    row, text = actions.make_token(name, scope, by=who().id, at=now())
    return render_template("exchange/show.html", **_page(made=row, token=text))


@bp.post("/other-systems/tokens/<uuid:token_id>/ending")
@allow(Role.MANAGER)
@commits
def end_token(token_id: uuid.UUID) -> ResponseReturnValue:
    """The token lets nobody in any more."""
    actions.end_token(token_id, at=now())
    return render_template("exchange/show.html", **_page())


@bp.post("/other-systems/address")
@allow(Role.MANAGER)
@commits
def set_template() -> ResponseReturnValue:
    """Where the other system shows an order."""
    try:
        actions.set_template(read_template(request.form))
    except Invalid as refused:
        page = _page(problems=refused.problems, form=request.form)
        return make_response(render_template("exchange/show.html", **page), 422)
    return render_template("exchange/show.html", **_page(saved=True))


def _part(visit: Visit, **more: Any) -> dict[str, Any]:
    row = queries.external_of_visit(visit.id)
    waiting = list(queries.external_waiting(visit))
    if row is not None and row.pushed and row.taken_over_at is None:
        waiting.insert(0, row)
    template = site_rules().order_link_template
    return {
        "visit": visit,
        "row": row,
        "waiting": waiting,
        "address": rules.link_to(template, row.number) if row else "",
        "links": who().may(*RECEPTION),
        "takes": who().may(*RECEPTION) and may_capture(visit.state),
        **more,
    }


def _refused(visit: Visit, problem: Invalid | Conflict | Sealed) -> Response:
    said = problem.problems if isinstance(problem, Invalid) else {"number": problem.message}
    db.session.rollback()
    template = "exchange/_external.html" if htmx.wants_fragment else "exchange/external.html"
    page = _part(visit_of(visit.id), problems=said, form=request.form)
    return make_response(render_template(template, **page), problem.status)


@bp.get("/visits/<uuid:visit_id>/other-system")
@allow(*VISIT_READERS)
def external(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The other system's order of this visit, and what it pushed."""
    page = _part(visit_of(visit_id))
    return page_or_fragment("exchange/external.html", "exchange/_external.html", **page)


@bp.post("/visits/<uuid:visit_id>/other-system")
@allow(*RECEPTION)
@commits
def link(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The visit is this order there."""
    visit = visit_of(visit_id)
    try:
        actions.link(visit, read_number(request.form), by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _refused(visit, problem)
    return _done(visit)


@bp.post("/visits/<uuid:visit_id>/other-system/<uuid:external_id>/take-over")
@allow(*RECEPTION)
@commits
def take_over(visit_id: uuid.UUID, external_id: uuid.UUID) -> ResponseReturnValue:
    """What was pushed becomes part of the order."""
    visit = visit_of(visit_id)
    try:
        actions.take_over(visit, external_id, by=who().id, at=captured_at())
    except (Conflict, Sealed) as problem:
        return _refused(visit, problem)
    return _done(visit)


def _done(visit: Visit) -> Response:
    page = url_for("exchange.external", visit_id=visit.id)
    return respond("exchange/_external.html", page, **_part(visit, is_open=True))
