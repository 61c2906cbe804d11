"""The customer's own phone: reading, answering, signing by link; and what the staff see of it."""

import uuid

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from inspect_app.access import allow, public, who
from inspect_app.db import db, now
from inspect_app.errors import Conflict, Forbidden, Invalid, NotFound, Words
from inspect_app.ids import read_id
from inspect_app.photos.queries import photo_of
from inspect_app.photos.sending import picture_answer
from inspect_app.photos.storage import Kind
from inspect_app.sheets.queries import qr_address
from inspect_app.signatures import actions, bp, links, pages, queries, sealing
from inspect_app.signatures.forms import read_about, read_answers, read_seal
from inspect_app.signatures.models import SigningLink
from inspect_app.signatures.rules import HANDS_OVER
from inspect_app.signatures.sittings import About, Sitting, about_visit, sitting_named, to_sign
from inspect_app.signatures.statements import in_language
from inspect_app.staff.models import Person
from inspect_app.visits.queries import visit_of
from inspect_app.web import captured_at, commits, htmx

STAFF = "/visits/<uuid:visit_id>/sittings/<sitting>/links"


@bp.get("/sign/<token>")
@public
def by_link(token: str) -> ResponseReturnValue:
    """The customer's pages on the own phone."""
    link = links.link_behind(token)
    try:
        links.living(link, now())
    except links.LinkOver:
        return _over(link, token)
    return _page(link, token)


def _page(
    link: SigningLink, token: str, problem: Words = "", status: int = 200
) -> ResponseReturnValue:
    sitting = sitting_named(link.sitting)
    about = about_visit(sitting, link.visit_id, link.subject_id)
    language = pages.language_of(request.values.get("lang", ""), about.visit)
    shown = pages.customer_pages(sitting, about, language)
    if not shown.due:
        return _over(link, token)
    name = db.session.scalars(select(Person.name).where(Person.id == link.by_id)).one()
    frame = pages.Frame(link.site_id, g.site_name, link.by_id, name, None, about.order_number)
    with in_language(language):
        page = render_template(
            "signatures/customer.html",
            shown=shown,
            sitting=pages.sitting_data(shown, frame),
            there=_places(token),
            problem=problem,
            again=request.args.get("again") == "1",
            signer=pages.signer_of(about.visit),
            page_words=pages.page_words(sitting),
            shop=g.site_name,
        )
    return make_response(page, status)


def _places(token: str) -> pages.Places:
    return pages.Places(
        page=url_for("signatures.by_link", token=token),
        seal=url_for("signatures.seal_by_link", token=token),
        answers=url_for("signatures.answer_by_link", token=token),
        photos=url_for("signatures.by_link", token=token) + "/photos",
        opened=url_for("signatures.open_link", token=token),
        is_own_phone=True,
    )


def _over(link: SigningLink, token: str) -> Response:
    """Signed: thank you, and what was signed. Else: whom to ask."""
    about = About(visit_of(link.visit_id), link.subject_id)
    sitting = sitting_named(link.sitting)
    signed = queries.signatures_of(link.visit_id, link.sitting, link.subject_id)
    with in_language(pages.language_of(request.args.get("lang", ""), about.visit)):
        if link.seal_id is None or not signed:
            page = render_template("signatures/link_over.html", site=g.site_row, shop=g.site_name)
            return make_response(page, 404)
        page = render_template(
            "signatures/thank_you.html", visit=about.visit, signed=signed, awaited=(), code="",
            shop=g.site_name, thanks=sitting.thanks(about), give_back="",
        )  # fmt: skip
    return make_response(page)


@bp.post("/sign/<token>/openings")
@public
@commits
def open_link(token: str) -> ResponseReturnValue:
    """The page says that it is before somebody's eyes."""
    link = links.link_behind(token)
    links.count_post(link, now())
    links.mark_opened(link, at=now())
    return "", 204


@bp.post("/sign/<token>/answers")
@public
@commits
def answer_by_link(token: str) -> ResponseReturnValue:
    """What the customer taps before signing."""
    link = _living(token)
    sitting = sitting_named(link.sitting)
    about = about_visit(sitting, link.visit_id, link.subject_id)
    actions.keep_answers(sitting, about, read_answers(request.form), by=link.by_id, at=now())
    there = url_for("signatures.by_link", token=token)
    return ("", 204) if htmx.wants_fragment else redirect(there, 303)


@bp.post("/sign/<token>/seals")
@public
@commits
def seal_by_link(token: str) -> ResponseReturnValue:
    """The drawing of the name, over the same document and with the same seal as on our tablet."""
    link = links.link_behind(token)
    links.count_post(link, now())
    there = redirect(url_for("signatures.by_link", token=token), 303)
    try:
        draft = read_seal(request.form, site_id=link.site_id, visit_id=link.visit_id)
        if link.seal_id == draft.id:
            return there
        links.living(link, now())
        sitting = sitting_named(link.sitting)
        kept = sealing.seal(
            draft, sitting, link.visit_id, link.subject_id, tablet_id=None, at=now()
        )
        is_asked_again = any(not one.endswith(".words") for one in kept.differences)
        links.mark_signed(link, kept, is_asked_again=is_asked_again)
    except links.LinkOver:
        return there
    except (Invalid, Conflict) as refused:
        db.session.rollback()
        return _page(links.link_behind(token), token, refused.message, refused.status)
    again = "1" if is_asked_again else None
    return redirect(url_for("signatures.by_link", token=token, again=again), 303)


def _living(token: str) -> SigningLink:
    """Raises NotFound for a link that opens nothing any more."""
    link = links.link_behind(token)
    links.count_post(link, now())
    try:
        return links.living(link, now())
    except links.LinkOver:
        raise NotFound from None


@bp.get("/sign/<token>/photos/<uuid:photo_id>/<any(screen, list):size>")
@public
def photo_by_link(token: str, photo_id: uuid.UUID, size: Kind) -> ResponseReturnValue:
    """A photo of the customer's own visit, while the link opens it."""
    try:
        link = links.living(links.link_behind(token), now())
    except links.LinkOver:
        raise NotFound from None
    return picture_answer(photo_of(photo_id, only_of_visit=link.visit_id), size)


@bp.get(STAFF)
@allow(*HANDS_OVER)
def show_links(visit_id: uuid.UUID, sitting: str) -> ResponseReturnValue:
    """How far the customer is, the code to scan, and the way to end it."""
    occasion = sitting_named(sitting)
    about = about_visit(occasion, visit_id, read_about(request.args))
    found = links.links_of(occasion, about)
    states = [(link, links.state_of(link, now())) for link in found]
    living = next((one for one, state in states if state in ("made", "sent", "opened")), None)
    address = links.address_of(living) if living else ""
    return render_template(
        "signatures/links.html",
        visit=about.visit,
        sitting=occasion,
        about=about,
        states=states,
        living=living,
        address=address,
        code=qr_address(address) if address else "",
        can_make=occasion.by_link and bool(to_sign(occasion, about).due),
        back=occasion.leads_to(about),
    )


@bp.post(STAFF)
@allow(*HANDS_OVER)
@commits
def add_signing_link(visit_id: uuid.UUID, sitting: str) -> ResponseReturnValue:
    """Makes the link; the page it goes on to shows its code, so it counts as shown."""
    occasion, about = _allowed(visit_id, sitting)
    link_id = read_id(request.form) if request.form.get("id") else None
    link = links.make_link(occasion, about, by=who().id, at=captured_at(), link_id=link_id)
    links.mark_sent(link, at=captured_at())
    return redirect(_links_page(about, sitting), 303)


@bp.post(f"{STAFF}/<uuid:link_id>/ending")
@allow(*HANDS_OVER)
@commits
def end_signing_link(visit_id: uuid.UUID, sitting: str, link_id: uuid.UUID) -> ResponseReturnValue:
    """The link opens nothing from now on."""
    _occasion, about = _allowed(visit_id, sitting)
    links.end_link(about, link_id, by=who().id, at=captured_at())
    return redirect(_links_page(about, sitting), 303)


def _allowed(visit_id: uuid.UUID, sitting: str) -> tuple[Sitting, About]:
    occasion = sitting_named(sitting)
    if not who().may(*occasion.roles):
        raise Forbidden
    return occasion, about_visit(occasion, visit_id, read_about(request.form))


def _links_page(about: About, sitting: str) -> str:
    return url_for(
        "signatures.show_links", visit_id=about.visit.id, sitting=sitting, about=about.subject_id
    )
