"""Signing in on a shared tablet: tap your name, type your PIN."""

import uuid

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as BaseResponse

from inspect_app.access import public, signed_in, who
from inspect_app.db import db, now
from inspect_app.errors import Invalid, NotFound, TooMany
from inspect_app.i18n import LOCALES
from inspect_app.late_entries.words import ACTS, FIELDS, NOUNS
from inspect_app.sites.models import Site
from inspect_app.staff import actions, queries
from inspect_app.staff.places import places_for
from inspect_app.staff.rules import RECEPTION, Role, home_of
from inspect_app.web import commits

bp = Blueprint("staff", __name__)
YEAR = 365 * 24 * 3600


def read_uuid(text: str) -> uuid.UUID | None:
    """A UUID as the browser sent it, or None."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _way_on(target: str) -> str:
    """Where to go after signing in: a path of this app, never another host."""
    is_plain = target.isprintable() and "\\" not in target
    return target if is_plain and target.startswith("/") and target[1:2] != "/" else "/"


def _site_here() -> Site | None:
    """The site that this tablet belongs to, or the only one."""
    tablet = queries.tablet(read_uuid(request.cookies.get("tablet", "")))
    sites = queries.sites()
    wanted = request.values.get("site")
    for site in sites:
        if (wanted and site.code == wanted) or (
            not wanted and tablet and site.id == tablet.site_id
        ):
            return site
    return sites[0] if len(sites) == 1 else None


def _open_site(site: Site) -> None:
    queries.open_site(site)
    chosen = request.values.get("lang") or request.cookies.get("lang") or site.locale
    g.locale = chosen if chosen in LOCALES else "en"


def _page(problem: str = "", status: int = 200) -> Response:
    site = _site_here()
    if site is None:
        return make_response(render_template("staff/sites.html", sites=queries.sites()), 200)
    _open_site(site)
    person_id = read_uuid(request.values.get("person", ""))
    people = queries.people_of_site()
    person = next((p for p in people if p.id == person_id), None)
    response = make_response(
        render_template(
            "staff/sign_in.html",
            people=people,
            person=person,
            site=site,
            problem=problem,
            then=_way_on(request.values.get("then", "/")),
        ),
        status,
    )
    if request.args.get("lang") in LOCALES:
        response.set_cookie("lang", request.args["lang"], max_age=YEAR, samesite="Lax")
    return response


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Names to tap; with `?person=` the PIN pad of that person."""
    return _page()


@bp.post("/sign-ins")
@public
def add_sign_in() -> ResponseReturnValue:
    """Checks the PIN. A wrong one is counted for good, so this commits whatever the answer is."""
    g.writes = True
    db.session.rollback()
    site = _site_here()
    if site is None:
        raise NotFound
    _open_site(site)
    person_id = read_uuid(request.form.get("person", ""))
    if person_id is None:
        raise NotFound
    tablet = queries.tablet(read_uuid(request.cookies.get("tablet", "")))
    known = tablet if tablet and tablet.site_id == site.id else None
    try:
        person = actions.check_pin(
            person_id, request.form.get("pin", ""), tablet_id=known.id if known else None, at=now()
        )
    except (Invalid, TooMany) as refused:
        db.session.commit()
        return _page(str(refused.message), refused.status)
    target = _way_on(request.form.get("then", "/"))
    home = home_of(queries.roles_of(person.id))
    here = actions.know_tablet(known, at=now())  # guessing leaves no tablet behind
    token, tablet_id = actions.sign_in(person, here, at=now()), here.id
    db.session.commit()
    response = _with_tablet(redirect(home if target == "/" else target, 303), tablet_id)
    response.set_cookie(
        "sign_in", token, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
    )
    return response


def _with_tablet(response: BaseResponse, tablet_id: uuid.UUID) -> BaseResponse:
    response.set_cookie(
        "tablet",
        str(tablet_id),
        max_age=5 * YEAR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return response


@bp.post("/sign-out")
@signed_in
@commits
def sign_out() -> ResponseReturnValue:
    """Ends this sign-in; never blocked by what is still on the tablet."""
    actions.sign_out(who().sign_in_id, at=now())
    response = redirect(url_for("staff.sign_in"), 303)
    response.delete_cookie("sign_in")
    return response


@bp.post("/me")
@signed_in
@commits
def set_me() -> ResponseReturnValue:
    """The person's own language and hand."""
    actions.set_person(who().id, request.form.get("locale", ""), request.form.get("hand", ""))
    return redirect(_way_on(request.form.get("then", "/")), 303)


@bp.get("/more")
@signed_in
def more() -> ResponseReturnValue:
    """The person's own settings, and what concerns this tablet."""
    return render_template(
        "staff/more.html",
        places=places_for(who().roles),
        reception=RECEPTION,
        supervisor=Role.BUSINESS_SUPERVISOR,
    )


@bp.get("/outbox")
@signed_in
def outbox() -> ResponseReturnValue:
    """What is only on this tablet; the tablet itself fills the page."""
    return render_template("staff/outbox.html", nouns=NOUNS, acts=ACTS, fields=FIELDS)
