"""The exit page: declining, giving back, the cashier, the pass (3.04–3.06)."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, who
from inspect_app.db import db, now
from inspect_app.errors import Conflict, Invalid, Refused, Words
from inspect_app.exits import actions, queries, rules
from inspect_app.exits.actions import StillMissing
from inspect_app.exits.forms import read_exit, read_pass_id, read_return
from inspect_app.gate_passes.page import passes_page
from inspect_app.payments.page import CASHIERS, READERS, money_page
from inspect_app.returns.queries import things_of
from inspect_app.returns.words import thing_name
from inspect_app.staff.rules import RECEPTION, Role
from inspect_app.visits.due import DueRow, add_source
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.visits.story import Act, Part, add_act, add_part
from inspect_app.web import captured_at, commits, htmx, lead_on, page_or_fragment, respond

bp = Blueprint("exits", __name__)

CLEARS = (*CASHIERS, Role.BUSINESS_SUPERVISOR)
AT_ONCE = timedelta(minutes=10)
"""N12: the customer is led to the cashier at once; no number in the source."""
OPEN_STATES = rules.DECLINES | rules.WITHDRAWS | {"declined", "exit_cleared"}

add_part(Part("exit", _l("Leaving without a repair"), "exits.show", OPEN_STATES,
              frozenset(READERS), place=60))  # fmt: skip
add_act(Act(_l("Exit formalities"), "exits.show", frozenset({"declined", "exit_cleared"}),
            frozenset(READERS)))  # fmt: skip


def waiting(_now: datetime) -> list[DueRow]:
    """Customers who declined and wait for the exit formalities."""
    return [
        DueRow(
            at=visit.state_since + AT_ONCE,
            kind="exit",
            visit_id=visit.id,
            vehicle=visit.vehicle,
            words=_l("Exit formalities: fee, receipt, pass"),
            url=url_for("exits.show", visit_id=visit.id),
        )
        for visit in queries.visits_at_the_exit()
    ]


add_source("exits", waiting, frozenset(READERS))


def _page(visit: Visit, **more: Any) -> dict[str, Any]:
    row, state = queries.exit_of(visit.id), visit.state
    page: dict[str, Any] = {"visit": visit, "row": row, "captures": who().may(*RECEPTION)}
    if row is not None and state in rules.WITHDRAWS:
        page |= {"step": "giving_back", "things": things_of(visit.id), "thing_name": thing_name}
        page["missing"] = queries.missing_for_withdrawal(visit)
    elif state in rules.DECLINES:
        page |= {"step": "declining", "missing": queries.missing_for_decline(visit)}
    elif state in rules.WITHDRAWS:
        page |= {"step": "withdrawing"}
    elif row is not None and state == "declined":
        page |= money_page(visit) | {"step": "paying", "clears": who().may(*CLEARS)}
    elif row is not None:
        page |= passes_page(visit) | {"step": "leaving"}
    else:
        page["step"] = "none"
    return page | more


def _fragment(visit: Visit, status: int = 200, **more: Any) -> Response:
    template = "exits/exit.swap.html" if htmx.wants_fragment else "exits/show.html"
    answer = make_response(render_template(template, **_page(visit, **more)), status)
    answer.headers["Vary"] = "HX-Request"
    return answer


def _done(visit: Visit, *, moved: bool = False) -> Response:
    """The part anew; the whole page where the visit's state has changed, which its head shows."""
    page = url_for("exits.show", visit_id=visit.id)
    answer = respond("exits/exit.swap.html", page, **_page(visit))
    return lead_on(answer, page) if moved else answer


def _refused(visit_id: uuid.UUID, problem: Refused) -> Response:
    problems: dict[str, Words] = (
        problem.problems if isinstance(problem, Invalid) else {"form": problem.message}
    )
    if not {"id", "subject_id"}.isdisjoint(problems):
        raise problem
    db.session.rollback()
    visit = visit_of(visit_id)
    return _fragment(visit, problem.status, form=request.form, problems=problems)


@bp.get("/visits/<uuid:visit_id>/exit")
@allow(*READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Where the exit stands: a page, or a part of the visit's story."""
    visit = visit_of(visit_id)
    return page_or_fragment("exits/show.html", "exits/_story.html", **_page(visit))


@bp.post("/visits/<uuid:visit_id>/exit/decline")
@allow(*RECEPTION)
@commits
def decline(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T13: the customer does not enter the plant."""
    visit = visit_of(visit_id)
    try:
        actions.decline(visit, read_exit(request.form), by=who().id, at=captured_at())
    except (Invalid, Conflict, StillMissing) as problem:
        return _refused(visit_id, problem)
    return _done(visit, moved=True)


@bp.post("/visits/<uuid:visit_id>/exit/withdrawal")
@allow(*RECEPTION)
@commits
def withdraw(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The customer changes mind after S1: everything goes back (T40)."""
    visit = visit_of(visit_id)
    try:
        actions.begin_withdrawal(visit, read_exit(request.form), by=who().id, at=captured_at())
    except (Invalid, Conflict, StillMissing) as problem:
        return _refused(visit_id, problem)
    return _done(visit, moved=True)


@bp.post("/visits/<uuid:visit_id>/exit/withdrawal/ending")
@allow(*RECEPTION)
@commits
def call_off(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The customer stays after all."""
    visit = visit_of(visit_id)
    try:
        actions.call_off(visit, by=who().id, at=captured_at())
    except Conflict as problem:
        return _refused(visit_id, problem)
    return _done(visit)


@bp.post("/visits/<uuid:visit_id>/exit/returns")
@allow(*RECEPTION)
@commits
def give_back(visit_id: uuid.UUID) -> ResponseReturnValue:
    """One thing goes back, or with `all` everything that was not spoken of yet."""
    visit, at, tablet_id = visit_of(visit_id), captured_at(), who().tablet_id
    try:
        if request.form.get("all"):
            actions.give_all_back(visit, by=who().id, at=at, now=now(), tablet_id=tablet_id)
        else:
            draft = read_return(request.form)
            actions.give_one_back(visit, draft, by=who().id, at=at, now=now(), tablet_id=tablet_id)
    except (Invalid, Conflict) as problem:
        return _refused(visit_id, problem)
    return _done(visit)


@bp.post("/visits/<uuid:visit_id>/exit/clearance")
@allow(*CLEARS)
@commits
def clear(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T14: no fee is open; the pass comes with it."""
    visit = visit_of(visit_id)
    try:
        pass_id = read_pass_id(request.form)
        actions.clear(visit, pass_id=pass_id, by=who().id, at=captured_at())
    except (Conflict, StillMissing) as problem:
        return _refused(visit_id, problem)
    return _done(visit, moved=True)


@bp.post("/visits/<uuid:visit_id>/exit/farewell")
@allow(*RECEPTION, *CASHIERS)
@commits
def see_off(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The customer was seen off (3.06)."""
    visit = visit_of(visit_id)
    actions.see_off(visit, by=who().id, at=captured_at())
    return _done(visit)
