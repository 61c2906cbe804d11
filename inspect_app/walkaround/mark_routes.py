"""Marks of damage: new ones, and those known from earlier visits."""

import uuid
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.errors import Invalid
from inspect_app.staff.rules import RECEPTION
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_for_capture
from inspect_app.walkaround import actions
from inspect_app.walkaround import bp as bp
from inspect_app.walkaround.forms import read_choice
from inspect_app.walkaround.mark_drafts import read_mark, read_new_place
from inspect_app.walkaround.models import Mark
from inspect_app.walkaround.offered import mark_form_words
from inspect_app.walkaround.queries import Walk, mark_of, station_of_mark, walk_of
from inspect_app.walkaround.routes import station_here, swapped
from inspect_app.web import captured_at, commits, htmx, page_or_fragment, refuse_form


def marks_swapped(visit_id: uuid.UUID, offer: Mark | None, said: str) -> Response:
    """The list of marks again, with an offer to undo (`said` names what happened)."""
    station = station_here() or (station_of_mark(offer) if offer else "")
    return swapped("walkaround/marks.swap.html", visit_id, station, offer=offer, said=said)


def _form(visit_id: uuid.UUID, mark: Mark | None) -> dict[str, Any]:
    """What the form of a mark shows."""
    walk: Walk = walk_of(visit_id, station_of_mark(mark) if mark else station_here())
    view = mark.view if mark else request.values.get("view") or walk.view
    shown = "inside" if view == "inside" else "outside"
    return {"walk": walk, "mark": mark, "view": shown, **mark_form_words()}


@bp.get("/visits/<uuid:visit_id>/marks/new")
@allow(*RECEPTION)
def new_mark(visit_id: uuid.UUID) -> ResponseReturnValue:
    """A mark without the drawing: the part of the car is chosen from a list."""
    visit_for_capture(visit_id)
    return page_or_fragment(
        "walkaround/mark.html", "walkaround/mark_sheet.html", **_form(visit_id, None)
    )


@bp.get("/visits/<uuid:visit_id>/marks/<uuid:mark_id>")
@allow(*RECEPTION)
def edit_mark(visit_id: uuid.UUID, mark_id: uuid.UUID) -> ResponseReturnValue:
    """A mark with all that can be said of it, its photos and its removal."""
    mark = mark_of(visit_id, mark_id)
    return page_or_fragment(
        "walkaround/mark.html", "walkaround/mark_sheet.html", **_form(visit_id, mark)
    )


def _save(visit: Visit, mark: Mark | None) -> ResponseReturnValue:
    """Adds or changes a mark; a plain form that can't be taken comes back as it was typed."""
    try:
        draft = read_mark(request.form, visit.vehicle.body_type, mark)
    except Invalid as problem:
        if htmx.wants_fragment:
            raise
        return refuse_form(
            problem, "walkaround/mark.html", "errors/_problem.html", **_form(visit.id, mark)
        )
    saved = actions.save_mark(visit, draft, by=who().id, at=captured_at())
    return marks_swapped(visit.id, saved, "changed" if mark else "added")


@bp.post("/visits/<uuid:visit_id>/marks")
@allow(*RECEPTION)
@commits
def add_mark(visit_id: uuid.UUID) -> ResponseReturnValue:
    """A new mark under the next number."""
    return _save(visit_for_capture(visit_id), None)


@bp.post("/visits/<uuid:visit_id>/marks/<uuid:mark_id>")
@allow(*RECEPTION)
@commits
def change_mark(visit_id: uuid.UUID, mark_id: uuid.UUID) -> ResponseReturnValue:
    """Another kind, size, severity, zone or remark."""
    visit = visit_for_capture(visit_id)
    return _save(visit, mark_of(visit_id, mark_id))


@bp.post("/visits/<uuid:visit_id>/marks/<uuid:mark_id>/place")
@allow(*RECEPTION)
@commits
def move_mark(visit_id: uuid.UUID, mark_id: uuid.UUID) -> ResponseReturnValue:
    """The mark was dragged to another place."""
    visit, mark = visit_for_capture(visit_id), mark_of(visit_id, mark_id)
    zone, x, y = read_new_place(request.form, visit.vehicle.body_type)
    actions.move_mark(visit, mark, zone, x, y, by=who().id, at=captured_at())
    return marks_swapped(visit_id, mark, "moved")


@bp.post("/visits/<uuid:visit_id>/marks/<uuid:mark_id>/removal")
@allow(*RECEPTION)
@commits
def remove_mark(visit_id: uuid.UUID, mark_id: uuid.UUID) -> ResponseReturnValue:
    """Takes the mark away, with eight seconds to take that back."""
    visit, mark = visit_for_capture(visit_id), mark_of(visit_id, mark_id)
    actions.remove_mark(visit, mark, by=who().id, at=captured_at())
    return marks_swapped(visit_id, mark, "removed")


@bp.post("/visits/<uuid:visit_id>/marks/<uuid:mark_id>/return")
@allow(*RECEPTION)
@commits
def return_mark(visit_id: uuid.UUID, mark_id: uuid.UUID) -> ResponseReturnValue:
    """Takes the removal back."""
    visit, mark = visit_for_capture(visit_id), mark_of(visit_id, mark_id)
    actions.return_mark(visit, mark, by=who().id, at=captured_at())
    return marks_swapped(visit_id, None, "")


@bp.post("/visits/<uuid:visit_id>/known-marks")
@allow(*RECEPTION)
@commits
def confirm_known_marks(visit_id: uuid.UUID) -> ResponseReturnValue:
    """*All still there.*"""
    visit = visit_for_capture(visit_id)
    actions.confirm_known_marks(visit, by=who().id, at=captured_at())
    return marks_swapped(visit_id, None, "")


@bp.post("/visits/<uuid:visit_id>/known-marks/<uuid:mark_id>")
@allow(*RECEPTION)
@commits
def answer_known_mark(visit_id: uuid.UUID, mark_id: uuid.UUID) -> ResponseReturnValue:
    """One known mark: still there, or gone now."""
    visit = visit_for_capture(visit_id)
    still_there = read_choice(request.form, "still_there", ("yes", "no")) == "yes"
    actions.answer_known_mark(visit, mark_id, still_there, by=who().id, at=captured_at())
    return marks_swapped(visit_id, None, "")
