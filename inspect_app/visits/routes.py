"""Arrival, board and record of a visit."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.staff.rules import RECEPTION, VISIT_READERS
from inspect_app.vehicles.faces import shown_plate_of
from inspect_app.visits.arrivals import receive
from inspect_app.visits.file import file_of
from inspect_app.visits.forms import read_arrival
from inspect_app.web import captured_at, commits

bp = Blueprint("visits", __name__)
bp.add_app_template_filter(shown_plate_of, "plate_face")


@bp.post("/visits")
@allow(*RECEPTION)
@commits
def add_visit() -> ResponseReturnValue:
    """T04: takes the car in and goes on to its order."""
    visit = receive(read_arrival(request.form), by=who().id, at=captured_at())
    return redirect(url_for("orders.show", visit_id=visit.id), 303)


@bp.get("/visits/<uuid:visit_id>")
@allow(*VISIT_READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The whole record of a visit."""
    return render_template("visits/show.html", file=file_of(visit_id))
