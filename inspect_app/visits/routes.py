"""Arrival, board and record of a visit."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.staff.rules import RECEPTION
from inspect_app.visits.arrivals import receive
from inspect_app.visits.forms import read_arrival
from inspect_app.web import captured_at, commits

bp = Blueprint("visits", __name__)


@bp.post("/visits")
@allow(*RECEPTION)
@commits
def add_visit() -> ResponseReturnValue:
    """T04: takes the car in and goes on to its order."""
    visit = receive(read_arrival(request.form), by=who().id, at=captured_at())
    return redirect(url_for("orders.show", visit_id=visit.id), 303)
