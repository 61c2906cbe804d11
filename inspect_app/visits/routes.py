"""The board and arrival; what is due, and the way to a visit by a code."""

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, signed_in, who
from inspect_app.appointments.queries import expected_on_day_of
from inspect_app.db import now
from inspect_app.errors import Invalid
from inspect_app.i18n import LOCALES
from inspect_app.staff.rules import (
    RECEPTION,
    VISIT_READERS,
    sees_cars,
    sees_contact,
    sees_keys,
    sees_plates,
)
from inspect_app.vehicles.faces import shown_plate_of
from inspect_app.visits.arrival_page import car_part, vin_warning, whole_page
from inspect_app.visits.arrivals import AlreadyHere, receive
from inspect_app.visits.board import LANE_CARDS, found, lanes
from inspect_app.visits.due import due_rows
from inspect_app.visits.forms import read_arrival
from inspect_app.web import captured_at, commits, page_or_fragment, refuse_form

bp = Blueprint("visits", __name__)
bp.add_app_template_filter(shown_plate_of, "plate_face")


@bp.get("/")
@signed_in
def board() -> ResponseReturnValue:
    """Every car in the plant by state; with `q` what that names."""
    roles = who().roles
    text = request.args.get("q", "")[:60].strip()
    lane, most = request.args.get("lane", ""), request.args.get("most", LANE_CARDS, type=int)
    is_seen = sees_plates(roles)
    return page_or_fragment(
        "visits/board.html",
        "visits/_board.html",
        text=text,
        found=found(text, roles) if text and is_seen else [],
        lanes=lanes(lane, max(most, 0)) if not text and is_seen else [],
        now=now(),
        sees_contact=sees_contact(roles),
        sees_cars=sees_cars(roles),
        sees_keys=sees_keys(roles),
        opens=who().may(*VISIT_READERS),
        books=who().may(*RECEPTION),
        expected=expected_on_day_of(now()) if not text and who().may(*RECEPTION) else (),
    )


@bp.get("/arrivals/new")
@allow(*RECEPTION)
def arrive() -> ResponseReturnValue:
    """The page of taking in; with `plate` what is known of that car."""
    typed = {"plate": request.args.get("plate", "")[:24]}
    return render_template("visits/new.html", **whole_page(typed, {}))


@bp.get("/arrivals/lookup")
@allow(*RECEPTION)
def look_up() -> ResponseReturnValue:
    """The card of the car with this plate. Nothing (204) while a new car's is filled in already."""
    shown = request.args.get("card", "")
    part = car_part(request.args.get("plate", "")[:24], {}, shown)
    if part["card"] == shown == "new":
        return "", 204
    return render_template("visits/_car_card.html", **part)


@bp.get("/arrivals/vin")
@allow(*RECEPTION)
def vin_advice() -> ResponseReturnValue:
    """What the check digit of a VIN says, while the form is filled in."""
    return render_template(
        "visits/_vin_advice.html", warning=vin_warning(request.args.get("vin", ""))
    )


@bp.get("/how-we-work")
@signed_in
def how_we_work() -> ResponseReturnValue:
    """One page to show a new customer, in the customer's language (1.07)."""
    chosen = request.args.get("customer_locale")
    g.locale = chosen if chosen in LOCALES else g.locale
    return page_or_fragment("visits/how_we_work.html", "visits/how_we_work.swap.html")


@bp.post("/visits")
@allow(*RECEPTION)
@commits
def add_visit() -> ResponseReturnValue:
    """T04: takes the car in and goes on to its order."""
    try:
        visit = receive(read_arrival(request.form), by=who().id, at=captured_at())
    except Invalid as problem:
        page = whole_page(request.form.to_dict(), problem.problems)
        del page["problems"]
        return refuse_form(problem, "visits/new.html", "visits/_arrival.html", **page)
    except AlreadyHere as problem:
        here = url_for("visits.show", visit_id=problem.visit_id)
        page_409 = render_template("errors/409.html", message=problem.message, next_url=here)
        return make_response(page_409, 409)
    return redirect(url_for("orders.show", visit_id=visit.id), 303)


@bp.get("/due")
@signed_in
def due() -> ResponseReturnValue:
    """What falls due, by the minute."""
    rows = due_rows(now(), who().roles)
    return page_or_fragment("visits/due.html", "visits/_due.html", rows=rows, now=now())
