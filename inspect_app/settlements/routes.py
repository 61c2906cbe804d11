"""Totalling, the customer's arrival, the sheet shown and agreed to, payment, and the end of it."""

import uuid
from functools import partial
from typing import Any

from flask import Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.db import db, now
from inspect_app.errors import Conflict, Invalid, NotFound, Refused
from inspect_app.i18n import LOCALES
from inspect_app.settlements import actions, bp, rules
from inspect_app.settlements.desk import desk
from inspect_app.settlements.forms import (
    AUTHORITIES,
    read_agreement,
    read_charge,
    read_collection,
    read_pass_id,
    read_payment,
    read_total,
)
from inspect_app.settlements.page import collection_page, settlement_page
from inspect_app.settlements.paper import sheet_on_paper
from inspect_app.settlements.queries import sheet_of
from inspect_app.settlements.signing import NAME
from inspect_app.sheets.documents import document_pdf
from inspect_app.signatures.actions import hand_over
from inspect_app.signatures.sittings import about_visit, sitting_named, to_sign
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.web import (
    captured_at,
    commits,
    lead_on,
    page_or_fragment,
    refuse_act,
    respond,
)

VISIT = "/visits/<uuid:visit_id>/settlement"
PART = "settlements/settlement.swap.html"


def _page_url(visit_id: uuid.UUID) -> str:
    return url_for("settlements.show", visit_id=visit_id)


def _done(visit: Visit) -> Response:
    return respond(PART, _page_url(visit.id), **settlement_page(visit))


def _sheet_refused(visit_id: uuid.UUID, problem: Refused) -> Response:
    def fill(**more: Any) -> dict[str, Any]:
        return settlement_page(visit_of(visit_id), **more)

    return refuse_act(problem, "settlements/show.html", PART, fill)


@bp.get("/settlements")
@allow(*rules.CLERKS, *rules.READERS)
def show_desk() -> ResponseReturnValue:
    """The settlement desk: cars to total, waiting, at the desk, and what is still to be paid."""
    return page_or_fragment(
        "settlements/desk.html", "settlements/_desk.html", groups=desk(now()), now=now()
    )


@bp.get(VISIT)
@allow(*rules.READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The sheet of a visit, and what may be done with it now."""
    page = settlement_page(visit_of(visit_id))
    return page_or_fragment("settlements/show.html", PART, **page)


@bp.get(f"{VISIT}/story")
@allow(*rules.READERS)
def story(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The settlement as a part of the record."""
    visit = visit_of(visit_id)
    return render_template("settlements/_story.html", visit=visit, sheet=sheet_of(visit))


@bp.post(f"{VISIT}/totals")
@allow(*rules.CLERKS)
@commits
def add_total(visit_id: uuid.UUID) -> ResponseReturnValue:
    """11.02: the slips are in, and this is what they come to."""
    visit = visit_of(visit_id)
    try:
        actions.total(visit, amount=read_total(request.form), by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _sheet_refused(visit_id, problem)
    return _done(visit)


@bp.post(f"{VISIT}/charges")
@allow(*rules.CLERKS)
@commits
def add_charge(visit_id: uuid.UUID) -> ResponseReturnValue:
    """A line that the order does not have: outside work, materials, a part more."""
    visit = visit_of(visit_id)
    try:
        draft = read_charge(request.form, currency=g.currency)
        actions.add_charge(visit, draft, by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _sheet_refused(visit_id, problem)
    return _done(visit)


@bp.post(f"{VISIT}/charges/<uuid:charge_id>/removal")
@allow(*rules.CLERKS)
@commits
def remove_charge(visit_id: uuid.UUID, charge_id: uuid.UUID) -> ResponseReturnValue:
    """An added line is taken off again."""
    visit = visit_of(visit_id)
    try:
        actions.remove_charge(visit, charge_id, by=who().id, at=captured_at())
    except Conflict as problem:
        return _sheet_refused(visit_id, problem)
    return _done(visit)


@bp.get("/visits/<uuid:visit_id>/collection")
@allow(*rules.COLLECTION_CLERKS)
def collect(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The customer is here: who, what shows that they may, the short account (12.01)."""
    page = _collection(visit_id)
    return render_template("settlements/collect.html", **page)


@bp.post("/visits/<uuid:visit_id>/collection")
@allow(*rules.COLLECTION_CLERKS)
@commits
def begin(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T32: on to the desk."""
    visit = visit_of(visit_id)
    try:
        actions.begin(visit, read_collection(request.form), by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        page = "settlements/collect.html"
        return refuse_act(problem, page, page, partial(_collection, visit_id))
    return redirect(_page_url(visit_id), 303)


def _collection(visit_id: uuid.UUID, **more: Any) -> dict[str, Any]:
    return collection_page(visit_of(visit_id), AUTHORITIES, **more)


@bp.post("/visits/<uuid:visit_id>/storage")
@allow(*rules.COLLECTION_CLERKS)
@commits
def charge_storage(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T42: the car was not collected in the free time; from then on each day costs something."""
    actions.charge_storage(visit_of(visit_id), by=who().id, at=captured_at())
    return redirect(url_for("settlements.collect", visit_id=visit_id), 303)


@bp.post(f"{VISIT}/versions")
@allow(*rules.CLERKS)
@commits
def show_sheet(visit_id: uuid.UUID) -> ResponseReturnValue:
    """12.02: the sheet as it is now goes to the customer, on this tablet, to be signed."""
    visit, sitting = visit_of(visit_id), sitting_named(NAME)
    try:
        actions.show_sheet(visit, by=who().id, at=captured_at())
        about = about_visit(sitting, visit_id)
        due = to_sign(sitting, about).due
        if request.form.get("sign"):
            hand_over(about, sitting, who().sign_in_id, due=due, by=who().id, at=now())
    except Conflict as problem:
        return _sheet_refused(visit_id, problem)
    page = url_for("signatures.customer", visit_id=visit_id, sitting=NAME)
    to = page if request.form.get("sign") else _page_url(visit_id)
    return lead_on(make_response(redirect(to, 303)), to)


@bp.post(f"{VISIT}/agreement")
@allow(*rules.CLERKS)
@commits
def agree(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The customer agreed to the shown sheet without signing it."""
    visit = visit_of(visit_id)
    try:
        words = read_agreement(request.form)
        actions.agree_otherwise(visit, words, by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _sheet_refused(visit_id, problem)
    return _done(visit)


@bp.post(f"{VISIT}/payments")
@allow(*rules.CLERKS)
@commits
def pay(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Money comes in: the whole, or a part in one of several kinds."""
    visit = visit_of(visit_id)
    try:
        paid = read_payment(request.form, currency=g.currency)
        actions.pay(visit, paid.id, paid.method, paid.amount, by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _sheet_refused(visit_id, problem)
    return _done(visit)


@bp.post(f"{VISIT}/closing")
@allow(*rules.CLERKS)
@commits
def close(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T33: settled; the gate pass and the guarantee card are there at once (12.04)."""
    visit = visit_of(visit_id)
    try:
        actions.close(visit, read_pass_id(request.form), by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        return _sheet_refused(visit_id, problem)
    return _done(visit)


@bp.get(f"{VISIT}.pdf")
@allow(*rules.READERS)
def sheet_pdf(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The sheet as it was shown last, with what was paid since."""
    visit = visit_of(visit_id)
    sheet = sheet_of(visit)
    if sheet.version is None:
        raise NotFound
    wanted = request.args.get("lang", "")
    language = wanted if wanted in LOCALES else visit.customer_locale
    paper, made_at = (
        sheet_on_paper(visit, sheet, sheet.version, language),
        sheet.version.captured_at,
    )
    db.session.rollback()  # no transaction waits while type is set
    answer = Response(document_pdf(paper, made_at), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="settlement-{paper.number}.pdf"'
    return answer
