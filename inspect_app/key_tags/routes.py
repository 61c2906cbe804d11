"""The key of a visit, its labels, the tags of the shop, and what a tag's code opens."""

import uuid

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from inspect_app.access import allow, public, who
from inspect_app.errors import Invalid, NotFound, TagInUse
from inspect_app.key_tags import actions, queries
from inspect_app.key_tags.custody import open_registration_of_tag
from inspect_app.key_tags.forms import read_key, read_movement, read_skip
from inspect_app.key_tags.labels import (
    KeyLabel,
    label_pdf,
    label_png,
    label_sheet_pdf,
    tag_address,
)
from inspect_app.sites.queries import site_rules, this_site
from inspect_app.staff.rules import KEYS, RECEPTION, VISIT_READERS, sees_keys
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_for_capture, visit_of
from inspect_app.web import captured_at, commits, refuse_form, respond

bp = Blueprint("key_tags", __name__)


def _saved(visit: Visit) -> Response:
    page = url_for("readings.show", visit_id=visit.id)
    return respond("key_tags/_key.html", page, visit=visit, key=queries.key_page(visit.id))


@bp.post("/visits/<uuid:visit_id>/key")
@allow(*RECEPTION)
@commits
def add_key(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Registers the keys under a tag and gives them a slot (6.08)."""
    visit = visit_for_capture(visit_id)
    try:
        draft = read_key(request.form)
        at, tablet_id = captured_at(), who().tablet_id
        actions.register_key(visit, draft, by=who().id, at=at, tablet_id=tablet_id)
    except (Invalid, TagInUse) as problem:
        return _refused(problem, visit)
    return _saved(visit)


def _refused(problem: Invalid | TagInUse, visit: Visit) -> Response:
    """The tag card again: the reason stands at the tag, and what was typed stays."""
    said = problem if isinstance(problem, Invalid) else Invalid({"tag": problem.message})
    page, key = "key_tags/refused.html", queries.key_page(visit.id)
    answer = refuse_form(said, page, "key_tags/_key.html", visit=visit, key=key)
    answer.status_code = problem.status
    answer.headers["X-Problem"] = type(problem).__name__
    return answer


@bp.post("/visits/<uuid:visit_id>/key/movements")
@allow(*RECEPTION)
@commits
def add_movement(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The key was put on its slot; also after the check-in is sealed."""
    visit, row_id = visit_of(visit_id), read_movement(request.form)
    at, tablet_id = captured_at(), who().tablet_id
    actions.put_in(visit, row_id=row_id, by=who().id, at=at, tablet_id=tablet_id)
    return _saved(visit)


def _label(visit_id: uuid.UUID) -> KeyLabel:
    """The label of the visit's key, in the shop's language. Raises NotFound without a key."""
    visit, registration = visit_of(visit_id), queries.registration_of(visit_id)
    if registration is None:
        raise NotFound
    with force_locale(this_site().locale):
        kind = _("Key tag")
    return KeyLabel(
        tag_address(site_rules().key_host, registration.tag.token),
        str(registration.tag.number),
        registration.slot.label if registration.slot else "",
        visit.vehicle.plate or visit.vehicle.vin,
        kind,
    )


@bp.get("/visits/<uuid:visit_id>/key/label.pdf")
@allow(*VISIT_READERS)
def label(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The label for a printer of 62 x 29 mm labels."""
    return Response(label_pdf(_label(visit_id), this_site().locale), mimetype="application/pdf")


@bp.get("/visits/<uuid:visit_id>/key/label.png")
@allow(*VISIT_READERS)
def label_picture(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The same label as a picture."""
    return Response(label_png(_label(visit_id), this_site().locale), mimetype="image/png")


@bp.get("/visits/<uuid:visit_id>/key/labels-a4.pdf")
@allow(*VISIT_READERS)
def label_sheet(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The label on an A4 sheet of 24; `?skip=` leaves the used places of a begun sheet free."""
    labels, skip = [_label(visit_id)], read_skip(request.args)
    pdf = label_sheet_pdf(labels, this_site().locale, skip=skip)
    return Response(pdf, mimetype="application/pdf")


@bp.get("/keys")
@allow(*VISIT_READERS)
def keys() -> ResponseReturnValue:
    """The tags of the shop: whose key hangs on which, and which are free."""
    return render_template("key_tags/keys.html", tags=queries.all_tags())


@bp.get("/keys/tags/<int:number>")
@allow(*KEYS)
def tag(number: int) -> ResponseReturnValue:
    """A tag's own history: every key that it hung on."""
    found = queries.tag_with_uses(number)
    if found is None:
        raise NotFound
    opens = who().may(*VISIT_READERS)
    return render_template("key_tags/tag.html", tag=found[0], uses=found[1], opens=opens)


@bp.get("/K/<token>")
@bp.get("/k/<token>")
@public
def scan(token: str) -> ResponseReturnValue:
    """Staff go on to the key on a scanned tag; anyone else reads whose key it is, and no more."""
    found = queries.tag_and_shop(token.upper())
    if found is None:
        raise NotFound
    tag, shop = found
    staff = g.who if g.who and g.who.customer_visit_id is None else None
    if staff is None or staff.site_id != shop.id:
        return render_template("key_tags/found.html", shop=shop)
    key_id = open_registration_of_tag(tag.id)
    if key_id is not None and sees_keys(staff.roles):
        return redirect(url_for("key_tags.key", registration_id=key_id), 303)
    return render_template("key_tags/free.html", tag=tag, in_use=key_id is not None)
