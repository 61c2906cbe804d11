"""The gate: scan, look, let through. A phone in the guard's hand (D14, T15, T37)."""

import uuid
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.db import db, now
from inspect_app.door import SCANNER_POLICY
from inspect_app.errors import NotFound
from inspect_app.gate_passes import actions, gate, queries
from inspect_app.gate_passes.actions import NotThroughTheGate
from inspect_app.gate_passes.forms import read_check_id, read_code
from inspect_app.gate_passes.gate import Shown
from inspect_app.gate_passes.routes import bp
from inspect_app.photos.queries import face_of_car
from inspect_app.photos.sending import picture_answer
from inspect_app.staff.rules import Role
from inspect_app.web import commits, htmx

KEEPERS = (Role.GATE_GUARD, Role.BUSINESS_SUPERVISOR)
"""The guard, and the supervisor who stands in for the guard."""


def _page(**card: Any) -> Response:
    """The gate with a card on it, or with none. On this page the decoder may run."""
    out = queries.cars_on_a_trip()
    page = render_template("gate_passes/gate.html", out=out, **{"now": now(), **card})
    answer = make_response(page)
    answer.headers["Content-Security-Policy"] = SCANNER_POLICY
    return answer


def _card(card: dict[str, Any], status: int = 200) -> Response:
    if not htmx.wants_fragment:
        page = _page(**card)
        page.status_code = status
        return page
    answer = make_response(render_template("gate_passes/_verdict.html", **card), status)
    answer.headers["Vary"] = "HX-Request"
    return answer


@bp.get("/gate")
@allow(*KEEPERS)
def gate_page() -> ResponseReturnValue:
    """Scan a pass; below, the cars that are out and come back. `code` is kept ready to be looked
    up, as after a scan with the phone's own camera; `check` shows an earlier look again."""
    check = gate.check_of(_id(request.args.get("check", "")))
    if check is None:
        return _page(typed=read_code(request.args))
    shown = Shown(check.verdict)
    if check.pass_id is not None:
        shown = gate.told(queries.pass_of(check.pass_id), now())
    return _page(**gate.card_of(shown, now(), check))


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@bp.post("/gate/checks")
@allow(*KEEPERS)
@commits
def look() -> ResponseReturnValue:
    """A code was scanned or typed: the verdict, and who was shown it when."""
    row_id, moment = read_check_id(request.form), now()
    shown = gate.find(read_code(request.form), moment)
    check = actions.look(
        shown.found, shown.code, row_id=row_id, by=who().id, at=moment, tablet_id=who().tablet_id
    )
    if not htmx.wants_fragment:
        return redirect(url_for("gate_passes.gate_page", check=check.id), 303)
    return _card(gate.card_of(shown, moment, check))


@bp.post("/gate/passes/<uuid:pass_id>/exit")
@allow(*KEEPERS)
@commits
def let_out(pass_id: uuid.UUID) -> ResponseReturnValue:
    """The car leaves; of two gates that tap in the same second one lets it out."""
    return _through(pass_id, "out")


@bp.post("/gate/passes/<uuid:pass_id>/return")
@allow(*KEEPERS)
@commits
def let_in(pass_id: uuid.UUID) -> ResponseReturnValue:
    """The car of a trip is back."""
    return _through(pass_id, "back")


def _through(pass_id: uuid.UUID, going: str) -> Response:
    moment = now()
    try:
        found = actions.let_through(pass_id, going=going, by=who().id, at=moment)
    except NotThroughTheGate as refused:
        db.session.rollback()
        db.session.expire_all()
        shown = gate.told(queries.pass_of(pass_id), moment)
        return _card(gate.card_of(shown, moment, refused=True), refused.status)
    shown = gate.told(queries.pass_of(found.id), moment)
    return _card(gate.card_of(shown, moment, done=going))


@bp.post("/gate/passes/<uuid:pass_id>/mismatch")
@allow(*KEEPERS)
@commits
def other_plate(pass_id: uuid.UUID) -> ResponseReturnValue:
    """Another car stands here than the pass is for: it stays, and reception is told why."""
    found, moment = queries.pass_of(pass_id), now()
    actions.report_plate(found, by=who().id, at=moment, tablet_id=who().tablet_id)
    return _card(gate.card_of(Shown("WRONG_PLATE", found), moment))


@bp.get("/gate/passes/<uuid:pass_id>/photo")
@allow(*KEEPERS)
def face(pass_id: uuid.UUID) -> ResponseReturnValue:
    """The car's face in list size; the guard sees no other photo of the visit."""
    photo = face_of_car(queries.pass_of(pass_id).visit_id)
    if photo is None:
        raise NotFound
    return picture_answer(photo, "list")
