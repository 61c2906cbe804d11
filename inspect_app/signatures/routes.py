"""Review, customer mode and sealing."""

import uuid

from flask import g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.db import db, now
from inspect_app.errors import Conflict, Invalid, Refused, Words
from inspect_app.i18n import OWN_NAMES
from inspect_app.sheets.actions import make_link, token_of_link
from inspect_app.sheets.queries import living_link, qr_address
from inspect_app.signatures import actions, bp, pages, queries, sealing
from inspect_app.signatures.forms import read_seal, read_views
from inspect_app.signatures.rules import STATEMENT_ORDER
from inspect_app.signatures.statements import in_language
from inspect_app.staff.rules import RECEPTION
from inspect_app.visits.file import file_of
from inspect_app.visits.progress import parts, progress_of
from inspect_app.visits.queries import visit_for_capture, visit_of
from inspect_app.visits.rules import may_capture
from inspect_app.visits.steps import step_states
from inspect_app.web import captured_at, commits, htmx


@bp.get("/visits/<uuid:visit_id>/review")
@allow(*RECEPTION)
def review(visit_id: uuid.UUID) -> ResponseReturnValue:
    """What is missing, then the paper as the customer will see it."""
    file = file_of(visit_id)
    progress, shown = pages.review(file)
    return render_template(
        "review/show.html",
        file=file,
        progress=progress,
        shown=shown,
        parts=parts(progress.missing),
        steps=step_states(progress.missing),
    )


@bp.post("/visits/<uuid:visit_id>/customer-mode")
@allow(*RECEPTION)
@commits
def hand_over(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Locks the sign-in to what the customer is to see. `only=S1`: the order alone, now."""
    visit = visit_for_capture(visit_id)
    due = tuple(code for code in progress_of(file_of(visit_id)).due if code in _only())
    actions.hand_over(visit, sign_in_id=who().sign_in_id, due=due, by=who().id, at=now())
    only = request.values.get("only")
    return redirect(url_for("signatures.customer", visit_id=visit_id, only=only), 303)


def _only() -> tuple[str, ...]:
    wanted = request.values.get("only")
    return (wanted,) if wanted in STATEMENT_ORDER else STATEMENT_ORDER


@bp.get("/visits/<uuid:visit_id>/customer")
@allow(*RECEPTION, in_customer_mode=True)
def customer(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The customer's pages. They are shown on a locked tablet only."""
    if who().customer_visit_id is None:
        return redirect(url_for("signatures.review", visit_id=visit_id), 303)
    return _customer_page(visit_id)


def _customer_page(
    visit_id: uuid.UUID, problem: Words = "", status: int = 200
) -> ResponseReturnValue:
    file = file_of(visit_id)
    language = pages.language_of(request.values.get("lang", ""), file.visit)
    shown = pages.customer_pages(file, language, only=_only())
    if not shown.due and not problem:
        return redirect(url_for("signatures.thank_you", visit_id=visit_id), 303)
    with in_language(language):
        page = render_template(
            "signatures/customer.html",
            file=file,
            shown=shown,
            sitting=pages.sitting_data(shown, who(), g.site_name),
            signer=pages.signer_of(file),
            page_words=pages.page_words(),
            languages=_languages(visit_id),
            shop=g.site_name,
            problem=problem,
            again=request.args.get("again") == "1",
        )
    return make_response(page, status)


def _languages(visit_id: uuid.UUID) -> list[tuple[str, str, str]]:
    only = request.values.get("only")
    return [
        (code, name, url_for("signatures.customer", visit_id=visit_id, lang=code, only=only))
        for code, name in OWN_NAMES.items()
    ]


@bp.post("/visits/<uuid:visit_id>/mark-views")
@allow(*RECEPTION, in_customer_mode=True)
@commits
def add_views(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The customer agrees, is not sure, or disagrees."""
    visit = visit_for_capture(visit_id)
    actions.keep_views(visit, read_views(request.form), by=who().id, at=captured_at())
    if htmx.wants_fragment:
        return "", 204
    back = url_for("signatures.customer", visit_id=visit_id, _anchor="condition")
    return redirect(back, 303)


@bp.post("/visits/<uuid:visit_id>/seals")
@allow(*RECEPTION, in_customer_mode=True)
@commits
def add_seal(visit_id: uuid.UUID) -> ResponseReturnValue:
    """One drawing of the name over everything that was shown and acknowledged."""
    try:
        draft = read_seal(request.form, site_id=who().site_id, visit_id=visit_id)
        kept = sealing.seal(draft, visit_id, tablet_id=who().tablet_id, at=now())
        make_link(visit_of(visit_id), by=kept.by_id, at=now())
    except (Invalid, Conflict) as refused:
        db.session.rollback()
        return _refused(visit_id, refused)
    page = "signatures.customer" if kept.differences else "signatures.thank_you"
    again = "1" if kept.differences else None
    return redirect(url_for(page, visit_id=visit_id, again=again), 303)


def _refused(visit_id: uuid.UUID, refused: Refused) -> ResponseReturnValue:
    """In the customer's hands: the pages again, as they are now, and why. Else the usual answer."""
    if who().customer_visit_id is None or htmx.wants_fragment:
        raise refused
    return _customer_page(visit_id, refused.message, refused.status)


@bp.get("/visits/<uuid:visit_id>/thank-you")
@allow(*RECEPTION, in_customer_mode=True)
def thank_you(visit_id: uuid.UUID) -> ResponseReturnValue:
    """What was signed, the code for the customer's copy, and the way back to the shop."""
    visit, link = visit_of(visit_id), living_link(visit_id)
    address = url_for("sheets.copy", token=token_of_link(link.id), _external=True) if link else ""
    with in_language(pages.language_of("", visit)):
        return render_template(
            "signatures/thank_you.html",
            visit=visit,
            signed=queries.signatures_of(visit_id),
            awaited=queries.awaited_photos(visit_id),
            code=qr_address(address) if address else "",
            shop=g.site_name,
            complete=not may_capture(visit.state),
        )
