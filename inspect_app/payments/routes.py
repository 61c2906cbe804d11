"""The cashier: fees, money in and out, receipts (3.05, D15)."""

import uuid
from urllib.parse import urlsplit

from flask import Blueprint, Response, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, who
from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid, NotFound, Refused, Words
from inspect_app.orders.models import Order
from inspect_app.payments import actions, queries, rules
from inspect_app.payments.forms import read_fee, read_money, read_reason, read_row_id
from inspect_app.payments.models import Fee
from inspect_app.payments.page import APPROVES, CASHIERS, READERS, money_page
from inspect_app.payments.receipts import receipt_of
from inspect_app.sheets.slips import slip_pdf
from inspect_app.staff.approvals import approved_by
from inspect_app.staff.rules import RECEPTION
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.visits.rules import CAPTURE_STATES, TRANSITIONS
from inspect_app.visits.story import Part, add_part
from inspect_app.web import captured_at, commits, htmx, lead_on, page_or_fragment, respond

bp = Blueprint("payments", __name__)

_EARLY = {"booked", "cancelled", "no_show", *CAPTURE_STATES, "checked_in"}
"""Until here fees and payments are reached through the exit's part; a record asks for few parts."""
_STATES = frozenset(target for line in TRANSITIONS for target in line.targets) - _EARLY

add_part(Part("money", _l("Money"), "payments.show", _STATES, frozenset(READERS), place=70))


def _done(visit: Visit) -> Response:
    """The part anew; where the page around it goes on with what was paid, that page anew."""
    page = url_for("payments.show", visit_id=visit.id)
    answer = respond("payments/_money.html", page, **money_page(visit))
    here = urlsplit(request.headers.get("HX-Current-URL", "")).path
    return lead_on(answer, here) if here.startswith(f"/visits/{visit.id}/") else answer


def _refused(visit: Visit, problem: Refused) -> Response:
    """The cashier's part again, with what was typed and why not."""
    problems: dict[str, Words] = (
        problem.problems if isinstance(problem, Invalid) else {"form": problem.message}
    )
    if "id" in problems:
        raise problem
    db.session.rollback()
    page = money_page(visit_of(visit.id), form=request.form, problems=problems)
    template = "payments/_money.html" if htmx.wants_fragment else "payments/show.html"
    answer = make_response(render_template(template, **page), problem.status)
    answer.headers["Vary"] = "HX-Request"
    return answer


@bp.get("/visits/<uuid:visit_id>/money")
@allow(*READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Fees and payments of a visit: a page, or a part of its story."""
    page = money_page(visit_of(visit_id))
    return page_or_fragment("payments/show.html", "payments/_story.html", **page)


@bp.post("/visits/<uuid:visit_id>/fees")
@allow(*RECEPTION)
@commits
def tell_fee(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The customer was told what is to be paid if no repair follows (P6)."""
    visit = visit_of(visit_id)
    try:
        draft = read_fee(request.form, currency=g.currency)
        at = captured_at()
        actions.tell_fee(visit, draft.kind, draft.amount, by=who().id, at=at, row_id=draft.id)
    except (Invalid, Conflict) as problem:
        return _refused(visit, problem)
    return _done(visit)


@bp.post("/visits/<uuid:visit_id>/fees/<uuid:fee_id>/waiver")
@allow(*CASHIERS, APPROVES)
@commits
def waive_fee(visit_id: uuid.UUID, fee_id: uuid.UUID) -> ResponseReturnValue:
    """The supervisor lets a fee go, with a reason."""
    visit = visit_of(visit_id)
    fee = db.session.get(Fee, fee_id)
    if fee is None or fee.visit_id != visit_id:
        raise NotFound
    try:
        reason = read_reason(request.form)
        approver = approved_by(request.form, who(), APPROVES)
        actions.waive_fee(fee, reason, approved_by=approver, by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _refused(visit, problem)
    return _done(visit)


@bp.post("/visits/<uuid:visit_id>/payments")
@allow(*CASHIERS)
@commits
def take(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Money comes in; the answer shows its receipt."""
    visit = visit_of(visit_id)
    try:
        taken = read_money(request.form, currency=g.currency)
        owed = _owed(visit_id, taken.purpose)
        actions.take(visit, taken, by=who().id, at=captured_at(), owed=owed)
    except (Invalid, Conflict) as problem:
        return _refused(visit, problem)
    return _done(visit)


def _owed(visit_id: uuid.UUID, purpose: str) -> int:
    states = queries.fee_states(visit_id)
    return sum(state.due_amount for fee, state in states if rules.purpose_of(fee.kind) == purpose)


@bp.post("/visits/<uuid:visit_id>/refunds")
@allow(*CASHIERS, APPROVES)
@commits
def refund(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Money goes back, once the supervisor approves."""
    visit = visit_of(visit_id)
    try:
        given, reason = read_money(request.form, currency=g.currency), read_reason(request.form)
        approver = approved_by(request.form, who(), APPROVES)
        actions.refund(visit, given, reason, approved_by=approver, by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _refused(visit, problem)
    return _done(visit)


@bp.post("/visits/<uuid:visit_id>/payments/<uuid:payment_id>/reversal")
@allow(*CASHIERS, APPROVES)
@commits
def reverse(visit_id: uuid.UUID, payment_id: uuid.UUID) -> ResponseReturnValue:
    """A row booked by mistake is taken back by a row of its own."""
    visit = visit_of(visit_id)
    queries.payment_of(visit_id, payment_id)
    try:
        row_id, reason = read_row_id(request.form), read_reason(request.form)
        approver = approved_by(request.form, who(), APPROVES)
        actions.reverse(
            visit_id, payment_id, reason, row_id=row_id, approved_by=approver, by=who().id,
            at=captured_at(),
        )  # fmt: skip
    except (Invalid, Conflict) as problem:
        return _refused(visit, problem)
    return _done(visit)


@bp.get("/visits/<uuid:visit_id>/payments/<uuid:payment_id>/receipt.pdf")
@allow(*READERS)
def receipt(visit_id: uuid.UUID, payment_id: uuid.UUID) -> ResponseReturnValue:
    """The receipt on 80 mm, in the customer's language."""
    visit, row = visit_of(visit_id), queries.payment_of(visit_id, payment_id)
    back = queries.payment_of(visit_id, row.reverses_id) if row.reverses_id else None
    number = db.session.scalars(db.select(Order.number).where(Order.visit_id == visit_id)).one()
    slip, made_at = receipt_of(visit, row, number, back.number if back else ""), row.recorded_at
    db.session.rollback()  # no transaction waits while type is set
    answer = Response(slip_pdf(slip, made_at), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="receipt-{slip.number}.pdf"'
    return answer
