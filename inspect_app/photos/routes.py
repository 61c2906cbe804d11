"""Sending, showing, removing and drawing on photos."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.db import db
from inspect_app.errors import Forbidden, NotFound
from inspect_app.ids import read_id
from inspect_app.photos import actions, queries
from inspect_app.photos import bp as bp
from inspect_app.photos.forms import read_photo, read_received, read_shapes
from inspect_app.photos.models import Photo
from inspect_app.photos.sending import picture_answer
from inspect_app.photos.storage import Kind
from inspect_app.staff.rules import PHOTO_READERS, PHOTO_TAKERS, RECEPTION, VISIT_READERS, Role
from inspect_app.visits.file import photos_of
from inspect_app.visits.queries import visit_for_capture, visit_of
from inspect_app.visits.rules import may_capture
from inspect_app.web import captured_at, commits, respond
from inspect_app.workshop.queries import is_own_job

P = ParamSpec("P")


def with_pictures(
    view: Callable[P, ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Reads and decodes the photo before the writing transaction, which others wait for."""

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        db.session.rollback()
        g.received = read_received(request.files.get("photo"), request.form.get("sha256", ""))
        return view(*args, **kwargs)

    return run


@bp.post("/visits/<uuid:visit_id>/photos")
@allow(*PHOTO_TAKERS, in_customer_mode=True)
@with_pictures
@commits
def add_photo(visit_id: uuid.UUID) -> ResponseReturnValue:
    """One photo; the answer names the hash of the bytes that came."""
    visit, draft = visit_of(visit_id), read_photo(request.form)
    if draft.subject != "finding" and not who().may(*RECEPTION):
        raise Forbidden  # the technician takes photos of what was found
    photo = actions.keep_photo(
        visit, draft.id, g.received.content, g.received.pictures,
        subject=draft.subject, subject_id=draft.subject_id, subject_code=draft.subject_code,
        angle=draft.angle, by=who().id, at=captured_at(),
    )  # fmt: skip
    page = url_for("walkaround.show", visit_id=visit_id)
    answer = respond("photos/_tile.html", page, photo=photo, annotation=None)
    answer.headers["X-Photo-Sha256"] = photo.sha256
    return answer


@bp.get("/photos/<uuid:photo_id>")
@allow(*VISIT_READERS)
def draw(photo_id: uuid.UUID) -> ResponseReturnValue:
    """The photo, large, to draw on."""
    photo = queries.photo_of(photo_id)
    visit, around = visit_of(photo.visit_id), _around(photo)
    page = "photos/removed.html" if photo.removed_at else "photos/show.html"
    can_draw = may_capture(visit.state) and not around["is_sealed"] and who().may(*RECEPTION)
    return render_template(page, visit=visit, can_draw=can_draw, **around)


def _around(photo: Photo) -> dict[str, Any]:
    """A photo with its drawing and those before and after it."""
    shown = [noted.photo.id for noted in photos_of(photo.visit_id)]
    place = shown.index(photo.id) if photo.id in shown else -1
    return {
        "photo": photo,
        "annotation": queries.last_annotation(photo.id),
        "is_sealed": queries.is_in_a_seal(photo.id),
        "before": shown[place - 1] if place > 0 else None,
        "after": shown[place + 1] if 0 <= place < len(shown) - 1 else None,
        "place": place + 1,
        "total": len(shown),
    }


@bp.get("/photos/<uuid:photo_id>/<any(received, screen, list):size>")
@allow(*PHOTO_READERS, in_customer_mode=True)
def show(photo_id: uuid.UUID, size: Kind) -> ResponseReturnValue:
    """The bytes of one size."""
    return picture_answer(_seen(photo_id, only_of_visit=who().customer_visit_id), size)


def _seen(photo_id: uuid.UUID, only_of_visit: uuid.UUID | None = None) -> Photo:
    """The photo; a team sees those of its own jobs alone (process 3.2)."""
    photo = queries.photo_of(photo_id, only_of_visit=only_of_visit)
    is_team_only = not who().may(*(role for role in PHOTO_READERS if role is not Role.TEAM))
    if is_team_only and not is_own_job(photo.visit_id, who().id, who().roles):
        raise NotFound
    return photo


@bp.post("/photos/<uuid:photo_id>/removal")
@allow(*RECEPTION)
@commits
def remove_photo(photo_id: uuid.UUID) -> ResponseReturnValue:
    """Takes the photo out of the visit; the walk-around offers to take that back."""
    photo = queries.photo_of(photo_id)
    visit_for_capture(photo.visit_id)
    actions.remove_photo(photo, by=who().id, at=captured_at())
    page = url_for("walkaround.show", visit_id=photo.visit_id, removed=photo.id)
    return respond("photos/_tile.html", page, photo=photo, annotation=None)


@bp.post("/photos/<uuid:photo_id>/return")
@allow(*RECEPTION)
@commits
def return_photo(photo_id: uuid.UUID) -> ResponseReturnValue:
    """Takes the removal back."""
    photo = queries.photo_of(photo_id)
    visit_for_capture(photo.visit_id)
    actions.return_photo(photo, by=who().id, at=captured_at())
    page = url_for("walkaround.show", visit_id=photo.visit_id, _anchor="shots")
    return respond("photos/_tile.html", page, photo=photo, annotation=None)


@bp.post("/photos/<uuid:photo_id>/annotations")
@allow(*RECEPTION)
@commits
def add_annotation(photo_id: uuid.UUID) -> ResponseReturnValue:
    """What is drawn on the photo now, as its newest version."""
    photo = queries.photo_of(photo_id)
    visit_for_capture(photo.visit_id)
    shapes = read_shapes(request.form.get("shapes", ""))
    annotation = actions.annotate(
        photo, read_id(request.form), shapes, by=who().id, at=captured_at()
    )
    page = url_for("photos.draw", photo_id=photo.id)
    return respond("photos/_tile.html", page, photo=photo, annotation=annotation)
