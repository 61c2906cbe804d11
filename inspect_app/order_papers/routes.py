"""The papers of an order as PDF, and the one that is given as a quote."""

import uuid
from collections.abc import Callable

from flask import Blueprint, Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.access import allow, who
from inspect_app.db import db, now
from inspect_app.errors import NotFound
from inspect_app.i18n import LOCALES, locale
from inspect_app.order_papers.leaves import estimate_leaf, job_card, order_leaf
from inspect_app.orders.showing import Standing, customers_language, show_order, standing_of
from inspect_app.sheets.leaves import Leaf, leaf_pdf
from inspect_app.sheets.rules import READERS
from inspect_app.signatures.statements import in_language
from inspect_app.staff.rules import RECEPTION, VISIT_READERS, Role
from inspect_app.visits.file import VisitFile, file_of
from inspect_app.web import captured_at, commits

bp = Blueprint("order_papers", __name__)

WORKSHOP = (*VISIT_READERS, Role.TEAM, Role.QUALITY_INSPECTOR, Role.PARTS)
"""Those who work by the card; it holds neither prices nor contact."""


def _language(default: str) -> str:
    asked = request.args.get("lang")
    return asked if asked in LOCALES else default


def _pdf(file: VisitFile, language: str, name: str, fill: Callable[[], Leaf]) -> Response:
    """Everything is read before; no transaction waits while type is set."""
    with in_language(language):
        leaf = fill()
        number, made_at = file.order.number, now()
        db.session.rollback()
        answer = make_response(leaf_pdf(leaf, made_at))
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}-{number}.pdf"'
    return answer


def _standing(file: VisitFile) -> Standing:
    """What was shown, told and signed, in the language of the paper."""
    return standing_of(file, locale())


@bp.get("/visits/<uuid:visit_id>/order.pdf")
@allow(*READERS)
def order(visit_id: uuid.UUID) -> ResponseReturnValue:
    """For the customer, in the customer's language or in another (`?lang=`)."""
    file = file_of(visit_id)
    language = _language(customers_language(file.visit))
    return _pdf(file, language, "order", lambda: order_leaf(file, _standing(file)))


@bp.get("/visits/<uuid:visit_id>/estimate.pdf")
@allow(*READERS)
def estimate(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The Korean form, where Korean law holds."""
    file = file_of(visit_id)
    if not file.rules.is_korean:
        raise NotFound
    return _pdf(file, _language("ko"), "estimate", lambda: estimate_leaf(file, _standing(file)))


@bp.get("/visits/<uuid:visit_id>/job-card.pdf")
@allow(*WORKSHOP)
def card(visit_id: uuid.UUID) -> ResponseReturnValue:
    """For the workshop, in the language of who prints it."""
    file = file_of(visit_id)
    return _pdf(file, _language(locale()), "job-card", lambda: job_card(file))


@bp.post("/visits/<uuid:visit_id>/order/versions")
@allow(*RECEPTION)
@commits
def add_version(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The quote is given on paper: what it says is a version from now on."""
    show_order(file_of(visit_id), shown_on="paper", by=who().id, at=captured_at())
    return redirect(url_for("orders.show", visit_id=visit_id, _anchor="order-shown"), 303)
