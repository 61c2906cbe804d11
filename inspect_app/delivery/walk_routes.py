"""At the car: looking it over, marking what is new, counting, the key (12.05)."""

import uuid

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.db import now
from inspect_app.delivery import actions, bp, rules
from inspect_app.delivery.forms import read_return
from inspect_app.delivery.page import shown, walk_words
from inspect_app.delivery.queries import delivery_file
from inspect_app.errors import Invalid
from inspect_app.ids import read_id
from inspect_app.visits.queries import visit_of
from inspect_app.walkaround.mark_drafts import read_mark
from inspect_app.walkaround.queries import mark_of
from inspect_app.web import captured_at, commits, htmx, page_or_fragment, refuse_form, respond


def _swapped(visit_id: uuid.UUID, template: str = "delivery/walk.swap.html") -> Response:
    """The parts of the walk that an act changes, read again."""
    file = delivery_file(visit_of(visit_id))
    page = url_for("delivery.show", visit_id=visit_id)
    return respond(template, page, **shown(file), **walk_words(file))


@bp.post("/visits/<uuid:visit_id>/delivery/outside")
@allow(*rules.DELIVERERS)
@commits
def look_over(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The outside was looked over together."""
    actions.look_over(visit_of(visit_id), by=who().id, at=captured_at())
    return _swapped(visit_id)


@bp.get("/visits/<uuid:visit_id>/delivery/marks/new")
@allow(*rules.DELIVERERS)
def new_mark(visit_id: uuid.UUID) -> ResponseReturnValue:
    """A new mark without the drawing: the part of the car is chosen from a list."""
    file = delivery_file(visit_of(visit_id))
    return page_or_fragment(
        "delivery/mark.html", "delivery/mark_sheet.html", **shown(file), **walk_words(file)
    )


@bp.post("/visits/<uuid:visit_id>/delivery/marks")
@allow(*rules.DELIVERERS)
@commits
def add_mark(visit_id: uuid.UUID) -> ResponseReturnValue:
    """A mark that was not there at the arrival."""
    visit = visit_of(visit_id)
    try:
        draft = read_mark(request.form, visit.vehicle.body_type)
    except Invalid as problem:
        if htmx.wants_fragment:
            raise
        file = delivery_file(visit)
        return refuse_form(
            problem, "delivery/mark.html", "errors/_problem.html", **shown(file), **walk_words(file)
        )
    actions.add_mark(visit, draft, by=who().id, at=captured_at())
    return _swapped(visit_id, "delivery/marks.swap.html")


@bp.post("/visits/<uuid:visit_id>/delivery/marks/<uuid:mark_id>/removal")
@allow(*rules.DELIVERERS)
@commits
def remove_mark(visit_id: uuid.UUID, mark_id: uuid.UUID) -> ResponseReturnValue:
    """It was no new mark after all."""
    mark = mark_of(visit_id, mark_id)
    actions.remove_mark(visit_of(visit_id), mark, by=who().id, at=captured_at())
    return _swapped(visit_id, "delivery/marks.swap.html")


@bp.post("/visits/<uuid:visit_id>/delivery/everything-back")
@allow(*rules.DELIVERERS)
@commits
def give_all_back(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Everything was there: the usual, in one tap."""
    actions.give_all_back(visit_of(visit_id), by=who().id, at=captured_at(), now=now())
    return _swapped(visit_id)


@bp.post("/visits/<uuid:visit_id>/delivery/returns")
@allow(*rules.DELIVERERS)
@commits
def give_one_back(visit_id: uuid.UUID) -> ResponseReturnValue:
    """One line of the count, with its difference."""
    actions.give_one_back(
        visit_of(visit_id), read_return(request.form), by=who().id, at=captured_at(), now=now(),
        tablet_id=who().tablet_id,
    )  # fmt: skip
    return _swapped(visit_id)


@bp.post("/visits/<uuid:visit_id>/delivery/key")
@allow(*rules.DELIVERERS)
@commits
def give_key(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The customer has the key."""
    actions.give_key(
        visit_of(visit_id), read_id(request.form), by=who().id, at=captured_at(), now=now(),
        tablet_id=who().tablet_id,
    )  # fmt: skip
    return _swapped(visit_id)
