"""Work found in addition: reported, priced, asked about, passed on (9.01–9.06; T22–T25)."""

import uuid

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, who
from inspect_app.additions import actions, forms, relaying, rules
from inspect_app.additions.models import Addition
from inspect_app.additions.pages import call_sheet, finding_page, part_page, refused_sheet
from inspect_app.additions.paper import sheet_pdf
from inspect_app.additions.queries import addition_of, additions_of, relay_of, statuses_of
from inspect_app.errors import Conflict, Invalid, NotFound
from inspect_app.staff.rules import RECEPTION, VISIT_READERS
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.web import captured_at, commits, page_or_fragment, refuse_form
from inspect_app.workshop.queries import is_own_job, people_with
from inspect_app.workshop.rules import FINDERS, SUPERVISORS, WORKERS

bp = Blueprint("additions", __name__)
CALLERS = (*RECEPTION, *SUPERVISORS)
"""Those who state price and delay; only reception writes down what the customer said."""


@bp.get("/visits/<uuid:visit_id>/additions")
@allow(*VISIT_READERS)
def index(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The additions' part of the record."""
    return page_or_fragment("additions/part.html", "additions/_part.html", **part_page(visit_id))


def _own_visit(visit_id: uuid.UUID) -> Visit:
    visit = visit_of(visit_id)
    if not is_own_job(visit_id, who().id, who().roles):
        raise NotFound(_l("This car is not a job of your team."))
    return visit


@bp.get("/visits/<uuid:visit_id>/additions/new")
@allow(*FINDERS)
def find(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The workshop found something that is not on the order."""
    return render_template("additions/new.html", **finding_page(_own_visit(visit_id)))


@bp.post("/visits/<uuid:visit_id>/additions")
@allow(*FINDERS)
@commits
def report(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The finding reaches reception at once; nothing of it is begun."""
    visit = _own_visit(visit_id)
    try:
        draft = forms.read_finding(request.form)
    except Invalid as problem:
        page = finding_page(visit, row_id=request.form.get("id", ""))
        page.pop("problems"), page.pop("form")
        return refuse_form(problem, "additions/new.html", "additions/_new.html", **page)
    actions.report(visit, draft, by=who().id, at=captured_at())
    return redirect(url_for("workshop.job", visit_id=visit_id), 303)


@bp.get("/visits/<uuid:visit_id>/additions/next")
@allow(*CALLERS)
def next_one(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The first addition that something is to be done about."""
    visit_of(visit_id)
    waiting = [one for one in additions_of(visit_id) if one.closed_at is None]
    if not waiting:
        return redirect(url_for("additions.index", visit_id=visit_id), 303)
    return _to_sheet(waiting[0])


def _to_sheet(addition: Addition) -> Response:
    page = url_for("additions.show", visit_id=addition.visit_id, addition_id=addition.id)
    return make_response(redirect(page, 303))


@bp.get("/visits/<uuid:visit_id>/additions/<uuid:addition_id>")
@allow(*VISIT_READERS)
def show(visit_id: uuid.UUID, addition_id: uuid.UUID) -> ResponseReturnValue:
    """The call sheet: everything about one addition on one screen."""
    return render_template("additions/show.html", **call_sheet(visit_id, addition_id))


@bp.post("/visits/<uuid:visit_id>/additions/<uuid:addition_id>/statement")
@allow(*CALLERS)
@commits
def state(visit_id: uuid.UUID, addition_id: uuid.UUID) -> ResponseReturnValue:
    """Prices, delay and new time; T22 once all are there."""
    visit, addition = visit_of(visit_id), addition_of(visit_id, addition_id)
    try:
        line_ids = [line.id for line in addition.lines]
        draft = forms.read_statement(request.form, line_ids, currency=g.currency)
        actions.state(visit, addition, draft, by=who().id, at=captured_at())
    except (Invalid, Conflict) as refused:
        return refused_sheet(visit_id, addition_id, refused)
    return _to_sheet(addition)


@bp.post("/visits/<uuid:visit_id>/additions/<uuid:addition_id>/calls")
@allow(*RECEPTION)
@commits
def call(visit_id: uuid.UUID, addition_id: uuid.UUID) -> ResponseReturnValue:
    """Who was called, what was told, what was answered; T25 where nobody was reached."""
    visit, addition = visit_of(visit_id), addition_of(visit_id, addition_id)
    try:
        draft = forms.read_call(request.form, [line.id for line in addition.lines])
        actions.record_call(
            visit, addition, draft, language=visit.customer_locale, by=who().id, at=captured_at()
        )
    except (Invalid, Conflict) as refused:
        return refused_sheet(visit_id, addition_id, refused)
    return _to_sheet(addition)


@bp.post("/visits/<uuid:visit_id>/additions/<uuid:addition_id>/relays")
@allow(*RECEPTION)
@commits
def relay(visit_id: uuid.UUID, addition_id: uuid.UUID) -> ResponseReturnValue:
    """9.03–9.05: a no is told, a yes is handed over as an additional sheet; T23 or T24."""
    visit, addition = visit_of(visit_id), addition_of(visit_id, addition_id)
    try:
        draft = forms.read_relay(request.form)
        takers = {one.id: one for one in people_with(WORKERS)}
        if draft.receiver_id not in takers:
            raise Invalid({"receiver": _l("Say who in the workshop took it.")})
        takes_sheets = draft.receiver_id in {one.id for one in people_with(SUPERVISORS)}
        relaying.relay(
            visit, addition, draft.id, takers[draft.receiver_id],
            may_take_sheets=takes_sheets, by=who().id, at=captured_at(),
        )  # fmt: skip
    except (Invalid, Conflict) as refused:
        return refused_sheet(visit_id, addition_id, refused)
    is_open = bool(set(statuses_of(addition)) - rules.CLOSED)
    record = url_for("visits.show", visit_id=visit_id)
    return _to_sheet(addition) if is_open else redirect(record, 303)


@bp.get("/visits/<uuid:visit_id>/additional-sheets/<uuid:relay_id>.pdf")
@allow(*VISIT_READERS)
def sheet(visit_id: uuid.UUID, relay_id: uuid.UUID) -> ResponseReturnValue:
    """The additional sheet of the order as it was handed over (D11)."""
    row = relay_of(visit_id, relay_id)
    return sheet_pdf(visit_of(visit_id), addition_of(visit_id, row.addition_id), row)
