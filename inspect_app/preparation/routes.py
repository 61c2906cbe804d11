"""The last going-over of a finished car, and the slips of the departments."""

import uuid
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, who
from inspect_app.approvals.queries import approvals_of
from inspect_app.approvals.rules import DECIDERS
from inspect_app.errors import Conflict, Forbidden, Invalid, Refused, Words
from inspect_app.preparation import actions, queries
from inspect_app.preparation.forms import read_count_back, read_form_id, read_slip, read_step
from inspect_app.preparation.rules import (
    COLLECTORS,
    LABOUR,
    PARTS,
    PREPARERS,
    STEPS,
    hands_in,
    missing_for_ready,
)
from inspect_app.staff.approvals import approvers
from inspect_app.staff.places import Place, add_place
from inspect_app.staff.rules import VISIT_READERS, Role
from inspect_app.visits.due import DueRow, add_source
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.visits.story import Act, Part, add_act, add_part
from inspect_app.web import captured_at, commits, page_or_fragment, refuse_act, respond

bp = Blueprint("preparation", __name__)
DEPARTMENTS = tuple(dict.fromkeys((*LABOUR, *PARTS)))
SLIP_WAITS = timedelta(minutes=10)
"""N12: a slip is asked for at once when the car comes out of the workshop."""
STORY = frozenset({"preparing_delivery", "ready_notified", "settling", "settled"})


def _page(visit: Visit, **more: Any) -> dict[str, Any]:
    made = queries.preparation_of(visit)
    return {
        "visit": visit,
        "made": made,
        "step_codes": STEPS,
        "missing": missing_for_ready(made.facts),
        "edits": who().may(*PREPARERS) and visit.state == "preparing_delivery",
        "collects": who().may(*COLLECTORS),
        "request_open": next(
            (one for one in approvals_of(visit.id) if one.kind == "items_differ" and one.is_open),
            None,
        ),
        "decides": who().may(*DECIDERS),
        "approvers": approvers(*DECIDERS),
        "problems": {},
        "form": {},
        **more,
    }


@bp.get("/visits/<uuid:visit_id>/preparation")
@allow(*VISIT_READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """What is done and what is missing until the customer can be told."""
    page = _page(visit_of(visit_id))
    return page_or_fragment("preparation/show.html", "preparation/_preparation.html", **page)


@bp.get("/visits/<uuid:visit_id>/preparation/story")
@allow(*VISIT_READERS)
def story(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The preparation as a part of the record."""
    return render_template("preparation/_story.html", **_page(visit_of(visit_id)))


def _done(visit: Visit) -> Response:
    page = url_for("preparation.show", visit_id=visit.id)
    return respond("preparation/_preparation.html", page, **_page(visit))


def _refused(visit_id: uuid.UUID, problem: Refused) -> Response:
    def fill(**more: Any) -> dict[str, Any]:
        return _page(visit_of(visit_id), **more)

    return refuse_act(problem, "preparation/show.html", "preparation/_preparation.html", fill)


@bp.post("/visits/<uuid:visit_id>/preparation/steps")
@allow(*PREPARERS)
@commits
def tick(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Cleaned, or looked over; a tick may be taken back."""
    visit = visit_of(visit_id)
    try:
        row_id, step, done = read_step(request.form)
        actions.tick_step(visit, step, done=done, row_id=row_id, by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _refused(visit_id, problem)
    return _done(visit)


@bp.post("/visits/<uuid:visit_id>/preparation/things")
@allow(*PREPARERS)
@commits
def count(visit_id: uuid.UUID) -> ResponseReturnValue:
    """One thing of the list counted, and put back in the car."""
    visit = visit_of(visit_id)
    try:
        draft = read_count_back(request.form)
        actions.count_back(visit, draft, by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _refused(visit_id, problem)
    return _done(visit)


@bp.post("/visits/<uuid:visit_id>/preparation/things/all")
@allow(*PREPARERS)
@commits
def count_all(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Everything on the list is there and back in the car."""
    visit = visit_of(visit_id)
    try:
        form_id = read_form_id(request.form)
        actions.count_all_back(visit, form_id=form_id, by=who().id, at=captured_at())
    except Conflict as problem:
        return _refused(visit_id, problem)
    return _done(visit)


@bp.get("/slips")
@allow(*DEPARTMENTS)
def slips() -> ResponseReturnValue:
    """The cars that await a slip of this person's department."""
    return page_or_fragment("preparation/slips.html", "preparation/_slips.html", **_slips())


def _slips(**more: Any) -> dict[str, Any]:
    rows = queries.awaiting_slips(hands_in(who().roles))
    return {"rows": rows, "problems": {}, "form": {}, **more}


@bp.post("/visits/<uuid:visit_id>/slips")
@allow(*DEPARTMENTS)
@commits
def hand_in(visit_id: uuid.UUID) -> ResponseReturnValue:
    """A department's slip comes in (11.02)."""
    visit, kinds = visit_of(visit_id), hands_in(who().roles)
    if request.form.get("kind") in ("labour", "parts") and request.form["kind"] not in kinds:
        raise Forbidden
    try:
        draft = read_slip(request.form, kinds)
        actions.hand_in_slip(visit, draft, by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _slip_refused(visit_id, problem)
    if request.form.get("from") == "preparation" and who().may(*COLLECTORS):
        return _done(visit)
    return respond("preparation/_slips.html", url_for("preparation.slips"), **_slips())


def _slip_refused(visit_id: uuid.UUID, problem: Refused) -> Response:
    if request.form.get("from") == "preparation" and who().may(*COLLECTORS):
        return _refused(visit_id, problem)
    fill = partial(_slips, wrong_id=visit_id)
    return refuse_act(problem, "preparation/slips.html", "preparation/_slips.html", fill)


def _due_slips(kind: str, words: Words) -> Any:
    def source(_now: datetime) -> list[DueRow]:
        return [
            DueRow(
                visit.state_since + SLIP_WAITS, f"slip_{kind}", visit.id, visit.vehicle,
                words=words, url=url_for("preparation.slips"),
            )
            for visit, _order, _kinds in queries.awaiting_slips((kind,))
            if visit.state != "in_workshop"
        ]  # fmt: skip

    return source


_SLIPS = ("preparation.slips", _l("Slips"), "paper")
add_place(Place("slips", *_SLIPS, frozenset({Role.PARTS})))
add_place(Place("labour-slips", *_SLIPS, frozenset(DEPARTMENTS) - {Role.PARTS}, aside=True))
add_source(
    "labour-slips",
    _due_slips("labour", _l("Hand in the labour slip")),
    frozenset(LABOUR) - {*COLLECTORS},
)
add_source(
    "parts-slips", _due_slips("parts", _l("Hand in the parts slip")), frozenset({Role.PARTS})
)
add_part(
    Part(
        "preparation", _l("Preparation"), "preparation.story", STORY, frozenset(VISIT_READERS),
        place=50,
    )
)  # fmt: skip
add_act(
    Act(
        _l("Prepare for delivery"), "preparation.show", frozenset({"preparing_delivery"}),
        frozenset(PREPARERS), place=10,
    )
)  # fmt: skip
