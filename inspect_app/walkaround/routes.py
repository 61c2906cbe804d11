"""The walk-around page, station by station."""

import uuid
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.catalogues import codes
from inspect_app.errors import NotFound
from inspect_app.photos.models import Photo
from inspect_app.photos.queries import photo_of
from inspect_app.sites.queries import site_rules
from inspect_app.staff.rules import RECEPTION, VISIT_READERS
from inspect_app.visits.queries import visit_for_capture
from inspect_app.visits.steps import steps_of
from inspect_app.walkaround import actions, bp, stations
from inspect_app.walkaround.forms import read_check, read_choice, read_conditions
from inspect_app.walkaround.offered import mark_form_words, zone_names
from inspect_app.walkaround.queries import conditions_of, walk_of
from inspect_app.walkaround.rules import CATALOGUE_OF, station_of
from inspect_app.web import captured_at, commits, lead_on, page_or_fragment, respond


def page_of(visit_id: uuid.UUID, station: str = "") -> str:
    """The address of the page, at a station."""
    return url_for("walkaround.show", visit_id=visit_id, station=station or None)


def station_here() -> str:
    """The station at which the page stood when it sent this."""
    found = request.values.get("station", "")
    return found if found in codes("stations") else ""


def swapped(template: str, visit_id: uuid.UUID, station: str = "", **more: Any) -> Response:
    """The parts of the page that a write changed, read again."""
    walk = walk_of(visit_id, station)
    return respond(template, page_of(visit_id, walk.station.code), walk=walk, **more)


@bp.get("/visits/<uuid:visit_id>/walkaround")
@allow(*VISIT_READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The whole page; for htmx the station that was asked for, with its ring and its acts."""
    walk = walk_of(visit_id, request.args.get("station", ""))
    return page_or_fragment(
        "walkaround/show.html", "walkaround/station.swap.html", walk=walk,
        steps=steps_of(visit_id), removed=_removed_photo(visit_id),
        names=zone_names(), body_types=codes("body_types"),
        original_photos=site_rules().original_photos, **mark_form_words(),
    )  # fmt: skip


def _removed_photo(visit_id: uuid.UUID) -> Photo | None:
    """The photo that was just taken out of this visit, to be taken back."""
    try:
        photo = photo_of(uuid.UUID(request.args.get("removed", "")))
    except (ValueError, NotFound):
        return None
    return photo if photo.removed_at and photo.visit_id == visit_id else None


@bp.post("/visits/<uuid:visit_id>/stations/<station>")
@allow(*RECEPTION)
@commits
def close_station(visit_id: uuid.UUID, station: str) -> ResponseReturnValue:
    """*All normal here*, or *not looked at*; goes on to the next station, or to the papers."""
    visit = visit_for_capture(visit_id)
    if station not in codes("stations"):
        raise NotFound
    result = read_choice(request.form, "result", ("normal", "not_checked"))
    stations.close_station(visit, station, result, by=who().id, at=captured_at())
    walk = walk_of(visit_id, station)
    answer = swapped("walkaround/station.swap.html", visit_id, walk.next_code or station)
    on = walk.next_code is None and result == "normal"
    return lead_on(answer, url_for("belongings.things", visit_id=visit_id)) if on else answer


@bp.post("/visits/<uuid:visit_id>/checks")
@allow(*RECEPTION)
@commits
def answer_check(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The answer to one line: an exception, its remark, or normal after all."""
    visit, draft = visit_for_capture(visit_id), read_check(request.form)
    row = stations.answer_check(
        visit, draft.id, draft.kind, draft.code, draft.result, draft.remark,
        by=who().id, at=captured_at(),
    )  # fmt: skip
    station = station_of(row.list_name, row.code)
    return swapped("walkaround/lines.swap.html", visit_id, station, kind=row.list_name)


@bp.get("/visits/<uuid:visit_id>/checks/<kind>/<code>")
@allow(*RECEPTION)
def edit_check(visit_id: uuid.UUID, kind: str, code: str) -> ResponseReturnValue:
    """One line alone, with every answer it can have."""
    if kind not in CATALOGUE_OF or kind == "zone" or code not in codes(CATALOGUE_OF[kind]):
        raise NotFound
    walk = walk_of(visit_id, station_of(kind, code))
    found = [line for _, lines in walk.groups() for line in lines if line.code == code]
    if not found:
        raise NotFound  # this car has no such thing
    return render_template("walkaround/line.html", walk=walk, line=found[0])


@bp.post("/visits/<uuid:visit_id>/conditions")
@allow(*RECEPTION)
@commits
def note_conditions(visit_id: uuid.UUID) -> ResponseReturnValue:
    """How clean the body is, and the light."""
    visit, said = visit_for_capture(visit_id), read_conditions(request.form)
    actions.note_conditions(visit, said, by=who().id, at=captured_at())
    page = page_of(visit_id, station_here())
    return respond(
        "walkaround/_conditions.html",
        page,
        visit=visit,
        walkaround=conditions_of(visit_id),
        is_first=True,
    )


@bp.post("/visits/<uuid:visit_id>/body-type")
@allow(*RECEPTION)
@commits
def change_body_type(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Another drawing for this car."""
    visit = visit_for_capture(visit_id)
    body_type = read_choice(request.form, "body_type", codes("body_types"))
    actions.change_body_type(visit, body_type, by=who().id, at=captured_at())
    return swapped("walkaround/station.swap.html", visit_id, station_here())
