"""Taking a tablet over without network, and the supervisor's answer to a wrong PIN."""

import uuid
from pathlib import Path

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, public, who
from inspect_app.claims import actions, queries
from inspect_app.claims.forms import read_claim, read_person
from inspect_app.claims.keys import public_key
from inspect_app.config import Settings
from inspect_app.db import bind_site, db, now
from inspect_app.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from inspect_app.late_entries.actions import settle
from inspect_app.late_entries.queries import as_sent, entries_of_claim
from inspect_app.late_entries.words import told
from inspect_app.sent import play
from inspect_app.sites.models import Site
from inspect_app.staff.models import Tablet
from inspect_app.staff.queries import colleague, open_site, people_of_site, person_of, tablet
from inspect_app.staff.rules import Role
from inspect_app.web import captured_at, show_refusal

bp = Blueprint("claims", __name__)


def _folder() -> Path:
    settings: Settings = current_app.extensions["settings"]
    return settings.data_dir


def _tablet_here() -> Tablet | None:
    """The tablet of the cookie; binds the session to its site."""
    try:
        known = tablet(uuid.UUID(request.cookies.get("tablet", "")))
    except ValueError:
        return None
    if known is not None:
        bind_site(known.site_id)
    return known


@bp.get("/take-over")
@public
def take_over() -> ResponseReturnValue:
    """Names and keys for a time without network; kept by the tablet, shows no more than the page of
    signing in."""
    here = _tablet_here()
    if here is None:
        return redirect(url_for("staff.sign_in"), 303)
    open_site(db.session.get_one(Site, here.site_id))
    return render_template(
        "claims/take_over.html", people=people_of_site(), key=public_key(_folder())
    )


@bp.post("/claims")
@public
def add() -> ResponseReturnValue:
    """Checks a claim. A wrong PIN is counted for good, so this commits whatever the answer is."""
    g.writes = True
    db.session.rollback()
    here = _tablet_here()
    if here is None:
        raise Forbidden(_l("This tablet is not known here. Sign in once with your PIN."))
    sent_by = g.who.id if g.who and g.who.site_id == here.site_id else None
    try:
        draft = read_claim(request.form, captured_at())
        checked = actions.add_claim(draft, here, sent_by=sent_by, folder=_folder(), at=now())
    except Refused as refused:
        db.session.commit()
        return show_refusal(refused)
    state, token = checked.claim.state, checked.token
    db.session.commit()
    answer = make_response("", 200)
    answer.headers.update({"X-Claim": state, "HX-Reswap": "none"})
    answer.headers["Idempotency-Key"] = request.headers.get("Idempotency-Key", str(draft.id))
    if token is not None:
        answer.set_cookie(
            "sign_in", token, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
        )
    return answer


@bp.get("/claims")
@allow(Role.BUSINESS_SUPERVISOR)
def show() -> ResponseReturnValue:
    """Claims whose PIN was wrong, with what was captured under them."""
    return _page()


def _page(problem: Refused | None = None) -> Response:
    shown = [
        (one.claim, [(entry, told(entry.url, entry.fields)) for entry in one.entries])
        for one in queries.claims_to_settle()
    ]
    choices = [(str(one.id), one.name) for one in people_of_site()]
    page = render_template("claims/show.html", claims=shown, choices=choices, problem=problem)
    return make_response(page, problem.status if problem else 200)


@bp.get("/claims/<uuid:claim_id>/entries/<uuid:entry_id>/picture")
@allow(Role.BUSINESS_SUPERVISOR)
def picture(claim_id: uuid.UUID, entry_id: uuid.UUID) -> ResponseReturnValue:
    """The photo of an entry that waits."""
    entry = next((one for one in entries_of_claim(claim_id) if one.id == entry_id), None)
    if entry is None or not entry.files or not entry.files[0].mime.startswith("image/"):
        raise NotFound
    answer = Response(entry.files[0].content, mimetype=entry.files[0].mime)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@bp.post("/claims/<uuid:claim_id>/answers")
@allow(Role.BUSINESS_SUPERVISOR)
def answer(claim_id: uuid.UUID) -> ResponseReturnValue:
    """The supervisor names the person; the entries are taken in that name, one by one, each in a
    transaction of its own."""
    g.writes = True
    db.session.rollback()
    claim = queries.claim_of(claim_id)
    try:
        person = person_of(read_person(request.form))
        actions.settle_claim(claim, person, by=who().id, at=now())
    except (Invalid, Conflict) as refused:
        db.session.rollback()
        return _page(refused)
    person_id = person.id
    db.session.commit()
    _take_all(claim_id, person_id)
    return redirect(url_for("claims.show"), 303)


def _take_all(claim_id: uuid.UUID, person_id: uuid.UUID) -> None:
    author = colleague(who(), person_id)
    waiting = [as_sent(entry) for entry in entries_of_claim(claim_id)]
    db.session.rollback()
    for sent in waiting:
        played = play(sent, author) if author else None
        entry = queries.entry_of_claim(claim_id, sent.key)
        if played is not None and entry is not None:
            settle(entry, played, played.words, by=who().id, at=now())
        db.session.commit()
