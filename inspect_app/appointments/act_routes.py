"""What is done with one appointment; each act answers with the appointment as it is then."""

import uuid
from collections.abc import Callable

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from inspect_app.access import allow, who
from inspect_app.appointments import actions, parts
from inspect_app.appointments.contacts import reminded, reminder_times, tell_supervisor
from inspect_app.appointments.forms import (
    read_deposit,
    read_end,
    read_part,
    read_reason,
    read_reminder,
    read_time,
    read_told,
)
from inspect_app.appointments.page import CASHIERS, PLANNERS, show_page, time_fields
from inspect_app.appointments.queries import (
    appointment_of,
    deposit_of,
    open_appointment_of,
    parts_of,
)
from inspect_app.appointments.routes import bp
from inspect_app.contact_log.actions import log_contact, send_message
from inspect_app.contact_log.models import ContactLog
from inspect_app.contact_log.rules import WRITTEN
from inspect_app.db import db, now
from inspect_app.errors import Conflict, Invalid
from inspect_app.i18n import zone
from inspect_app.orders.queries import order_of
from inspect_app.payments.actions import Money
from inspect_app.sites.hours import opening_hours
from inspect_app.sites.queries import bays, site_rules, this_site
from inspect_app.staff.rules import RECEPTION, Role
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import bays_in_use, visit_of
from inspect_app.web import captured_at, commits, page_or_fragment, refuse_form, respond

REBOOK, REBOOK_FORM = "appointments/rebook.html", "appointments/_rebook.html"


def _do(visit_id: uuid.UUID, act: Callable[[Visit], object]) -> Response:
    """The act, then the appointment anew; what was refused comes back as it was typed."""
    visit = visit_of(visit_id)
    appointment_of(visit_id)
    try:
        act(visit)
    except Invalid as problem:
        db.session.rollback()  # what was begun is undone before the page is read again
        context = show_page(appointment_of(visit_id), order_of(visit_id), now())
        del context["problems"], context["form"]
        page, fragment = "appointments/show.html", "appointments/_appointment.html"
        return refuse_form(problem, page, fragment, **context)
    db.session.flush()
    db.session.expire_all()
    context = show_page(appointment_of(visit_id), order_of(visit_id), now())
    page_url = url_for(".show", visit_id=visit_id)
    return respond("appointments/changed.swap.html", page_url, **context)


@bp.post("/visits/<uuid:visit_id>/appointment/booking")
@allow(*RECEPTION, *CASHIERS)
@commits
def confirm(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T01 for a time that was only held: the deposit is there, or was waived."""

    def act(visit: Visit) -> None:
        if visit.state == "booked":
            return
        if actions.confirm(visit, by=who().id, at=captured_at()):
            raise Conflict(actions.NOT_YET)

    return _do(visit_id, act)


@bp.post("/visits/<uuid:visit_id>/appointment/moves")
@allow(*RECEPTION)
@commits
def move(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Another time."""

    def act(visit: Visit) -> None:
        new_id, time = read_time(request.form, now=captured_at())
        actions.move(visit, new_id, time, by=who().id, at=captured_at())

    return _do(visit_id, act)


@bp.post("/visits/<uuid:visit_id>/appointment/end")
@allow(*RECEPTION)
@commits
def end(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T03: cancelled or not come."""

    def act(visit: Visit) -> None:
        draft = read_end(request.form)
        actions.call_off(
            visit, draft.outcome, reason=draft.reason, deposit=draft.deposit,
            by=who().id, at=captured_at(),
        )  # fmt: skip

    return _do(visit_id, act)


@bp.post("/visits/<uuid:visit_id>/appointment/arrival")
@allow(*RECEPTION)
@commits
def arrive(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T04 in one tap: the car stands in the first free bay; on to its order."""
    visit, used = visit_of(visit_id), bays_in_use()
    bay = next((one.name for one in bays() if one.name not in used), "")
    actions.come(visit, bay, by=who().id, at=captured_at())
    return redirect(url_for("orders.show", visit_id=visit_id), 303)


@bp.post("/visits/<uuid:visit_id>/appointment/supervisor-told")
@allow(*RECEPTION)
@commits
def tell(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The workshop supervisor knows, and keeps the bay free (16.05)."""

    def act(visit: Visit) -> None:
        row_id, name = read_told(request.form)
        tell_supervisor(visit, row_id, name, by=who().id, at=captured_at())

    return _do(visit_id, act)


@bp.post("/visits/<uuid:visit_id>/appointment/reminders")
@allow(*RECEPTION)
@commits
def remind(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The customer was called, or is written to now (16.06, T02)."""
    return _do(visit_id, _remind)


def _remind(visit: Visit) -> None:
    draft, at, by = read_reminder(request.form), captured_at(), who().id
    appointment = open_appointment_of(visit.id)
    if appointment is None:
        raise Conflict(actions.OVER)
    if db.session.get(ContactLog, draft.id) is not None:
        return
    times = reminder_times(appointment, site_rules(), opening_hours())
    planned_at = times.due_at if times else None
    if draft.channel in WRITTEN:
        contact = send_message(
            this_site(), visit.id, key=draft.id, kind="reminder", channel=draft.channel,
            to=draft.number, text=draft.text, by=by, at=at, planned_at=planned_at,
        )  # fmt: skip
    else:
        contact = log_contact(
            visit.id, kind="reminder", channel=draft.channel, result=draft.result,
            row_id=draft.id, number=draft.number, by=by, at=at, planned_at=planned_at,
        )  # fmt: skip
    reminded(visit_of(visit.id), contact, times, by=by)


@bp.post("/visits/<uuid:visit_id>/parts-to-prepare")
@allow(*PLANNERS)
@commits
def save_part(visit_id: uuid.UUID) -> ResponseReturnValue:
    """A part that must be there when the car comes."""

    def act(visit: Visit) -> None:
        today = captured_at().astimezone(zone()).date()
        draft = read_part(request.form, currency=g.currency, today=today)
        parts.save_part(
            visit, draft.id, draft.name, draft.price_amount, draft.state, draft.expected_on,
            by=who().id, at=captured_at(),
        )  # fmt: skip

    return _do(visit_id, act)


@bp.post("/visits/<uuid:visit_id>/parts-to-prepare/<uuid:part_id>/removal")
@allow(*PLANNERS)
@commits
def remove_part(visit_id: uuid.UUID, part_id: uuid.UUID) -> ResponseReturnValue:
    """The part is not needed."""
    return _do(
        visit_id, lambda visit: parts.remove_part(visit, part_id, by=who().id, at=captured_at())
    )


@bp.post("/visits/<uuid:visit_id>/deposits")
@allow(*CASHIERS)
@commits
def take_deposit(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Money in advance, with a receipt (16.03)."""

    def act(visit: Visit) -> None:
        most = deposit_of(visit.id, parts_of(visit.id)).most
        draft = read_deposit(request.form, currency=g.currency, most=most)
        money = Money(draft.id, "deposit", draft.method, draft.amount)
        parts.take_deposit(visit, money, by=who().id, at=captured_at())

    return _do(visit_id, act)


@bp.post("/visits/<uuid:visit_id>/deposit-waiver")
@allow(Role.BUSINESS_SUPERVISOR)
@commits
def waive_deposit(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The supervisor lets the deposit go, with a reason."""

    def act(visit: Visit) -> None:
        row_id, reason = read_reason(request.form)
        parts.waive_deposit(visit, row_id, reason, by=who().id, at=captured_at())

    return _do(visit_id, act)


@bp.get("/visits/<uuid:visit_id>/appointment/new")
@allow(*RECEPTION)
def rebook(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The form for a customer who is here and only wants to book (1.08)."""
    return page_or_fragment(REBOOK, REBOOK_FORM, problems={}, **_rebook_page(visit_of(visit_id)))


@bp.post("/visits/<uuid:visit_id>/appointment")
@allow(*RECEPTION)
@commits
def add_for_visit(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T07: the car leaves again and comes at the agreed time."""
    visit = visit_of(visit_id)
    try:
        new_id, time = read_time(request.form, now=captured_at())
        actions.rebook(visit, new_id, time, by=who().id, at=captured_at())
    except Invalid as problem:
        db.session.rollback()
        return refuse_form(problem, REBOOK, REBOOK_FORM, **_rebook_page(visit_of(visit_id)))
    return redirect(url_for(".show", visit_id=visit_id), 303)


def _rebook_page(visit: Visit) -> dict[str, object]:
    return {"visit": visit, "fresh": uuid.uuid4, **time_fields(request.form.to_dict(), now())}
