"""The part of a visit's record for a customer who only asks, or only books."""

import uuid
from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, who
from inspect_app.consultations.actions import TagNotFree, answer_question, see_off
from inspect_app.consultations.forms import read_consultation
from inspect_app.consultations.queries import consultation_of
from inspect_app.errors import Invalid
from inspect_app.orders.queries import order_of
from inspect_app.staff.rules import RECEPTION, VISIT_READERS, Role, sees_contact
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.visits.story import Part, add_part
from inspect_app.web import captured_at, commits, htmx, page_or_fragment, refuse_form, respond

bp = Blueprint("consultations", __name__)
OVERRIDES = (Role.BUSINESS_SUPERVISOR,)
PAGE, FRAGMENT = "consultations/show.html", "consultations/_consultation.html"

add_part(
    Part(
        "consultation", _l("Only a question, or only a booking"), "consultations.show",
        frozenset({"arrived", "consult_only"}), frozenset(VISIT_READERS), 5,
    )
)  # fmt: skip


def _context(visit: Visit) -> dict[str, Any]:
    return {
        "visit": visit,
        "consultation": consultation_of(visit.id),
        "captures": who().may(*RECEPTION),
        "overrides": who().may(*OVERRIDES),
        "contact": sees_contact(who().roles),
    }


@bp.get("/visits/<uuid:visit_id>/consultation")
@allow(*VISIT_READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """What was asked and answered, or the form for it."""
    context = _context(visit_of(visit_id))
    return page_or_fragment(PAGE, FRAGMENT, problems={}, form={}, **context)


@bp.post("/visits/<uuid:visit_id>/consultation")
@allow(*RECEPTION)
@commits
def answer(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T05: answered on the spot."""
    visit, order = visit_of(visit_id), order_of(visit_id)
    try:
        draft = read_consultation(request.form)
    except Invalid as problem:
        return refuse_form(problem, PAGE, FRAGMENT, **_context(visit))
    answer_question(
        visit, order, draft.id, draft.question, draft.answer, draft.contact,
        by=who().id, at=captured_at(),
    )  # fmt: skip
    return _again(visit_id)


@bp.post("/visits/<uuid:visit_id>/consultation/farewell")
@allow(*RECEPTION)
@commits
def leave(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T06: the customer leaves without a pass; a supervisor says why a key stays on its tag."""
    reason = request.form.get("reason", "").strip()[:300] if who().may(*OVERRIDES) else ""
    try:
        see_off(visit_of(visit_id), reason=reason, by=who().id, at=captured_at())
    except TagNotFree as refused:
        return _again(visit_id, status=409, key_held=refused.message)
    return _again(visit_id)


def _again(visit_id: uuid.UUID, status: int = 200, **more: Any) -> ResponseReturnValue:
    context = {**_context(visit_of(visit_id)), "problems": {}, "form": {}, **more}
    if status >= 400:
        return make_response(
            render_template(FRAGMENT if htmx.wants_fragment else PAGE, **context), status
        )
    return respond(FRAGMENT, url_for(".show", visit_id=visit_id), **context)
