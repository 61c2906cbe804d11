"""The repair order of a visit: head, lines, promise."""

import uuid

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from inspect_app.access import allow
from inspect_app.staff.rules import VISIT_READERS
from inspect_app.visits.file import file_of

bp = Blueprint("orders", __name__)


@bp.get("/visits/<uuid:visit_id>/order")
@allow(*VISIT_READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The order's page."""
    return render_template("orders/show.html", file=file_of(visit_id))
