"""Reading findings with their lines, every answer and how it was passed on."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from inspect_app.additions import rules
from inspect_app.additions.models import Addition, AdditionLine, Answer, Relay
from inspect_app.additions.rules import Said
from inspect_app.contact_log.models import ContactLog
from inspect_app.db import db
from inspect_app.errors import NotFound
from inspect_app.photos.models import Photo
from inspect_app.visits.models import Visit

_WHOLE = (
    joinedload(Addition.by),
    selectinload(Addition.lines).selectinload(AdditionLine.answers).joinedload(Answer.by),
    selectinload(Addition.relays).options(joinedload(Relay.receiver), joinedload(Relay.by)),
)


def additions_of(visit_id: uuid.UUID) -> Sequence[Addition]:
    """What was found in this visit, in the order it was found."""
    return db.session.scalars(
        select(Addition)
        .options(*_WHOLE)
        .where(Addition.visit_id == visit_id)
        .order_by(Addition.number)
        .execution_options(populate_existing=True)
    ).all()


def addition_of(visit_id: uuid.UUID, addition_id: uuid.UUID) -> Addition:
    """One finding of this visit. Raises NotFound."""
    found = db.session.scalar(
        select(Addition)
        .options(*_WHOLE)
        .where(Addition.id == addition_id, Addition.visit_id == visit_id)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def relay_of(visit_id: uuid.UUID, relay_id: uuid.UUID) -> Relay:
    """An answer that was passed on as a sheet. Raises NotFound."""
    found = db.session.scalar(
        select(Relay)
        .options(joinedload(Relay.receiver), joinedload(Relay.by))
        .where(Relay.id == relay_id, Relay.visit_id == visit_id, Relay.sheet.is_not(None))
    )
    if found is None:
        raise NotFound
    return found


def next_number(visit_id: uuid.UUID) -> int:
    """The number of the next finding of a visit, from 1."""
    last = db.session.scalar(select(func.max(Addition.number)).where(Addition.visit_id == visit_id))
    return (last or 0) + 1


def next_sheet(visit_id: uuid.UUID) -> int:
    """The number of the next additional sheet of an order, from 1."""
    last = db.session.scalar(select(func.max(Relay.sheet)).where(Relay.visit_id == visit_id))
    return (last or 0) + 1


def said_of(line: AdditionLine) -> list[Said]:
    """A line's answers as the rules see them."""
    return [Said(one.answer, one.price_amount, one.relay_id is not None) for one in line.answers]


def status_of(line: AdditionLine) -> str:
    """Where a line stands (`rules.line_status`)."""
    return rules.line_status(said_of(line), line.price_amount)


def statuses_of(addition: Addition) -> list[str]:
    """Where the lines of a finding stand, in their order."""
    return [status_of(line) for line in addition.lines]


def calls_of(visit_id: uuid.UUID, addition_id: uuid.UUID) -> list[ContactLog]:
    """The calls that were made about one finding, oldest first."""
    rows = db.session.scalars(
        select(ContactLog)
        .options(joinedload(ContactLog.by))
        .where(ContactLog.visit_id == visit_id, ContactLog.kind == "addition_call")
        .order_by(ContactLog.actual_at, ContactLog.id)
    )
    return [row for row in rows if row.detail.get("addition") == str(addition_id)]


def photos_of_finding(visit_id: uuid.UUID, addition_id: uuid.UUID) -> Sequence[Photo]:
    """The photos that show what was found."""
    return db.session.scalars(
        select(Photo)
        .where(
            Photo.visit_id == visit_id,
            Photo.subject == "finding",
            Photo.subject_id == addition_id,
            Photo.removed_at.is_(None),
        )
        .order_by(Photo.captured_at, Photo.id)
    ).all()


@dataclass(frozen=True)
class Declined:
    """Work that the customer did not want at an earlier visit of this car."""

    line: AdditionLine
    addition: Addition


def declined_before(vehicle_id: uuid.UUID, visit_id: uuid.UUID | None = None) -> list[Declined]:
    """What was declined at the last visit of this car at which anything was, to be offered again;
    `visit_id`: the visit of now, left out."""
    rows = db.session.execute(
        select(AdditionLine, Addition)
        .join(Addition, Addition.id == AdditionLine.addition_id)
        .join(Visit, Visit.id == Addition.visit_id)
        .options(selectinload(AdditionLine.answers))
        .where(Visit.vehicle_id == vehicle_id, Addition.visit_id != (visit_id or uuid.UUID(int=0)))
        .order_by(Addition.captured_at.desc(), AdditionLine.position)
    ).all()
    found = [Declined(line, addition) for line, addition in rows if status_of(line) == "declined"]
    return [one for one in found if one.addition.visit_id == found[0].addition.visit_id]
