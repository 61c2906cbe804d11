"""Giving the guarantee card, and its paper."""

import uuid

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid, NotFound
from inspect_app.guarantees import actions
from inspect_app.guarantees.forms import read_card
from inspect_app.guarantees.paper import card_on_paper
from inspect_app.guarantees.queries import card_of
from inspect_app.i18n import LOCALES
from inspect_app.settlements.page import settlement_page
from inspect_app.settlements.rules import CLERKS, READERS
from inspect_app.sheets.documents import document_pdf
from inspect_app.visits.queries import visit_of
from inspect_app.web import captured_at, commits, refuse_act

bp = Blueprint("guarantees", __name__)


@bp.post("/visits/<uuid:visit_id>/guarantee")
@allow(*CLERKS)
@commits
def add_card(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The terms were told (P9), and the card has a number."""
    visit = visit_of(visit_id)
    try:
        if visit.state != "settling":
            raise Conflict(actions.NOT_NOW)
        actions.give_card(visit, read_card(request.form), by=who().id, at=captured_at())
    except (Invalid, Conflict) as problem:
        page = "settlements/show.html"
        return refuse_act(
            problem, page, page, lambda **more: settlement_page(visit_of(visit_id), **more)
        )
    return redirect(url_for("settlements.show", visit_id=visit_id), 303)


@bp.get("/visits/<uuid:visit_id>/guarantee.pdf")
@allow(*READERS)
def card_pdf(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The card, in the customer's language or the one asked for."""
    visit, card = visit_of(visit_id), card_of(visit_id)
    if card is None:
        raise NotFound
    wanted = request.args.get("lang", "")
    paper = card_on_paper(visit, card, wanted if wanted in LOCALES else visit.customer_locale)
    made_at = card.recorded_at
    db.session.rollback()  # no transaction waits while type is set
    answer = Response(document_pdf(paper, made_at), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="guarantee-{paper.number}.pdf"'
    return answer
