"""The desk, the walk to the car, and what comes after the signature."""

import uuid
from typing import Any

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, who
from inspect_app.db import db, now
from inspect_app.delivery import actions, bp, rules
from inspect_app.delivery.forms import read_objection, read_packet
from inspect_app.delivery.page import shown, walk_words
from inspect_app.delivery.queries import delivery_file
from inspect_app.errors import Conflict, Invalid, NotFound, Refused
from inspect_app.ids import read_id
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.visits.story import Act, Part, add_act, add_part
from inspect_app.web import captured_at, commits, htmx, page_or_fragment


@bp.get("/visits/<uuid:visit_id>/delivery")
@allow(*rules.READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The packet at the desk, the walk at the car, or what was signed: as far as the visit is."""
    visit = visit_of(visit_id)
    if visit.state not in rules.STATES:
        return redirect(url_for("visits.show", visit_id=visit_id), 303)
    return _page(visit)


def _page(visit: Visit, status: int = 200, **more: Any) -> Response:
    file = delivery_file(visit)
    template = "delivery/packet.html" if visit.state == "settled" else "delivery/done.html"
    if file.is_open:
        template = "delivery/walk.html"
        more |= walk_words(file)
    page = render_template(template, **shown(file, **more))
    return make_response(page, status)


def _refused(visit_id: uuid.UUID, refused: Refused) -> Response:
    """The page as it is now, with the reason on it; what was typed is kept."""
    if htmx.wants_fragment:
        raise refused
    g.writes = False
    db.session.rollback()
    problems = refused.problems if isinstance(refused, Invalid) else {"": refused.message}
    return _page(visit_of(visit_id), refused.status, problems=problems, form=request.form)


@bp.post("/visits/<uuid:visit_id>/delivery")
@allow(*rules.DELIVERERS)
@commits
def begin(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T34: everything of the packet is handed over; now to the car."""
    try:
        actions.begin(
            visit_of(visit_id),
            read_packet(request.form),
            may_override=who().may(rules.OVERRIDES),
            by=who().id,
            at=captured_at(),
            now=now(),
        )
    except (Invalid, Conflict) as refused:
        return _refused(visit_id, refused)
    return redirect(url_for("delivery.show", visit_id=visit_id), 303)


@bp.post("/visits/<uuid:visit_id>/delivery/key-out")
@allow(*rules.DELIVERERS)
@commits
def take_key_out(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Who delivers takes the key off its hook."""
    file = delivery_file(visit_of(visit_id))
    try:
        actions.take_key_out(
            file, read_id(request.form), by=who().id, at=captured_at(),
            tablet_id=who().tablet_id, now=now(),
        )  # fmt: skip
    except Conflict as refused:
        return _refused(visit_id, refused)
    return redirect(url_for("delivery.show", visit_id=visit_id), 303)


@bp.get("/visits/<uuid:visit_id>/delivery/objection")
@allow(*rules.DELIVERERS)
def objection(visit_id: uuid.UUID) -> ResponseReturnValue:
    """What the customer objects to, and where it goes."""
    file = delivery_file(visit_of(visit_id))
    return page_or_fragment(
        "delivery/objection.html", "delivery/objection_sheet.html", **shown(file)
    )


@bp.post("/visits/<uuid:visit_id>/delivery/objections")
@allow(*rules.DELIVERERS)
@commits
def object_to(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T36: nothing is released; rework or a complaint, then a new count."""
    visit = visit_of(visit_id)
    try:
        draft = read_objection(request.form)
        actions.object_to(visit, draft, by=who().id, at=captured_at())
    except Invalid as refused:
        return _objection_refused(visit_id, refused)
    page = "visits.show" if draft.goes_to == "rework" else "delivery.show"
    return redirect(url_for(page, visit_id=visit_id), 303)


def _objection_refused(visit_id: uuid.UUID, refused: Invalid) -> Response:
    g.writes = False
    db.session.rollback()
    file = delivery_file(visit_of(visit_id))
    template = "objection_sheet" if htmx.wants_fragment else "objection"
    page = render_template(
        f"delivery/{template}.html",
        **shown(file, problems=refused.problems, form=request.form),
    )
    return make_response(page, refused.status)


@bp.get("/visits/<uuid:visit_id>/delivery/pairs/<uuid:photo_id>")
@allow(*rules.READERS)
def pair(visit_id: uuid.UUID, photo_id: uuid.UUID) -> ResponseReturnValue:
    """One side of the car, before over after."""
    file = delivery_file(visit_of(visit_id))
    pairs = file.retaken
    place = next((n for n, one in enumerate(pairs) if one.before.photo.id == photo_id), None)
    if place is None:
        raise NotFound
    return render_template(
        "delivery/pair.html",
        **shown(
            file,
            pair=pairs[place],
            place=place + 1,
            total=len(pairs),
            before=pairs[place - 1].before.photo.id if place else None,
            after=pairs[place + 1].before.photo.id if place + 1 < len(pairs) else None,
        ),
    )


@bp.get("/visits/<uuid:visit_id>/story/delivery")
@allow(*rules.READERS)
def part(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The delivery in the story of the visit; nothing while there is nothing to tell."""
    file = delivery_file(visit_of(visit_id))
    if file.round is None and htmx.wants_fragment:
        return ""
    return page_or_fragment("delivery/part.html", "delivery/_part.html", **shown(file))


add_part(
    Part(
        "delivery", _l("Delivery"), "delivery.part", rules.TOLD_IN,
        frozenset(rules.READERS), 90,
    )
)  # fmt: skip
add_act(
    Act(
        _l("Give the car back"), "delivery.show", frozenset({"settled", "delivering"}),
        frozenset(rules.DELIVERERS),
    )
)  # fmt: skip
