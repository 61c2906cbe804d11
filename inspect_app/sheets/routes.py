"""The check-in sheet as PDF, and the customer's link to it."""

import uuid

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from inspect_app.access import allow, public, who
from inspect_app.db import db, now
from inspect_app.i18n import LOCALES, OWN_NAMES, locale
from inspect_app.ids import read_id
from inspect_app.sheets import actions, bp
from inspect_app.sheets.facts import Locale
from inspect_app.sheets.filler import sheet_of
from inspect_app.sheets.queries import LinkEnded, living_link, qr_address, visit_behind
from inspect_app.sheets.render import check_in_sheet, signed_paper
from inspect_app.sheets.rules import READERS
from inspect_app.sheets.signed_filler import paper_of, signed_seals
from inspect_app.sheets.words import labels_in
from inspect_app.signatures.queries import seal_of
from inspect_app.signatures.sittings import sitting_named
from inspect_app.signatures.statements import in_language
from inspect_app.staff.rules import RECEPTION
from inspect_app.visits.file import VisitFile, file_of
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.visits.rules import may_capture
from inspect_app.web import captured_at, commits


@bp.get("/visits/<uuid:visit_id>/sheet.pdf")
@allow(*READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The sheet in the customer's language, or in another (`?lang=`)."""
    file = file_of(visit_id)
    return _pdf(file, _language(file.visit.customer_locale))


def _language(default: str) -> Locale:
    asked = request.args.get("lang")
    chosen = asked if asked in LOCALES else default
    return "ko" if chosen == "ko" else "zh" if chosen == "zh" else "en"


def _pdf(file: VisitFile, language: Locale, copy_note: str = "") -> Response:
    """Everything is read before; no transaction waits while type is set."""
    sheet = sheet_of(file, language, copy_note)
    with in_language(language):
        labels = labels_in(gettext)
    made_at = max((seal.recorded_at for seal in file.seals.values()), default=now())
    db.session.rollback()
    answer = make_response(check_in_sheet(sheet, labels, made_at).pdf)
    answer.headers["Content-Type"] = "application/pdf"
    name = f"check-in-{sheet.order_number}.pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@bp.get("/visits/<uuid:visit_id>/seals/<uuid:seal_id>.pdf")
@allow(*READERS)
def signed(visit_id: uuid.UUID, seal_id: uuid.UUID) -> ResponseReturnValue:
    """What was signed on one occasion after the check-in, in the language that was signed."""
    return _signed_pdf(visit_of(visit_id), seal_id, is_copy=False)


def _signed_pdf(visit: Visit, seal_id: uuid.UUID, *, is_copy: bool) -> Response:
    """Everything is read before; no transaction waits while type is set."""
    paper = paper_of(visit, seal_id, is_copy=is_copy)
    seal = seal_of(seal_id)
    made_at = seal.recorded_at if seal else now()
    with in_language(paper.locale):
        labels = labels_in(gettext)
    db.session.rollback()
    answer = make_response(signed_paper(paper, labels, made_at).pdf)
    answer.headers["Content-Type"] = "application/pdf"
    name = f"signed-{paper.seal.chain_number}.pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@bp.post("/visits/<uuid:visit_id>/sheet-links")
@allow(*RECEPTION)
@commits
def add_link(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Gives the customer a link; the page it goes on to shows its code."""
    link_id = read_id(request.form) if request.form.get("id") else None
    actions.make_link(visit_of(visit_id), by=who().id, at=captured_at(), link_id=link_id)
    return redirect(url_for("sheets.give", visit_id=visit_id), 303)


@bp.get("/visits/<uuid:visit_id>/copy")
@allow(*RECEPTION)
def give(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The code that the customer scans; one tap makes a link where there is none."""
    visit, link = visit_of(visit_id), living_link(visit_id)
    address = ""
    if link is not None:
        token = actions.token_of_link(link.id)
        address = url_for("sheets.copy", token=token, _external=True)
    code = qr_address(address) if address else ""
    return render_template(
        "sheets/give.html", visit=visit, link=link, address=address, code=code, new_id=uuid.uuid4()
    )


@bp.post("/visits/<uuid:visit_id>/sheet-links/<uuid:link_id>/ending")
@allow(*RECEPTION)
@commits
def end_link(visit_id: uuid.UUID, link_id: uuid.UUID) -> ResponseReturnValue:
    """The link opens nothing from now on."""
    actions.end_link(visit_id, link_id, by=who().id, at=captured_at())
    return redirect(url_for("sheets.give", visit_id=visit_id), 303)


@bp.get("/copy/<token>")
@public
def copy(token: str) -> ResponseReturnValue:
    """The customer's page: what it is, and the PDF."""
    try:
        visit = visit_of(visit_behind(token, now()))
    except LinkEnded:
        return _ended()
    language = _language(visit.customer_locale)
    with in_language(language):
        return render_template(
            "sheets/copy.html",
            visit=visit,
            token=token,
            is_draft=may_capture(visit.state),
            languages=[
                (code, OWN_NAMES[code], url_for("sheets.copy", token=token, lang=code))
                for code in LOCALES
            ],
            site=g.site_row,
            papers=[(seal, sitting_named(seal.sitting).title) for seal in signed_seals(visit.id)],
        )


@bp.get("/copy/<token>/seals/<uuid:seal_id>.pdf")
@public
def copy_signed(token: str, seal_id: uuid.UUID) -> ResponseReturnValue:
    """What the customer signed later, marked as the customer's copy."""
    try:
        visit = visit_of(visit_behind(token, now()))
    except LinkEnded:
        return _ended()
    return _signed_pdf(visit, seal_id, is_copy=True)


@bp.get("/copy/<token>/sheet.pdf")
@public
def copy_pdf(token: str) -> ResponseReturnValue:
    """The sheet itself, marked as the customer's copy."""
    try:
        file = file_of(visit_behind(token, now()))
    except LinkEnded:
        return _ended()
    language = _language(file.visit.customer_locale)
    with in_language(language):
        note = gettext("Customer's copy")
    return _pdf(file, language, note)


def _ended() -> Response:
    with in_language(locale()):
        page = render_template("sheets/ended.html", language=str(get_locale()), site=g.site_row)
    return make_response(page, 404)
