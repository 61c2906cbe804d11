"""The contact log of a visit: what was said to the customer, by which way, and what came of it."""

import uuid
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, who
from inspect_app.catalogues import codes
from inspect_app.contact_log.actions import log_contact, send_message
from inspect_app.contact_log.forms import BY_HAND, read_contact
from inspect_app.contact_log.gateway import channels
from inspect_app.contact_log.queries import contacts_of
from inspect_app.contact_log.rules import WRITTEN
from inspect_app.errors import Invalid
from inspect_app.sites.queries import this_site
from inspect_app.staff.rules import CONTACT, RECEPTION
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.visits.story import Part, add_part
from inspect_app.web import captured_at, commits, page_or_fragment, refuse_form, respond

bp = Blueprint("contact_log", __name__)
PAGE, FRAGMENT = "contact_log/show.html", "contact_log/_contacts.html"

add_part(
    Part(
        "contacts", _l("Calls and messages"), "contact_log.show",
        frozenset(codes("visit_states")), CONTACT, 80,
    )
)  # fmt: skip


def _log(visit: Visit, *, is_open: bool) -> dict[str, Any]:
    return {
        "visit": visit,
        "contacts": contacts_of(visit.id),
        "channels": ("phone", "in_person", *channels(this_site())),
        "kinds": BY_HAND,
        "writes": who().may(*RECEPTION),
        "is_unfolded": is_open,
    }


@bp.get("/visits/<uuid:visit_id>/contacts")
@allow(*CONTACT)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Every call and message, oldest first."""
    context = _log(visit_of(visit_id), is_open=False)
    return page_or_fragment(PAGE, FRAGMENT, problems={}, form={}, **context)


@bp.post("/visits/<uuid:visit_id>/contacts")
@allow(*RECEPTION)
@commits
def add(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Writes a call down, or sends a message and writes that down."""
    visit = visit_of(visit_id)
    try:
        _keep(visit)
    except Invalid as problem:
        return refuse_form(problem, PAGE, FRAGMENT, **_log(visit, is_open=True))
    context = _log(visit_of(visit_id), is_open=True)
    return respond(FRAGMENT, url_for(".show", visit_id=visit_id), problems={}, form={}, **context)


def _keep(visit: Visit) -> None:
    draft, at, by = read_contact(request.form), captured_at(), who().id
    if draft.channel in WRITTEN:
        send_message(
            this_site(), visit.id, key=draft.id, kind=draft.kind, channel=draft.channel,
            to=draft.number, text=draft.text, person=draft.person_reached, by=by, at=at,
        )  # fmt: skip
    else:
        log_contact(
            visit.id, kind=draft.kind, channel=draft.channel, result=draft.result,
            row_id=draft.id, number=draft.number, person_reached=draft.person_reached,
            text=draft.text, by=by, at=at,
        )  # fmt: skip
