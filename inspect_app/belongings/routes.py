"""Papers and things on one screen; counting, valuables, the storage box."""

import uuid
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.belongings import actions, boxes, queries
from inspect_app.belongings.forms import read_belonging, read_box, read_count, read_row_id
from inspect_app.belongings.models import Belonging
from inspect_app.catalogues import name_of
from inspect_app.errors import Conflict, Invalid, NotFound
from inspect_app.papers.queries import papers_page, photos_by_subject
from inspect_app.staff.rules import RECEPTION, VISIT_READERS
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_for_capture, visit_of
from inspect_app.visits.rules import may_capture
from inspect_app.visits.steps import steps_of
from inspect_app.web import captured_at, commits, page_or_fragment, refuse_form, respond

bp = Blueprint("belongings", __name__)


def _page(visit: Visit) -> dict[str, Any]:
    """The things' pane; the papers' pane is the papers' own."""
    return {
        "visit": visit,
        "may_edit": may_capture(visit.state),
        "things": queries.things_page(visit, photos_by_subject(visit.id)),
        "customer_notice": name_of("disclosures", "P8", visit.customer_locale),
    }


def _whole_page(visit: Visit) -> dict[str, Any]:
    page = _page(visit)
    papers = papers_page(visit, page["things"].photos)
    return {**page, "papers": papers, "steps": steps_of(visit.id)}


def _url(visit: Visit) -> str:
    return url_for("belongings.things", visit_id=visit.id)


@bp.get("/visits/<uuid:visit_id>/things")
@allow(*VISIT_READERS)
def things(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Papers, tools and belongings, valuables and the box."""
    return render_template("belongings/things.html", **_whole_page(visit_of(visit_id)))


@bp.post("/visits/<uuid:visit_id>/belongings")
@allow(*RECEPTION)
@commits
def add_belonging(visit_id: uuid.UUID) -> ResponseReturnValue:
    """One line counted, changed or (quantity 0) taken off."""
    visit = visit_for_capture(visit_id)
    try:
        draft = read_belonging(request.form)
    except Invalid as problem:
        return _refused(problem, visit)
    line = actions.save_belonging(visit, draft, by=who().id, at=captured_at())
    return _counted(visit, draft.code, line)


def _counted(visit: Visit, code: str, line: Belonging | None) -> Response:
    """The list anew. A tile that was tapped keeps its own figure, which may be ahead by now."""
    page, tapped = _page(visit), "tapped" in request.form
    return respond(
        "belongings/belonging_saved.swap.html",
        _url(visit),
        removed=line if line is not None and line.removed_at else None,
        tapped=tapped,
        changed_tile=None if tapped else page["things"].tile_of(code),
        **page,
    )


def _refused(problem: Invalid, visit: Visit) -> Response:
    """What was typed in the sheet or for a thing of one's own stays where it was typed."""
    line = None
    if request.form.get("code") != "other_item" and "remark" not in request.form:
        raise problem
    if "id" not in problem.problems:
        line = queries.line_of(visit.id, read_row_id(request.form))
    fragment = "belongings/_sheet.html"
    answer = refuse_form(problem, "belongings/show.html", fragment, visit=visit, line=line)
    answer.headers.update({"HX-Retarget": "#sheet", "HX-Reswap": "innerHTML"})
    return answer


@bp.get("/visits/<uuid:visit_id>/belongings/<uuid:line_id>")
@allow(*VISIT_READERS)
def show(visit_id: uuid.UUID, line_id: uuid.UUID) -> ResponseReturnValue:
    """One line with all that may be said of it, as a sheet or as a page of its own."""
    visit, line = visit_of(visit_id), queries.line_of(visit_id, line_id)
    if line is None:
        raise NotFound
    return page_or_fragment(
        "belongings/show.html", "belongings/_sheet.html", visit=visit, line=line
    )


@bp.post("/visits/<uuid:visit_id>/belongings/from-last-visit")
@allow(*RECEPTION)
@commits
def add_from_last_visit(visit_id: uuid.UUID) -> ResponseReturnValue:
    """As last time: what was on the list of the last visit and is not on it now."""
    visit = visit_for_capture(visit_id)
    actions.save_as_last_time(
        visit,
        queries.lines_of_last_time(visit),
        form_id=read_row_id(request.form),
        by=who().id,
        at=captured_at(),
    )
    return respond("belongings/_things.html", _url(visit), **_page(visit))


@bp.post("/visits/<uuid:visit_id>/belongings/count")
@allow(*RECEPTION)
@commits
def add_count(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Valuables, the notice P8, and that nothing was left."""
    visit = visit_for_capture(visit_id)
    try:
        actions.save_count(visit, read_count(request.form), by=who().id, at=captured_at())
    except Invalid as problem:
        page = "belongings/things.html"
        return refuse_form(problem, page, "belongings/_count.html", **_whole_page(visit))
    return respond("belongings/_count.html", _url(visit), **_page(visit))


@bp.post("/visits/<uuid:visit_id>/box")
@allow(*RECEPTION)
@commits
def add_box(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The things lie in this box, sealed by who is signed in."""
    visit = visit_for_capture(visit_id)
    try:
        row_id, number = read_box(request.form)
        boxes.seal_box(visit, number, row_id=row_id, by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _box_refused(problem, visit)
    return respond("belongings/_box.html", _url(visit), **_page(visit))


def _box_refused(problem: Invalid | Conflict, visit: Visit) -> Response:
    """The box's form again: the reason beside the number."""
    said = problem if isinstance(problem, Invalid) else Invalid({"box": problem.message})
    page = _whole_page(visit)
    answer = refuse_form(said, "belongings/things.html", "belongings/_box.html", **page)
    answer.status_code = problem.status
    return answer


@bp.post("/visits/<uuid:visit_id>/box/opening")
@allow(*RECEPTION)
@commits
def add_box_opening(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The box is opened, also after the check-in: who and when, and it is free again."""
    visit = visit_of(visit_id)
    boxes.open_box(visit, by=who().id, at=captured_at())
    return respond("belongings/_box.html", _url(visit), **_page(visit))
