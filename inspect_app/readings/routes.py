"""Readings and key on one screen."""

import uuid
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.errors import Invalid
from inspect_app.key_tags.queries import key_page
from inspect_app.papers.queries import photos_by_subject
from inspect_app.readings import actions, queries
from inspect_app.readings.forms import read_reading
from inspect_app.readings.models import Reading
from inspect_app.readings.rules import asks_charge, needs_fuel
from inspect_app.sites.queries import site_rules
from inspect_app.staff.rules import RECEPTION, VISIT_READERS
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_for_capture, visit_of
from inspect_app.visits.rules import may_capture
from inspect_app.visits.steps import steps_of
from inspect_app.web import captured_at, commits, lead_on, refuse_form, respond

bp = Blueprint("readings", __name__)


def _part(visit: Visit, last: Reading | None, reading: Reading | None) -> dict[str, Any]:
    """What the readings' pane shows."""
    powertrain = visit.vehicle.powertrain
    return {
        "visit": visit,
        "may_edit": may_capture(visit.state),
        "reading": reading,
        "last": last,
        "site_unit": site_rules().odometer_unit,
        "has_fuel": needs_fuel(powertrain),
        "has_charge": asks_charge(powertrain),
        "photos": photos_by_subject(visit.id),
    }


@bp.get("/visits/<uuid:visit_id>/readings")
@allow(*VISIT_READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Odometer, fuel, charge; the key's tag and slot."""
    visit = visit_of(visit_id)
    part = _part(visit, queries.last_reading(visit), queries.reading_of(visit_id))
    steps = steps_of(visit_id)
    return render_template("readings/show.html", key=key_page(visit_id), steps=steps, **part)


@bp.post("/visits/<uuid:visit_id>/readings")
@allow(*RECEPTION)
@commits
def add_reading(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The figures as they were read (6.09); lower than last time needs a reason."""
    visit = visit_for_capture(visit_id)
    last = queries.last_reading(visit)
    last_km = last.odometer_km if last else None
    try:
        draft = read_reading(request.form, powertrain=visit.vehicle.powertrain, last_km=last_km)
    except Invalid as problem:
        part = _part(visit, last, queries.reading_of(visit_id))
        page, key = "readings/show.html", key_page(visit_id)
        return refuse_form(
            problem, page, "readings/_readings.html", key=key, steps=steps_of(visit_id), **part
        )
    actions.save_reading(visit, draft, by=who().id, at=captured_at())
    part = _part(visit, last, queries.reading_of(visit_id))
    answer = respond(
        "readings/reading_saved.swap.html", url_for("readings.show", visit_id=visit_id), **part
    )
    on = request.form.get("then") == "review"
    return lead_on(answer, url_for("signatures.review", visit_id=visit_id)) if on else answer
