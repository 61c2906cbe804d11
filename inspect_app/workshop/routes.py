"""The workshop's list, and a car's way in: team, wash, receipt (8.01–8.06; T19–T21)."""

import uuid

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.db import db, now
from inspect_app.errors import Conflict, Invalid, TooMany
from inspect_app.sites.queries import site_rules
from inspect_app.staff.rules import RECEPTION, VISIT_READERS
from inspect_app.web import captured_at, commits, page_or_fragment, respond
from inspect_app.workshop import actions, forms, rules
from inspect_app.workshop.pages import (
    again,
    board_page,
    file_for_act,
    own_file,
    part_page,
    receipt_page,
    signer_of,
    washes_page,
    way_page,
)

bp = Blueprint("workshop", __name__)
WAY, RECEIPT = "workshop/way.html", "workshop/receipt.html"


@bp.get("/workshop")
@allow(*rules.JOB_READERS)
def board() -> ResponseReturnValue:
    """The jobs: a team's own, or all of them."""
    return page_or_fragment("workshop/board.html", "workshop/_board.html", **board_page())


@bp.get("/visits/<uuid:visit_id>/workshop")
@allow(*VISIT_READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The workshop's part of the record."""
    page = part_page(own_file(visit_id))
    return page_or_fragment("workshop/part.html", "workshop/_part.html", **page)


@bp.get("/visits/<uuid:visit_id>/way-to-workshop")
@allow(*RECEPTION)
def way(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The order is completed, a team set, and the car goes to the wash or straight in."""
    file = own_file(visit_id)
    if file.visit.state not in rules.ON_THE_WAY:
        return redirect(url_for("visits.show", visit_id=visit_id), 303)
    return render_template(WAY, **way_page(file))


@bp.post("/visits/<uuid:visit_id>/way-to-workshop")
@allow(*RECEPTION)
@commits
def set_way(visit_id: uuid.UUID) -> ResponseReturnValue:
    """8.01–8.04: the order is complete; T19 where the car is washed first."""
    try:
        draft = forms.read_way(request.form)
        by, at = who().id, captured_at()
        file = file_for_act(visit_id)
        actions.complete_order(file.visit, draft.job_id, draft.team_id, by=by, at=at)
        if draft.is_washed and file.visit.state == "checked_in":
            actions.order_wash(file_for_act(visit_id), draft.wash_id, by=by, at=at)
    except (Invalid, Conflict) as refused:
        return again(WAY, way_page, visit_id, refused)
    page = "visits.show" if draft.is_washed else "workshop.receipt"
    return redirect(url_for(page, visit_id=visit_id), 303)


@bp.post("/visits/<uuid:visit_id>/teams")
@allow(*rules.SUPERVISORS)
@commits
def set_teams(visit_id: uuid.UUID) -> ResponseReturnValue:
    """8.03: the supervisor or dispatcher sets the teams of a car."""
    wanted = forms.read_teams(request.form)
    actions.assign_teams(file_for_act(visit_id), wanted, by=who().id, at=captured_at())
    return respond("workshop/_board.html", url_for("workshop.board"), **board_page())


@bp.get("/washes")
@allow(*rules.WASHERS)
def washes() -> ResponseReturnValue:
    """What is to be washed, and what waits to be given back."""
    return page_or_fragment("workshop/washes.html", "workshop/_washes.html", **washes_page())


def _washed() -> Response:
    return respond("workshop/_washes.html", url_for("workshop.washes"), **washes_page())


@bp.post("/visits/<uuid:visit_id>/washes/<uuid:wash_id>/beginning")
@allow(*rules.WASHERS)
@commits
def begin_wash(visit_id: uuid.UUID, wash_id: uuid.UUID) -> ResponseReturnValue:
    """The washer has the car."""
    wash = actions.wash_of(visit_id, wash_id)
    actions.begin_wash(wash, by=who().id, at=captured_at())
    return _washed()


@bp.post("/visits/<uuid:visit_id>/washes/<uuid:wash_id>/end")
@allow(*rules.WASHERS)
@commits
def end_wash(visit_id: uuid.UUID, wash_id: uuid.UUID) -> ResponseReturnValue:
    """Washed, or not and why."""
    reason = forms.read_wash_end(request.form)
    wash = actions.wash_of(visit_id, wash_id)
    actions.end_wash(wash, not_washed_reason=reason, by=who().id, at=captured_at())
    return _washed()


@bp.post("/visits/<uuid:visit_id>/washes/<uuid:wash_id>/return")
@allow(*rules.WASHERS)
@commits
def return_from_wash(visit_id: uuid.UUID, wash_id: uuid.UUID) -> ResponseReturnValue:
    """8.06: the car is given back at once."""
    wash = actions.wash_of(visit_id, wash_id)
    to_id = forms.read_return_to(request.form, wash.by_id)
    actions.return_from_wash(wash, to_id, by=who().id, at=captured_at())
    return _washed()


@bp.get("/visits/<uuid:visit_id>/workshop-receipt")
@allow(*RECEPTION, *rules.SUPERVISORS)
def receipt(visit_id: uuid.UUID) -> ResponseReturnValue:
    """S3: the workshop takes the car over."""
    file = own_file(visit_id)
    if file.visit.state not in rules.ON_THE_WAY:
        return redirect(url_for("visits.show", visit_id=visit_id), 303)
    return render_template(RECEIPT, **receipt_page(file))


@bp.post("/visits/<uuid:visit_id>/workshop-receipt")
@allow(*RECEPTION, *rules.SUPERVISORS)
def add_receipt(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T20 or T21, signed by the receiver. A wrong PIN is counted for good, so this commits itself:
    first the PIN, then the act, whole or not at all."""
    g.writes = True
    db.session.rollback()
    own_file(visit_id)
    try:
        signed, draft = forms.read_receipt(request.form, now=now())
        receiver = signer_of(signed, rules.SUPERVISORS)
        actions.receive_car(
            file_for_act(visit_id), draft,
            receiver=receiver, tolerance_minutes=site_rules().receipt_minutes,
            tablet_id=who().tablet_id, by=who().id, at=now(),
        )  # fmt: skip
    except (Invalid, TooMany, Conflict) as refused:
        return again(RECEIPT, receipt_page, visit_id, refused)
    db.session.commit()
    return make_response(redirect(url_for("visits.show", visit_id=visit_id), 303))
