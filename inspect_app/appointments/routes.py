"""The book: a day or a week of it, the reservation form, one appointment."""

import uuid
from datetime import timedelta

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from inspect_app.access import allow, who
from inspect_app.amounts import typed_amount
from inspect_app.appointments.book import day_book, week_book
from inspect_app.appointments.bookings import book
from inspect_app.appointments.due import due_appointments
from inspect_app.appointments.forms import BookingDraft, read_booking
from inspect_app.appointments.models import Appointment
from inspect_app.appointments.page import (
    calendar_text,
    car_part,
    new_page,
    read_day,
    show_page,
    time_fields,
    typed_start,
)
from inspect_app.appointments.queries import appointment_of
from inspect_app.appointments.statistics import day_sheet
from inspect_app.db import db, now
from inspect_app.errors import Invalid
from inspect_app.i18n import locale
from inspect_app.orders.queries import order_of
from inspect_app.staff.rules import RECEPTION, VISIT_READERS, Role, sees_contact, sees_prices
from inspect_app.visits.actions import ArrivalDraft
from inspect_app.visits.due import add_source
from inspect_app.visits.story import Act, add_act
from inspect_app.web import captured_at, commits, page_or_fragment, refuse_form

bp = Blueprint("appointments", __name__)
bp.add_app_template_filter(typed_amount)
BOOK_READERS = (*VISIT_READERS, Role.PARTS)
"""Those who plan: reception, workshop, cashier, and the parts department for what it must get."""

add_act(
    Act(_l("Appointment"), "appointments.show", frozenset({"booked", "cancelled", "no_show"}),
        frozenset(VISIT_READERS))
)  # fmt: skip
add_source("appointments", due_appointments, frozenset(RECEPTION))


@bp.get("/appointments")
@allow(*VISIT_READERS)
def index() -> ResponseReturnValue:
    """A day by bay, or the week around it."""
    at = now()
    on = read_day(request.args.get("day", ""), at)
    is_week = request.args.get("view") == "week"
    return page_or_fragment(
        "appointments/index.html",
        "appointments/_book.html",
        on=on,
        today=read_day("", at),
        before=on - timedelta(days=7 if is_week else 1),
        after=on + timedelta(days=7 if is_week else 1),
        week=week_book(on, at) if is_week else None,
        day=None if is_week else day_book(on, at),
        now=at,
        books=who().may(*RECEPTION),
        contact=sees_contact(who().roles),
        prices=sees_prices(who().roles),
    )


@bp.get("/appointments/new")
@allow(*RECEPTION)
def new() -> ResponseReturnValue:
    """The reservation form; a tapped place of the book has filled in time and bay."""
    typed = {name: request.args.get(name, "")[:60] for name in ("plate", "bay", "minutes")}
    typed = {name: value for name, value in typed.items() if value}
    if start := typed_start(request.args.get("at", "")[:40]):
        typed["starts_at"] = start
    return render_template("appointments/new.html", **new_page(typed, {}, now()))


@bp.get("/appointments/lookup")
@allow(*RECEPTION)
def look_up() -> ResponseReturnValue:
    """The card of the car with this plate; nothing (204) while a new car's is filled in already."""
    part = car_part(request.args.get("plate", "")[:24], {})
    if part["card"] == request.args.get("card") == "new":
        return "", 204
    return render_template("appointments/_car.html", problems={}, **part)


@bp.get("/appointments/times")
@allow(*RECEPTION)
def times() -> ResponseReturnValue:
    """The next free times for a duration."""
    typed = {name: request.args.get(name, "")[:40] for name in ("minutes", "team")}
    fields = time_fields({name: value for name, value in typed.items() if value}, now())
    return render_template("appointments/_proposals.html", **fields)


@bp.post("/appointments")
@allow(*RECEPTION)
@commits
def add() -> ResponseReturnValue:
    """T01: books a car, or holds its time until the deposit is there."""
    try:
        draft = read_booking(request.form, now=captured_at(), locale=locale(), currency=g.currency)
        appointment = _book(draft)
    except Invalid as problem:
        return _again(problem)
    return redirect(url_for(".show", visit_id=appointment.visit_id), 303)


def _book(draft: BookingDraft) -> Appointment:
    arrival = ArrivalDraft(
        draft.visit_id, draft.order_id, "diagnosis" if draft.diagnosis_first else "repair", "",
        draft.customer.locale or locale(), "owner", greeted=False,
    )  # fmt: skip
    return book(
        draft.appointment_id, arrival, draft.vehicle, draft.customer, draft.time,
        known_customer_id=draft.known_customer_id, work=draft.work,
        diagnosis_first=draft.diagnosis_first, words=draft.words, proposed_by=draft.proposed_by,
        odometer=draft.odometer,
        part=draft.part, by=who().id, at=captured_at(),
    )  # fmt: skip


def _again(problem: Invalid) -> Response:
    """The form again with what was typed. What was begun of the booking is undone with it."""
    db.session.rollback()
    page = new_page({**request.form.to_dict(), "usual": ""}, problem.problems, now())
    del page["problems"]
    page["chosen"] = request.form.getlist("usual")
    return refuse_form(problem, "appointments/new.html", "appointments/_form.html", **page)


@bp.get("/visits/<uuid:visit_id>/appointment")
@allow(*BOOK_READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """One appointment (D7) with what hangs on it."""
    appointment = appointment_of(visit_id)
    context = show_page(appointment, order_of(visit_id), now())
    return page_or_fragment("appointments/show.html", "appointments/_appointment.html", **context)


@bp.get("/appointments/statistics")
@allow(*VISIT_READERS)
def statistics() -> ResponseReturnValue:
    """The reservation statistics sheet (D8) of a day, to print."""
    at = now()
    on = read_day(request.args.get("day", ""), at)
    sheet = day_sheet(on)
    return render_template(
        "appointments/statistics.html",
        on=on,
        sheet=sheet,
        before=on - timedelta(days=1),
        after=on + timedelta(days=1),
        contact=sees_contact(who().roles),
        prices=sees_prices(who().roles),
    )


@bp.get("/visits/<uuid:visit_id>/appointment.ics")
@allow(*RECEPTION)
def calendar_file(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The appointment for the customer's calendar, in the customer's language."""
    text = calendar_text(appointment_of(visit_id))
    headers = {"Content-Disposition": 'attachment; filename="appointment.ics"'}
    return Response(text, 200, headers, mimetype="text/calendar")
