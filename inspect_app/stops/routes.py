"""The customer stops the repair."""

import uuid
from typing import Any

from flask import Blueprint, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, who
from inspect_app.amounts import typed_amount
from inspect_app.errors import Conflict, Invalid
from inspect_app.staff.rules import sees_prices
from inspect_app.stops import actions, queries
from inspect_app.stops.forms import read_stop
from inspect_app.stops.rules import READERS, STOPPERS
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.visits.story import Part, add_part
from inspect_app.web import captured_at, commits, page_or_fragment, refuse_act

bp = Blueprint("stops", __name__)
STORY = frozenset({"in_workshop", "preparing_delivery", "ready_notified", "settling", "settled"})


def _page(visit: Visit, **more: Any) -> dict[str, Any]:
    return {
        "visit": visit,
        "stop": queries.stop_of(visit.id),
        "lines": queries.lines_to_price(visit.id),
        "may_stop": who().may(*STOPPERS) and visit.state == "in_workshop",
        "prices": sees_prices(who().roles),
        "typed_amount": typed_amount,
        "problems": {},
        "form": {},
        **more,
    }


@bp.get("/visits/<uuid:visit_id>/stop")
@allow(*READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """How far each item has come, what it costs so far, whether the car is safe to drive."""
    page = _page(visit_of(visit_id))
    return page_or_fragment("stops/show.html", "stops/_story.html", **page)


@bp.post("/visits/<uuid:visit_id>/stop")
@allow(*STOPPERS)
@commits
def add_stop(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T41: on to the preparation."""
    visit = visit_of(visit_id)
    try:
        ids = [line.id for line in queries.lines_to_price(visit_id)]
        draft = read_stop(request.form, ids, currency=g.currency)
        actions.stop_repair(visit, draft, by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        page = "stops/show.html"
        return refuse_act(problem, page, page, lambda **more: _page(visit_of(visit_id), **more))
    return redirect(url_for("preparation.show", visit_id=visit_id), 303)


add_part(Part("stop", _l("Stopping the repair"), "stops.show", STORY, frozenset(READERS), place=48))
