"""Asking the supervisor, on the same tablet or through the due list, and the answer."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, who
from inspect_app.approvals import actions, queries
from inspect_app.approvals.forms import read_decision, read_request
from inspect_app.approvals.models import Approval
from inspect_app.approvals.rules import ASKERS, DECIDERS
from inspect_app.db import now
from inspect_app.errors import Conflict, Invalid, Refused, Words
from inspect_app.i18n import money, zone
from inspect_app.staff.approvals import approved_by, approvers
from inspect_app.visits.due import DueRow, add_source
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.web import captured_at, commits, lead_on, refuse_act

bp = Blueprint("approvals", __name__)

PATIENCE = timedelta(minutes=10)
"""N12: someone waits for the answer, with the customer beside them."""


def _page(visit: Visit, **more: Any) -> dict[str, Any]:
    return {
        "visit": visit,
        "approvals": queries.approvals_of(visit.id),
        "decides": who().may(*DECIDERS),
        "approvers": approvers(*DECIDERS),
        "problems": {},
        "form": {},
        **more,
    }


@bp.get("/visits/<uuid:visit_id>/approvals")
@allow(*ASKERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """What was asked of the supervisor for this visit, and the answers."""
    return render_template("approvals/show.html", **_page(visit_of(visit_id)))


def _refused(visit_id: uuid.UUID, problem: Refused) -> Response:
    page = "approvals/show.html"
    return refuse_act(problem, page, page, lambda **more: _page(visit_of(visit_id), **more))


@bp.post("/visits/<uuid:visit_id>/approvals")
@allow(*ASKERS)
@commits
def ask(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Puts a request. A supervisor who stands beside it answers at once, with the own PIN."""
    visit, at = visit_of(visit_id), captured_at()
    try:
        draft = read_request(
            request.form, currency=g.currency, today=now().astimezone(zone()).date()
        )
        here = who().may(*DECIDERS) or bool(request.form.get("approver_pin"))
        decider = approved_by(request.form, who(), *DECIDERS) if here else None
        asked = actions.ask(visit, draft, by=who().id, at=at)
        if decider is not None and asked.is_open:
            actions.decide(asked, granted=True, answer="", by=decider, at=at)
    except (Invalid, Conflict) as problem:
        return _refused(visit_id, problem)
    return _back(visit_id)


@bp.post("/visits/<uuid:visit_id>/approvals/<uuid:approval_id>/decision")
@allow(*DECIDERS)
@commits
def decide(visit_id: uuid.UUID, approval_id: uuid.UUID) -> ResponseReturnValue:
    """The supervisor's yes or no."""
    visit_of(visit_id)
    approval = queries.approval_of(visit_id, approval_id)
    try:
        granted, answer = read_decision(request.form)
        actions.decide(approval, granted=granted, answer=answer, by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _refused(visit_id, problem)
    return redirect(url_for("approvals.show", visit_id=visit_id), 303)


@bp.post("/visits/<uuid:visit_id>/approvals/<uuid:approval_id>/withdrawal")
@allow(*ASKERS)
@commits
def withdraw(visit_id: uuid.UUID, approval_id: uuid.UUID) -> ResponseReturnValue:
    """The request counts no more."""
    visit_of(visit_id)
    approval = queries.approval_of(visit_id, approval_id)
    actions.withdraw(approval, by=who().id, at=captured_at())
    return _back(visit_id)


def _back(visit_id: uuid.UUID) -> ResponseReturnValue:
    """To where it was asked: the preparation, the settlement, or the list of requests."""
    places = {"preparation": "preparation.show", "settlement": "settlements.show"}
    endpoint = places.get(request.form.get("from", ""), "approvals.show")
    page = url_for(endpoint, visit_id=visit_id)
    return lead_on(make_response(redirect(page, 303)), page)


def _due(_now: datetime) -> list[DueRow]:
    """What waits for a supervisor's word."""
    return [
        DueRow(
            one.captured_at + PATIENCE, "approval", one.visit_id, car, words=_words(one),
            url=url_for("approvals.show", visit_id=one.visit_id),
        )
        for one, car in queries.open_requests()
    ]  # fmt: skip


def _words(one: Approval) -> Words:
    if one.kind == "discount":
        return _l("Decide on a discount of %(amount)s", amount=money(one.amount))
    if one.kind == "on_account":
        return _l("Decide on %(amount)s on account", amount=money(one.amount))
    if one.kind == "storage_waiver":
        return _l("Decide whether storage is waived")
    return _l("Decide on a difference in the customer's things")


add_source("approvals", _due, frozenset(DECIDERS))
