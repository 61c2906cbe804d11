"""A diagnosis from the customer's consent to the report in the customer's hand."""

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from inspect_app.db import db
from inspect_app.diagnosis.models import Diagnosis, Finding
from inspect_app.diagnosis.queries import diagnosis_of, findings_of
from inspect_app.diagnosis.rules import MAX_FINDINGS, check_report
from inspect_app.errors import Conflict, Stale
from inspect_app.i18n import clock
from inspect_app.orders.showing import customers_language, money_in, tell
from inspect_app.payments.actions import tell_fee
from inspect_app.sites.actions import next_number
from inspect_app.staff.models import Person
from inspect_app.visits.actions import change_state
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)
SCREEN = "diagnosis"


@dataclass(frozen=True)
class Consent:
    """The customer's yes: who said it and how, and whether a fee was told, and how much."""

    id: uuid.UUID
    by: str
    how: str
    fee_told: bool
    fee_amount: int | None = None
    symptom: str = ""


def begin(visit: Visit, consent: Consent, *, by: uuid.UUID, at: datetime) -> Diagnosis:
    """T08: the diagnosis begins with the customer's consent, and with the fee that was told.

    The same begin again is answered with the first. Raises Conflict where one was begun already,
    or the visit is past that.
    """
    known = diagnosis_of(visit.id)
    if known is not None:
        if known.id != consent.id:
            raise Conflict(_l("A colleague has begun the diagnosis. Open the page again."))
        return known
    period = at.strftime("%y%m")
    number = f"D{period}-{next_number('diagnosis', period):04d}"
    begun = Diagnosis(
        id=consent.id, visit_id=visit.id, number=number, consent_by=consent.by,
        consent_how=consent.how, consent_at=at, fee_told=consent.fee_told,
        fee_amount=consent.fee_amount if consent.fee_told else None, symptom=consent.symptom,
        by_id=by, captured_at=at,
    )  # fmt: skip
    db.session.add(begun)
    if begun.fee_amount:
        channel = "oral" if consent.how in ("in_person", "phone") else "paper"
        amount = money_in(customers_language(visit), begun.fee_amount)
        tell(visit, "P6", channel=channel, by=by, at=at, amount=amount)
        tell_fee(visit, "diagnosis", begun.fee_amount, by=by, at=at)
    change_state(visit, "T08", by=by, at=at, screen=SCREEN, diagnosis=str(begun.id))
    db.session.flush()
    log.info("diagnosis begun visit=%s diagnosis=%s", visit.id, begun.id)
    return begun


def call_helper(diagnosis: Diagnosis, helper_id: uuid.UUID, *, by: uuid.UUID, at: datetime) -> None:
    """The technician is called to the bay, now (2.03)."""
    _refuse_ended(diagnosis)
    diagnosis.helper_id, diagnosis.helper_called_at = helper_id, at
    diagnosis.version += 1
    note(diagnosis.visit_id, "diagnosis.helper_called", by=by, at=at, screen=SCREEN,
         helper=str(helper_id))  # fmt: skip
    db.session.flush()
    log.info("helper called diagnosis=%s", diagnosis.id)


def save_notes(
    diagnosis: Diagnosis, values: Mapping[str, str], *, by: uuid.UUID, at: datetime
) -> None:
    """The symptom, and how the car was examined."""
    _refuse_ended(diagnosis)
    for name, value in values.items():
        setattr(diagnosis, name, value)
    diagnosis.version += 1
    note(diagnosis.visit_id, "diagnosis.noted", by=by, at=at, screen=SCREEN)
    db.session.flush()
    log.info("diagnosis noted diagnosis=%s", diagnosis.id)


def save_finding(
    diagnosis: Diagnosis,
    finding_id: uuid.UUID,
    values: Mapping[str, Any],
    *,
    by: uuid.UUID,
    at: datetime,
    version: int = 0,
) -> Finding:
    """Adds a finding, or changes the one of this id. Raises Stale where a colleague changed it
    after `version`, Conflict where the id is another diagnosis's or the report was made."""
    _refuse_ended(diagnosis)
    finding = db.session.get(Finding, finding_id)
    kind = "diagnosis.finding_changed"
    if finding is None:
        kind, finding = "diagnosis.finding_added", _new_finding(diagnosis, finding_id)
    elif finding.diagnosis_id != diagnosis.id:
        raise Conflict(_l("This entry belongs to another visit. Open the page again."))
    elif 0 < version < finding.version and finding.by_id != by:
        raise _stale(finding)
    for name, value in values.items():
        setattr(finding, name, value)
    finding.version += 1
    finding.removed_at, finding.by_id, finding.captured_at = None, by, at
    db.session.add(finding)
    note(diagnosis.visit_id, kind, by=by, at=at, screen=SCREEN, finding=str(finding.id))
    db.session.flush()
    log.info("%s finding=%s", kind, finding.id)
    return finding


def _new_finding(diagnosis: Diagnosis, finding_id: uuid.UUID) -> Finding:
    count = db.session.scalar(
        select(func.count(Finding.id)).where(Finding.diagnosis_id == diagnosis.id)
    )
    if (count or 0) >= MAX_FINDINGS:
        raise Conflict(_l("The report is full: 60 findings."))
    return Finding(id=finding_id, diagnosis_id=diagnosis.id, position=(count or 0) + 1, version=0)


def _stale(finding: Finding) -> Stale:
    name = db.session.scalar(select(Person.name).where(Person.id == finding.by_id))
    return Stale(
        _l(
            "%(name)s changed this at %(time)s. Yours still stands in the field: "
            "save it again to replace theirs, or open the page again to keep theirs.",
            name=name,
            time=clock(finding.captured_at),
        )
    )


def remove_finding(finding: Finding, diagnosis: Diagnosis, *, by: uuid.UUID, at: datetime) -> None:
    """Takes a finding out of the report; it stays in the database."""
    _refuse_ended(diagnosis)
    if finding.removed_at is None:
        finding.removed_at = at
        note(diagnosis.visit_id, "diagnosis.finding_removed", by=by, at=at, screen=SCREEN,
             finding=str(finding.id))  # fmt: skip
        db.session.flush()
        log.info("finding removed finding=%s", finding.id)


def _refuse_ended(diagnosis: Diagnosis) -> None:
    if diagnosis.handed_at is not None:
        raise Conflict(_l("The customer has the report. What is found later goes on the order."))


def make_report(diagnosis: Diagnosis, *, by: uuid.UUID, at: datetime) -> None:
    """The examination has ended and the report is printed at once (2.04). Raises Conflict while
    nothing is found: the report says where the fault is."""
    if check_report(findings=len(findings_of(diagnosis.id))):
        raise Conflict(_l("Say first where the fault is: add a finding."))
    if diagnosis.reported_at is not None:
        return
    diagnosis.ended_at = diagnosis.reported_at = at
    diagnosis.diagnosed_by_id = by
    diagnosis.version += 1
    note(diagnosis.visit_id, "diagnosis.reported", by=by, at=at, screen=SCREEN)
    db.session.flush()
    log.info("diagnosis reported diagnosis=%s", diagnosis.id)


def hand_report(visit: Visit, diagnosis: Diagnosis, *, by: uuid.UUID, at: datetime) -> None:
    """T09: the customer is told what was found and has the report (2.05)."""
    make_report(diagnosis, by=by, at=at)
    if diagnosis.handed_at is not None:
        return
    diagnosis.handed_at, diagnosis.handed_by_id = at, by
    change_state(visit, "T09", by=by, at=at, screen=SCREEN, diagnosis=str(diagnosis.id))
    db.session.flush()
    log.info("diagnosis handed over diagnosis=%s", diagnosis.id)
