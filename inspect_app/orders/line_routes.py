"""The lines of an order: words and price in the list, everything else on a sheet of their own."""

import uuid
from typing import Any

from flask import g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from inspect_app.access import allow, who
from inspect_app.db import db
from inspect_app.errors import Invalid, Stale, Words
from inspect_app.ids import read_id
from inspect_app.orders import line_actions
from inspect_app.orders.line_forms import read_details, read_line, read_part
from inspect_app.orders.models import Order, OrderLine
from inspect_app.orders.page import languages_of, line_part, line_values, lines_part
from inspect_app.orders.pricing import tax_of
from inspect_app.orders.queries import main_lines, order_for_capture, order_of, parts_of_line
from inspect_app.orders.routes import bp, order_page
from inspect_app.price_list.queries import found
from inspect_app.sites.queries import site_rules
from inspect_app.staff.rules import RECEPTION, VISIT_READERS
from inspect_app.visits.queries import visit_of
from inspect_app.visits.rules import ORDER_STATES
from inspect_app.web import captured_at, commits, htmx, in_place_of, page_or_fragment, respond


@bp.post("/visits/<uuid:visit_id>/order/lines")
@allow(*RECEPTION)
@commits
def save_line(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Adds a line or changes one; a price left empty says "not yet known"."""
    visit, order = order_for_capture(visit_id)
    try:
        draft = read_line(request.form, currency=g.currency, languages=languages_of(visit))
        line = line_actions.save_line(
            order, draft.id, draft.values, version=draft.version, by=who().id, at=captured_at()
        )
    except (Invalid, Stale) as refused:
        problems = _said(refused, "description")
        if "id" in problems:
            raise  # no line of the page goes by it
        return _line_again(order, problems, refused.status)
    fragment = "orders/lines.swap.html" if "new" in request.form else "orders/line_saved.swap.html"
    return respond(fragment, _lines_url(visit_id), line=line, **_lines(order))


def _lines(order: Order) -> dict[str, Any]:
    return lines_part(order, *main_lines(order), tax_of(site_rules()))


def _lines_url(visit_id: uuid.UUID) -> str:
    return url_for("orders.show", visit_id=visit_id, _anchor="lines")


def _said(refused: Invalid | Stale, field: str) -> dict[str, Words]:
    """Why not, by field; what a colleague changed is said at this one."""
    return refused.problems if isinstance(refused, Invalid) else {field: refused.message}


def _line_again(order: Order, problems: dict[str, Words], status: int = 422) -> Response:
    """What was typed, and why it was not kept; saving it again replaces the line as it is now."""
    db.session.rollback()
    typed = {name: request.form.get(name, "") for name in ("id", "description", "price")}
    known = _known_line(order, typed["id"]) if status == 409 else None
    context = {
        "line_typed": typed,
        "line_problems": problems,
        "line_version": known.version if known else None,
    }
    if not htmx.wants_fragment:
        return make_response(order_page(order.visit_id, **context), status)
    part = "orders/_new_line.html" if request.form.get("new") else "orders/_line_problem.html"
    page = render_template(part, order=order, **context)
    element_id = "new-line" if request.form.get("new") else f"line-{typed['id']}-state"
    response = make_response(page, status)
    response.headers.update(in_place_of(element_id))
    return response


def _known_line(order: Order, line_id: str) -> OrderLine:
    return line_actions.line_of(order, uuid.UUID(line_id))


@bp.post("/visits/<uuid:visit_id>/order/lines/<uuid:line_id>/removal")
@allow(*RECEPTION)
@commits
def remove_line(visit_id: uuid.UUID, line_id: uuid.UUID) -> ResponseReturnValue:
    """Takes a line out; the answer offers to bring it back."""
    return _move_line(visit_id, line_id, is_removed=True)


@bp.post("/visits/<uuid:visit_id>/order/lines/<uuid:line_id>/restoration")
@allow(*RECEPTION)
@commits
def restore_line(visit_id: uuid.UUID, line_id: uuid.UUID) -> ResponseReturnValue:
    """Brings a removed line back."""
    return _move_line(visit_id, line_id, is_removed=False)


def _move_line(visit_id: uuid.UUID, line_id: uuid.UUID, *, is_removed: bool) -> Response:
    _visit, order = order_for_capture(visit_id)
    line = line_actions.line_of(order, line_id)
    move = line_actions.remove_line if is_removed else line_actions.restore_line
    move(order, line, by=who().id, at=captured_at())
    return respond(
        "orders/lines.swap.html",
        _lines_url(visit_id),
        removed=line if is_removed else None,
        **_lines(order),
    )


def _line_page(
    order: Order, line: OrderLine, status: int = 200, **more: Any
) -> ResponseReturnValue:
    """The details of a line, as a sheet or as a page of their own."""
    visit = visit_of(order.visit_id)
    answer = page_or_fragment(
        "orders/line.html",
        "orders/_line_sheet.html",
        visit=visit,
        may_edit=who().may(*RECEPTION) and visit.state in ORDER_STATES,
        **line_part(order, line, parts_of_line(line.id), **more),
    )
    answer.status_code = status
    return answer


@bp.get("/visits/<uuid:visit_id>/order/lines/<uuid:order_line_id>")
@allow(*VISIT_READERS)
def show_line(visit_id: uuid.UUID, order_line_id: uuid.UUID) -> ResponseReturnValue:
    """How a line is priced, and its parts."""
    order = order_of(visit_id)
    return _line_page(order, line_actions.line_of(order, order_line_id))


@bp.post("/visits/<uuid:visit_id>/order/lines/<uuid:order_line_id>/details")
@allow(*RECEPTION)
@commits
def save_details(visit_id: uuid.UUID, order_line_id: uuid.UUID) -> ResponseReturnValue:
    """Keeps how a line is priced. What can't be kept comes back as it was typed."""
    _visit, order = order_for_capture(visit_id)
    line = line_actions.line_of(order, order_line_id)
    try:
        draft = read_details(request.form, currency=g.currency)
        line_actions.save_line(
            order, line.id, draft.values, version=draft.version, by=who().id, at=captured_at()
        )
    except (Invalid, Stale) as refused:
        return _details_again(order, line, refused)
    return respond("orders/details_saved.swap.html", _lines_url(visit_id), **_lines(order))


def _details_again(order: Order, line: OrderLine, refused: Invalid | Stale) -> ResponseReturnValue:
    db.session.rollback()
    typed = request.form.to_dict() | {"systems": request.form.getlist("system")}
    problems = _said(refused, "version")
    values = line_values(line) | typed
    return _in_sheet(_line_page(order, line, refused.status, v=values, problems=problems))


def _in_sheet(answer: ResponseReturnValue) -> ResponseReturnValue:
    response = make_response(answer)
    response.headers.update({"HX-Retarget": "#sheet", "HX-Reswap": "innerHTML"})
    return response


@bp.post("/visits/<uuid:visit_id>/order/lines/<uuid:order_line_id>/parts")
@allow(*RECEPTION)
@commits
def save_part(visit_id: uuid.UUID, order_line_id: uuid.UUID) -> ResponseReturnValue:
    """Adds a part or changes one, typed or picked from the price list."""
    visit, order = order_for_capture(visit_id)
    line = line_actions.line_of(order, order_line_id)
    try:
        draft = read_part(request.form, currency=g.currency, languages=languages_of(visit))
        line_actions.save_part(
            order, line, draft.id, draft.values, version=draft.version, by=who().id,
            at=captured_at(),
        )  # fmt: skip
    except (Invalid, Stale) as refused:
        db.session.rollback()
        typed = request.form.to_dict()
        problems = _said(refused, "version")
        return _in_sheet(
            _line_page(order, line, refused.status, part_typed=typed, part_problems=problems)
        )
    return _parts_saved(order, line)


def _parts_saved(order: Order, line: OrderLine) -> Response:
    context = line_part(order, line, parts_of_line(line.id)) | _lines(order)
    page_url = url_for(".show_line", visit_id=order.visit_id, order_line_id=line.id)
    return respond("orders/part_saved.swap.html", page_url, **context)


@bp.post("/visits/<uuid:visit_id>/order/lines/<uuid:order_line_id>/parts/<uuid:part_id>/removal")
@allow(*RECEPTION)
@commits
def remove_part(
    visit_id: uuid.UUID, order_line_id: uuid.UUID, part_id: uuid.UUID
) -> ResponseReturnValue:
    """Takes a part out of its line."""
    _visit, order = order_for_capture(visit_id)
    line = line_actions.line_of(order, order_line_id)
    line_actions.remove_part(order, line, part_id, by=who().id, at=captured_at())
    return _parts_saved(order, line)


@bp.get("/visits/<uuid:visit_id>/order/price-items")
@allow(*RECEPTION)
def find_price(visit_id: uuid.UUID) -> ResponseReturnValue:
    """What the price list has by what is typed; for a part, those of the line `line`."""
    order = order_of(visit_id)
    line_id = read_id(request.args, "line") if request.args.get("line") else None
    kind = "part" if line_id else "work"
    text = request.args.get("name" if line_id else "description", "")
    url = (
        url_for(".save_part", visit_id=visit_id, order_line_id=line_id)
        if line_id
        else url_for(".save_line", visit_id=visit_id)
    )
    return render_template(
        "orders/_found.html",
        kind=kind,
        found=found(text, kind),
        url=url,
        visit_id=order.visit_id,
    )
