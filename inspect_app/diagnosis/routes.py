"""A visit's diagnosis: consent, findings, report; and the list of cars being diagnosed."""

import uuid
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from inspect_app.access import allow, who
from inspect_app.amounts import typed_amount
from inspect_app.db import db, now
from inspect_app.diagnosis import actions, queries
from inspect_app.diagnosis.forms import read_consent, read_finding, read_helper, read_notes
from inspect_app.diagnosis.models import Diagnosis, Finding
from inspect_app.diagnosis.report import report_leaf
from inspect_app.diagnosis.rules import READERS, WRITERS
from inspect_app.errors import Invalid, Stale, Words
from inspect_app.i18n import LOCALES, named_codes
from inspect_app.orders.disclosures import text
from inspect_app.orders.line_actions import save_line
from inspect_app.orders.queries import order_for_capture
from inspect_app.orders.showing import customers_language, money_in
from inspect_app.sheets.leaves import leaf_pdf
from inspect_app.signatures.statements import in_language
from inspect_app.sites.queries import site_rules
from inspect_app.staff.rules import RECEPTION, sees_contact, sees_prices
from inspect_app.visits.due import DueRow, add_source
from inspect_app.visits.file import file_of, photos_of
from inspect_app.visits.models import Visit
from inspect_app.visits.queries import visit_of
from inspect_app.visits.rules import TRANSITIONS, transition
from inspect_app.visits.story import Act, Part, add_act, add_part
from inspect_app.web import captured_at, commits, htmx, page_or_fragment, respond

bp = Blueprint("diagnosis", __name__)

_STATES = frozenset(target for line in TRANSITIONS for target in line.targets) - {"booked"}
add_part(
    Part("diagnosis", _l("Diagnosis"), "diagnosis.show", _STATES, frozenset(READERS), place=15)
)
add_act(Act(_l("Diagnosis"), "diagnosis.show", frozenset({"diagnosing"}), frozenset(WRITERS)))


def _due(now: datetime) -> list[DueRow]:
    """Called, the technician comes at once; made, the report is handed over at once (N12)."""
    return [
        DueRow(
            queries.due_at(one.diagnosis),
            "diagnosis",
            one.visit.id,
            one.vehicle,
            holder=one.helper,
            words=_l("Hand the diagnosis report to the customer")
            if one.diagnosis.reported_at
            else _l("Diagnose this car and say where the fault is"),
            url=url_for("diagnosis.show", visit_id=one.visit.id),
        )
        for one in queries.open_diagnoses()
    ]


add_source("diagnosis", _due, frozenset(WRITERS))


def _page(visit: Visit, **more: Any) -> dict[str, Any]:
    """What the diagnosis of a visit shows; contact and prices to those who may see them."""
    found = queries.diagnosis_of(visit.id)
    findings = queries.findings_of(found.id) if found else []
    roles, amount = who().roles, site_rules().diagnosis_fee_amount
    is_open = found is not None and found.handed_at is None
    return {
        "visit": visit,
        "diagnosis": found,
        "findings": findings,
        "names": queries.names_of(found) if found else {},
        "technicians": queries.technicians() if is_open else [],
        "photos": [n for n in photos_of(visit.id) if n.photo.subject == "finding"],
        "ordered": queries.ordered_findings(findings) if findings else frozenset(),
        "systems": named_codes("vehicle_systems"),
        "urgencies": named_codes("urgencies"),
        "ways": named_codes("consent_ways"),
        "may_begin": who().may(*RECEPTION) and visit.state in transition("T08").origins,
        "may_write": who().may(*WRITERS) and is_open and visit.state == "diagnosing",
        "may_order": who().may(*RECEPTION),
        "contact": sees_contact(roles),
        "prices": sees_prices(roles),
        "usual_fee": typed_amount(amount or None),
        "fee_words": _fee_words(visit, amount),
        "v": _consent_values(visit, amount),
        "typed": {},
        "problems": {},
    } | more


def _fee_words(visit: Visit, amount: int) -> str:
    """P6 as the customer is told it, in the customer's language."""
    language = customers_language(visit)
    return text("P6", language, amount=money_in(language, amount)) if amount else ""


def _consent_values(visit: Visit, amount: int) -> dict[str, str]:
    customer = visit.customer.name if visit.customer else ""
    return {
        "consent_by": visit.bringer_name or customer,
        "consent_how": "in_person",
        "fee_told": "" if amount else "no",
        "fee_amount": typed_amount(amount or None),
    }


def _answer(visit: Visit, status: int = 200, **more: Any) -> Response:
    """The diagnosis as a page, as the part of it that htmx swaps, or folded into the record."""
    fragment = "diagnosis/diagnosis.swap.html"
    if htmx.wants_fragment and request.method == "GET":
        fragment = "diagnosis/_story.html"
    answer = page_or_fragment("diagnosis/show.html", fragment, **_page(visit, **more))
    answer.status_code = status
    return answer


def _done(visit: Visit) -> Response:
    page_url = url_for(".show", visit_id=visit.id)
    return respond("diagnosis/diagnosis.swap.html", page_url, **_page(visit))


@bp.get("/visits/<uuid:visit_id>/diagnosis")
@allow(*READERS)
def show(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The diagnosis of a visit; where there is none, the form of the consent."""
    return _answer(visit_of(visit_id))


@bp.get("/diagnoses")
@allow(*WRITERS)
def index() -> ResponseReturnValue:
    """The cars that are being diagnosed."""
    return render_template("diagnosis/index.html", rows=queries.open_diagnoses())


@bp.post("/visits/<uuid:visit_id>/diagnosis")
@allow(*RECEPTION)
@commits
def begin(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T08: begins with the customer's consent."""
    visit = visit_of(visit_id)
    try:
        consent = read_consent(request.form, currency=g.currency)
    except Invalid as refused:
        return _answer(visit, 422, v=request.form, problems=refused.problems)
    actions.begin(visit, consent, by=who().id, at=captured_at())
    return _done(visit)


@bp.post("/visits/<uuid:visit_id>/diagnosis/helper")
@allow(*RECEPTION)
@commits
def call_helper(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The technician is called to the bay (2.03)."""
    visit, diagnosis = visit_of(visit_id), queries.begun_diagnosis(visit_id)
    try:
        helper_id = read_helper(request.form, queries.technicians())
    except Invalid as refused:
        return _answer(visit, 422, problems=refused.problems)
    actions.call_helper(diagnosis, helper_id, by=who().id, at=captured_at())
    return _done(visit)


@bp.post("/visits/<uuid:visit_id>/diagnosis/notes")
@allow(*WRITERS)
@commits
def save_notes(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The symptom, and how the car was examined."""
    visit, diagnosis = visit_of(visit_id), queries.begun_diagnosis(visit_id)
    actions.save_notes(diagnosis, read_notes(request.form), by=who().id, at=captured_at())
    return _done(visit)


@bp.post("/visits/<uuid:visit_id>/diagnosis/findings")
@allow(*WRITERS)
@commits
def save_finding(visit_id: uuid.UUID) -> ResponseReturnValue:
    """Adds a finding or changes one. What can't be kept comes back as it was typed."""
    visit, diagnosis = visit_of(visit_id), queries.begun_diagnosis(visit_id)
    try:
        draft = read_finding(request.form)
        actions.save_finding(
            diagnosis, draft.id, draft.values, version=draft.version, by=who().id, at=captured_at()
        )
    except (Invalid, Stale) as refused:
        db.session.rollback()
        said: dict[str, Words] = {"version": refused.message}
        problems = refused.problems if isinstance(refused, Invalid) else said
        return _answer(visit, refused.status, typed=request.form.to_dict(), problems=problems)
    return _done(visit)


@bp.post("/visits/<uuid:visit_id>/diagnosis/findings/<uuid:finding_id>/removal")
@allow(*WRITERS)
@commits
def remove_finding(visit_id: uuid.UUID, finding_id: uuid.UUID) -> ResponseReturnValue:
    """Takes a finding out of the report."""
    visit, diagnosis, finding = _found(visit_id, finding_id)
    actions.remove_finding(finding, diagnosis, by=who().id, at=captured_at())
    return _done(visit)


def _found(visit_id: uuid.UUID, finding_id: uuid.UUID) -> tuple[Visit, Diagnosis, Finding]:
    visit, diagnosis = visit_of(visit_id), queries.begun_diagnosis(visit_id)
    return visit, diagnosis, queries.finding_of(diagnosis.id, finding_id)


@bp.post("/visits/<uuid:visit_id>/diagnosis/findings/<uuid:finding_id>/order-line")
@allow(*RECEPTION)
@commits
def order_finding(visit_id: uuid.UUID, finding_id: uuid.UUID) -> ResponseReturnValue:
    """What was suggested becomes an item of the order, its price not yet known."""
    visit, _diagnosis, finding = _found(visit_id, finding_id)
    _visit, order = order_for_capture(visit_id)
    if finding_id not in queries.ordered_findings([finding]):
        values = {
            "description": finding.suggestion or finding.place,
            "method": "system",
            "subject": finding.system,
            "finding_id": finding.id,
        }
        save_line(order, uuid.uuid4(), values, by=who().id, at=captured_at())
    return _done(visit)


@bp.post("/visits/<uuid:visit_id>/diagnosis/report")
@allow(*WRITERS)
@commits
def make_report(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The examination has ended: the report opens, to be printed at once (2.04)."""
    actions.make_report(queries.begun_diagnosis(visit_id), by=who().id, at=captured_at())
    return redirect(url_for(".report", visit_id=visit_id), 303)


@bp.post("/visits/<uuid:visit_id>/diagnosis/hand-over")
@allow(*RECEPTION)
@commits
def hand_over(visit_id: uuid.UUID) -> ResponseReturnValue:
    """T09: the customer was told what was found, and has the report (2.05)."""
    visit, diagnosis = visit_of(visit_id), queries.begun_diagnosis(visit_id)
    actions.hand_report(visit, diagnosis, by=who().id, at=captured_at())
    return _done(visit)


@bp.get("/visits/<uuid:visit_id>/diagnosis/report.pdf")
@allow(*READERS)
def report(visit_id: uuid.UUID) -> ResponseReturnValue:
    """The report in the customer's language or in another (`?lang=`)."""
    file, diagnosis = file_of(visit_id), queries.begun_diagnosis(visit_id)
    asked, roles = request.args.get("lang"), who().roles
    language = asked if asked in LOCALES else customers_language(file.visit)
    findings, names = queries.findings_of(diagnosis.id), queries.names_of(diagnosis)
    is_whole = sees_contact(roles) and sees_prices(roles)
    with in_language(language):
        leaf = report_leaf(file, diagnosis, findings, names, is_whole=is_whole)
        number, made_at = diagnosis.number, diagnosis.reported_at or now()
        db.session.rollback()
        answer = make_response(leaf_pdf(leaf, made_at))
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="diagnosis-{number}.pdf"'
    return answer
