"""Who is away: it is taken off what the workshop can do."""

import uuid
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.db import now
from inspect_app.errors import Invalid
from inspect_app.i18n import zone
from inspect_app.promises.actions import add_absence, end_absence
from inspect_app.promises.forms import read_absence
from inspect_app.promises.queries import absences_from, away_choices
from inspect_app.staff.rules import RECEPTION, Role
from inspect_app.web import captured_at, commits, page_or_fragment, refuse_form, respond

bp = Blueprint("promises", __name__)
PLANNERS = (Role.WORKSHOP_SUPERVISOR, Role.DISPATCHER, Role.BUSINESS_SUPERVISOR, Role.MANAGER)
PAGE, FRAGMENT = "promises/absences.html", "promises/_absences.html"


def _list() -> dict[str, Any]:
    return {
        "absences": absences_from(now().astimezone(zone()).date()),
        "choices": away_choices(),
        "plans": who().may(*PLANNERS),
    }


@bp.get("/absences")
@allow(*RECEPTION, *PLANNERS)
def absences() -> ResponseReturnValue:
    """Who is away now or later."""
    return page_or_fragment(PAGE, FRAGMENT, problems={}, form={}, **_list())


@bp.post("/absences")
@allow(*PLANNERS)
@commits
def add() -> ResponseReturnValue:
    """A person or a team is away."""
    try:
        draft = read_absence(request.form, now().astimezone(zone()).date())
    except Invalid as problem:
        return refuse_form(problem, PAGE, FRAGMENT, **_list())
    add_absence(draft.id, draft.person_id, draft.team_id, (draft.first_on, draft.last_on),
                draft.reason, by=who().id, at=captured_at())  # fmt: skip
    return respond(FRAGMENT, url_for(".absences"), problems={}, form={}, **_list())


@bp.post("/absences/<uuid:absence_id>/removal")
@allow(*PLANNERS)
@commits
def remove(absence_id: uuid.UUID) -> ResponseReturnValue:
    """Is here after all."""
    end_absence(absence_id, at=captured_at())
    return respond(FRAGMENT, url_for(".absences"), problems={}, form={}, **_list())
