"""Papers of a visit; they share the page of the belongings."""

import uuid

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app import catalogues
from inspect_app.access import allow, who
from inspect_app.errors import Invalid, NotFound
from inspect_app.papers import actions, queries
from inspect_app.papers.forms import read_in_order, read_paper
from inspect_app.papers.phrases import ABSENT, AGREED, FAULTY, in_both
from inspect_app.staff.rules import RECEPTION, VISIT_READERS
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_for_capture, visit_of
from inspect_app.web import captured_at, commits, page_or_fragment, refuse_form, respond

bp = Blueprint("papers", __name__)


def _sheet(visit: Visit, code: str) -> dict[str, object]:
    """What the sheet of one paper shows."""
    if not catalogues.is_code("vehicle_documents", code):
        raise NotFound
    return {
        "visit": visit,
        "code": code,
        "paper": queries.paper_of(visit.id, code),
        "received": request.args.get("received", "yes"),
        "absent_phrases": in_both(ABSENT, visit.customer_locale),
        "faulty_phrases": in_both(FAULTY, visit.customer_locale),
        "agreed_phrases": in_both(AGREED, visit.customer_locale),
    }


def _saved(visit: Visit) -> Response:
    return respond(
        "papers/paper_saved.swap.html",
        url_for("belongings.things", visit_id=visit.id),
        visit=visit,
        papers=queries.papers_page(visit),
    )


@bp.get("/visits/<uuid:visit_id>/papers/<code>")
@allow(*VISIT_READERS)
def show(visit_id: uuid.UUID, code: str) -> ResponseReturnValue:
    """One paper, as a sheet or as a page of its own."""
    sheet = _sheet(visit_of(visit_id), code)
    return page_or_fragment("papers/show.html", "papers/_sheet.html", **sheet)


@bp.post("/visits/<uuid:visit_id>/papers")
@allow(*RECEPTION)
@commits
def add_paper(visit_id: uuid.UUID) -> ResponseReturnValue:
    """What was found on one paper (6.03)."""
    visit = visit_for_capture(visit_id)
    asked, on = queries.asked_in(visit.id), queries.taken_in_on(visit)
    try:
        draft = read_paper(request.form, on=on, asked=asked)
    except Invalid as problem:
        return _refused(problem, visit)
    actions.save_paper(visit, draft, by=who().id, at=captured_at())
    return _saved(visit)


def _refused(problem: Invalid, visit: Visit) -> Response:
    """The sheet again, with what was typed."""
    if "code" in problem.problems or "id" in problem.problems:
        raise problem
    sheet = _sheet(visit, request.form.get("code", ""))
    answer = refuse_form(problem, "papers/show.html", "papers/_sheet.html", **sheet)
    answer.headers.update({"HX-Retarget": "#sheet", "HX-Reswap": "innerHTML"})
    return answer


@bp.post("/visits/<uuid:visit_id>/papers/in-order")
@allow(*RECEPTION)
@commits
def add_papers_in_order(visit_id: uuid.UUID) -> ResponseReturnValue:
    """All asked papers that nobody examined yet were received and are in order."""
    visit = visit_for_capture(visit_id)
    actions.save_in_order(
        visit,
        queries.asked_in(visit.id),
        form_id=read_in_order(request.form),
        by=who().id,
        at=captured_at(),
    )
    return _saved(visit)
