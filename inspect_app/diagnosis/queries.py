"""Asking for a diagnosis and its findings."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inspect_app.db import db
from inspect_app.diagnosis.models import Diagnosis, Finding
from inspect_app.errors import NotFound
from inspect_app.orders.models import OrderLine
from inspect_app.staff.models import Person, PersonRole
from inspect_app.staff.rules import Role
from inspect_app.vehicles.models import Vehicle
from inspect_app.visits.models import Visit

AT_ONCE = timedelta(minutes=10)
"""N12: called, the technician comes at once; printed, the report is handed over at once."""


@dataclass(frozen=True)
class Open:
    """A diagnosis under way: the visit, its car, and who was called when."""

    diagnosis: Diagnosis
    visit: Visit
    vehicle: Vehicle
    helper: str


def diagnosis_of(visit_id: uuid.UUID) -> Diagnosis | None:
    """The diagnosis of a visit, None where there is none."""
    return db.session.scalar(select(Diagnosis).where(Diagnosis.visit_id == visit_id))


def begun_diagnosis(visit_id: uuid.UUID) -> Diagnosis:
    """The diagnosis of a visit. Raises NotFound where none was begun."""
    found = diagnosis_of(visit_id)
    if found is None:
        raise NotFound
    return found


def findings_of(diagnosis_id: uuid.UUID) -> Sequence[Finding]:
    """What was found, in the order it was entered."""
    return db.session.scalars(
        select(Finding)
        .where(Finding.diagnosis_id == diagnosis_id, Finding.removed_at.is_(None))
        .order_by(Finding.position, Finding.id)
    ).all()


def finding_of(diagnosis_id: uuid.UUID, finding_id: uuid.UUID) -> Finding:
    """One finding of this diagnosis, removed or not. Raises NotFound."""
    finding = db.session.get(Finding, finding_id)
    if finding is None or finding.diagnosis_id != diagnosis_id:
        raise NotFound
    return finding


def ordered_findings(findings: Sequence[Finding]) -> frozenset[uuid.UUID]:
    """Those of which the order has a line already."""
    ids = [finding.id for finding in findings]
    rows = db.session.scalars(
        select(OrderLine.finding_id).where(
            OrderLine.finding_id.in_(ids), OrderLine.removed_at.is_(None)
        )
    )
    return frozenset(row for row in rows if row is not None)


def technicians() -> list[tuple[str, str]]:
    """Who may be called: ids and names."""
    people = db.session.scalars(
        select(Person)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(PersonRole.role == Role.DIAGNOSING_TECHNICIAN, Person.left_on.is_(None))
        .order_by(Person.name)
    )
    return [(str(person.id), person.name) for person in people]


def names_of(diagnosis: Diagnosis) -> dict[uuid.UUID, str]:
    """The names of the people in a diagnosis, by their ids."""
    ids = {diagnosis.by_id, diagnosis.helper_id, diagnosis.diagnosed_by_id, diagnosis.handed_by_id}
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids - {None})))
    return {row[0]: row[1] for row in rows}


def open_diagnoses() -> list[Open]:
    """The cars that are being diagnosed, the longest first."""
    rows = db.session.execute(
        select(Diagnosis, Visit, Person.name)
        .join(Visit, Visit.id == Diagnosis.visit_id)
        .outerjoin(Person, Person.id == Diagnosis.helper_id)
        .options(joinedload(Visit.vehicle))
        .where(Visit.state == "diagnosing")
        .order_by(Diagnosis.consent_at)
    )
    return [Open(one, visit, visit.vehicle, helper or "") for one, visit, helper in rows]


def due_at(diagnosis: Diagnosis) -> datetime:
    """When the next step of a diagnosis is due."""
    if diagnosis.reported_at is not None:
        return diagnosis.reported_at + AT_ONCE
    return (diagnosis.helper_called_at or diagnosis.consent_at) + AT_ONCE
