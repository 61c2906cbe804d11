"""The repair order of a visit: its page, and its head part by part (3.01–3.03, D1)."""

import uuid
from typing import Any

from flask import Blueprint, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from inspect_app.access import allow, who
from inspect_app.additions.queries import declined_before
from inspect_app.db import now
from inspect_app.errors import Invalid, Stale, Words
from inspect_app.late_entries.rules import ARRIVES_LATE
from inspect_app.orders import actions
from inspect_app.orders.forms import PARTS, read_head
from inspect_app.orders.models import Order
from inspect_app.orders.page import (
    head_part,
    head_values,
    lines_part,
    missing_codes,
    promise_part,
)
from inspect_app.orders.queries import main_lines, order_for_capture
from inspect_app.orders.showing import standing_of
from inspect_app.promises.actions import keep_promise
from inspect_app.sheets.rules import READERS as SHEET_READERS
from inspect_app.staff.rules import RECEPTION, VISIT_READERS
from inspect_app.visits.file import VisitFile, file_of
from inspect_app.visits.progress import progress_of
from inspect_app.visits.rules import ORDER_STATES, may_capture
from inspect_app.visits.steps import step_states
from inspect_app.web import captured_at, commits, htmx, in_place_of, respond

bp = Blueprint("orders", __name__)


def order_page(visit_id: uuid.UUID, **more: object) -> str:
    """The whole page; `more` is what was typed and refused."""
    file = file_of(visit_id)
    context = head_part(file.order) | promise_part(file.order, now())
    context |= lines_part(file.order, file.main_lines, file.parts, file.tax)
    context |= _shown_part(file)
    context |= {
        "visit": file.visit,
        "declined": declined_before(file.visit.vehicle_id, file.visit.id)
        if file.visit.returning_customer
        else [],
        "states": step_states(progress_of(file).missing),
    }
    return render_template("orders/show.html", **(context | more))


def _shown_part(file: VisitFile) -> dict[str, Any]:
    """What the customer was shown and signed, and who may go on from there."""
    return {
        "standing": standing_of(file),
        "may_edit": who().may(*RECEPTION) and file.visit.state in ORDER_STATES,
        "may_show": who().may(*RECEPTION) and may_capture(file.visit.state),
        "prints": who().may(*SHEET_READERS),
        "is_korean": file.rules.is_korean,
    }


@bp.get("/visits/<uuid:visit_id>/order/shown")
@allow(*VISIT_READERS)
def shown(visit_id: uuid.UUID) -> ResponseReturnValue:
    """What the customer was shown and told, read again after a change."""
    file = file_of(visit_id)
    missing = missing_codes(file.order, file.main_lines, file.parts)
    part = render_template(
        "orders/_shown.html", order=file.order, missing=missing, **_shown_part(file)
    )
    return part if htmx.wants_fragment else order_page(visit_id)


@bp.get("/visits/<uuid:visit_id>/order")
@allow(*VISIT_READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The order's page."""
    return order_page(visit_id)


@bp.post("/visits/<uuid:visit_id>/order")
@allow(*RECEPTION)
@commits
def save(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps one part of the head. What can't be kept comes back as it was typed."""
    visit, order = order_for_capture(visit_id)
    try:
        draft = read_head(request.form, currency=g.currency, at=captured_at())
        actions.save_head(
            order,
            draft.values,
            version=draft.version,
            by=who().id,
            at=captured_at(),
            late=now() - captured_at() > ARRIVES_LATE,
        )
    except Invalid as refused:
        return _part_again(order, refused.problems, 422)
    except Stale as refused:
        return _part_again(order, {"version": refused.message}, 409)
    context = head_part(order, part=draft.part)
    if draft.part == "promise":
        keep_promise(visit, order, by=who().id, at=captured_at())
        context |= promise_part(order, now())
    if draft.part in ("start", "promise"):
        context["missing"] = missing_codes(order, *main_lines(order))
    return respond("orders/head_saved.swap.html", url_for(".show", visit_id=visit_id), **context)


def _part_again(order: Order, problems: dict[str, Words], status: int) -> Response:
    part = request.form.get("part", "")
    if part not in PARTS:
        raise Invalid(problems)
    typed = {name: request.form.get(name, "") for name in PARTS[part]}
    values = head_values(order, typed)
    if not htmx.wants_fragment:
        return make_response(order_page(order.visit_id, v=values, problems=problems), status)
    context = head_part(order, v=values, problems=problems) | promise_part(order, now())
    response = make_response(render_template(f"orders/_{part}.html", **context), status)
    response.headers.update(in_place_of(f"order-{part}"))
    return response
