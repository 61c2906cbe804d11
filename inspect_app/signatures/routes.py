"""Review, customer mode and sealing, for every sitting; the check-in's has the short addresses."""

import uuid
from typing import Any

from flask import g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.db import db, now
from inspect_app.errors import Conflict, Forbidden, Invalid, Refused, Words
from inspect_app.ids import optional_id
from inspect_app.sheets.actions import make_link, token_of_link
from inspect_app.sheets.queries import living_link, qr_address
from inspect_app.signatures import actions, bp, pages, queries, sealing
from inspect_app.signatures.forms import read_about, read_answers, read_seal, read_views
from inspect_app.signatures.rules import HANDS_OVER
from inspect_app.signatures.sittings import (
    CHECK_IN,
    About,
    Sitting,
    about_visit,
    admit,
    sitting_named,
    to_sign,
)
from inspect_app.signatures.statements import in_language
from inspect_app.staff.rules import RECEPTION
from inspect_app.visits.file import file_of
from inspect_app.visits.progress import parts
from inspect_app.visits.queries import visit_for_capture, visit_of
from inspect_app.visits.steps import step_states
from inspect_app.web import captured_at, commits, htmx

SHORT = {"defaults": {"sitting": CHECK_IN}}
LONG = "/visits/<uuid:visit_id>/sittings/<sitting>"


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


@bp.post("/visits/<uuid:visit_id>/customer-mode", **SHORT)
@bp.post(f"{LONG}/customer-mode")
@allow(*HANDS_OVER)
@commits
def hand_over(visit_id: uuid.UUID, sitting: str) -> ResponseReturnValue:
    """Locks the sign-in to what the customer is to see. `only=S1`: the order alone, now."""
    occasion, only = sitting_named(sitting), _only()
    if not who().may(*occasion.roles):
        raise Forbidden
    about = about_visit(occasion, visit_id, read_about(request.form))
    admit(occasion, about)
    due = [code for code in to_sign(occasion, about).due if only is None or code in only]
    actions.hand_over(about, occasion, who().sign_in_id, due=due, by=who().id, at=now())
    if occasion.handed is not None:
        occasion.handed(about, due, by=who().id, at=now())
    return redirect(_address("customer", about, sitting, only=request.form.get("only")), 303)


def _only() -> tuple[str, ...] | None:
    wanted = request.values.get("only")
    return (wanted,) if wanted else None


def _address(page: str, about: About, sitting: str, **more: Any) -> str:
    return url_for(f"signatures.{page}", visit_id=about.visit.id, sitting=sitting, **more)


@bp.get("/visits/<uuid:visit_id>/customer", **SHORT)
@bp.get(f"{LONG}/customer")
@allow(*HANDS_OVER, in_customer_mode=True)
def customer(visit_id: uuid.UUID, sitting: str) -> ResponseReturnValue:
    """The customer's pages. They are shown on a locked tablet only, those of its own sitting."""
    occasion = sitting_named(sitting)
    if who().customer_visit_id is None:
        if sitting == CHECK_IN:
            return redirect(url_for("signatures.review", visit_id=visit_id), 303)
        return redirect(
            occasion.leads_to(about_visit(occasion, visit_id, read_about(request.args))), 303
        )
    about = about_visit(occasion, visit_id, who().customer_subject_id)
    locked_for = who().customer_sitting or CHECK_IN
    if locked_for != sitting:
        return redirect(_address("customer", about, locked_for), 303)
    return _customer_page(occasion, about)


def _customer_page(
    sitting: Sitting, about: About, problem: Words = "", status: int = 200
) -> ResponseReturnValue:
    language = pages.language_of(request.values.get("lang", ""), about.visit)
    shown = pages.customer_pages(sitting, about, language, only=_only())
    if not shown.due and not problem:
        return redirect(_address("thank_you", about, sitting.name), 303)
    frame = pages.Frame(
        who().site_id, g.site_name, who().id, who().name, who().tablet_id,
        about.order_number,
    )  # fmt: skip
    only = request.values.get("only")
    with in_language(language):
        page = render_template(
            "signatures/customer.html",
            shown=shown,
            sitting=pages.sitting_data(shown, frame),
            there=pages.Places(
                page=_address("customer", about, sitting.name, only=only),
                seal=_address("add_seal", about, sitting.name),
                answers=_address("add_answers", about, sitting.name),
            ),
            problem=problem,
            again=request.args.get("again") == "1",
            signer=pages.signer_of(about.visit),
            page_words=pages.page_words(sitting),
            shop=g.site_name,
        )
    return make_response(page, status)


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


@bp.post(f"{LONG}/answers")
@allow(*HANDS_OVER, in_customer_mode=True)
@commits
def add_answers(visit_id: uuid.UUID, sitting: str) -> ResponseReturnValue:
    """What the customer taps before signing, kept by the sitting's own noun."""
    occasion = sitting_named(sitting)
    about = about_visit(occasion, visit_id, read_about(request.form))
    answers = read_answers(request.form)
    actions.keep_answers(occasion, about, answers, by=who().id, at=captured_at())
    return ("", 204) if htmx.wants_fragment else redirect(_address("customer", about, sitting), 303)


@bp.post("/visits/<uuid:visit_id>/seals", **SHORT)
@bp.post(f"{LONG}/seals")
@allow(*HANDS_OVER, in_customer_mode=True)
@commits
def add_seal(visit_id: uuid.UUID, sitting: str) -> ResponseReturnValue:
    """One drawing of the name over everything that was shown and acknowledged."""
    occasion, subject_id = sitting_named(sitting), read_about(request.form)
    try:
        draft = read_seal(request.form, site_id=who().site_id, visit_id=visit_id)
        kept = sealing.seal(
            draft, occasion, visit_id, subject_id, tablet_id=who().tablet_id, at=now()
        )
        about = about_visit(occasion, visit_id, subject_id)
        if occasion.gives_copy:
            link_id = optional_id(request.form, "link_id")
            make_link(about.visit, by=kept.by_id, at=now(), link_id=link_id)
    except (Invalid, Conflict) as refused:
        db.session.rollback()
        return _refused(occasion, visit_id, subject_id, refused)
    page = "customer" if kept.differences else "thank_you"
    return redirect(_address(page, about, sitting, again="1" if kept.differences else None), 303)


def _refused(
    sitting: Sitting, visit_id: uuid.UUID, subject_id: uuid.UUID | None, refused: Refused
) -> ResponseReturnValue:
    """In the customer's hands: the pages again, as they are now, and why. Else the usual answer."""
    if who().customer_visit_id is None or htmx.wants_fragment:
        raise refused
    about = about_visit(sitting, visit_id, subject_id)
    return _customer_page(sitting, about, refused.message, refused.status)


@bp.get("/visits/<uuid:visit_id>/thank-you", **SHORT)
@bp.get(f"{LONG}/thank-you")
@allow(*HANDS_OVER, in_customer_mode=True)
def thank_you(visit_id: uuid.UUID, sitting: str) -> ResponseReturnValue:
    """What was signed, the code for the customer's copy, and the way back to the shop."""
    occasion = sitting_named(sitting)
    about = About(visit_of(visit_id), who().customer_subject_id)
    link = living_link(visit_id) if occasion.gives_copy else None
    address = url_for("sheets.copy", token=token_of_link(link.id), _external=True) if link else ""
    with in_language(pages.language_of("", about.visit)):
        return render_template(
            "signatures/thank_you.html",
            visit=about.visit,
            signed=queries.signatures_of(visit_id, sitting, about.subject_id),
            awaited=queries.awaited_photos(visit_id),
            code=qr_address(address) if address else "",
            shop=g.site_name,
            thanks=occasion.thanks(about),
            give_back=url_for("signatures.give_back", visit_id=visit_id),
        )
