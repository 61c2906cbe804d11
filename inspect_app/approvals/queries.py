"""Requests of a visit, and those that wait for a supervisor."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inspect_app.approvals.models import Approval
from inspect_app.db import db
from inspect_app.errors import NotFound
from inspect_app.vehicles.models import Vehicle
from inspect_app.visits.models import Visit

MOST_ROWS = 200


def approvals_of(visit_id: uuid.UUID) -> Sequence[Approval]:
    """All requests of a visit, oldest first, with who asked and who decided."""
    return db.session.scalars(
        select(Approval)
        .options(joinedload(Approval.by), joinedload(Approval.decided_by))
        .where(Approval.visit_id == visit_id)
        .order_by(Approval.captured_at, Approval.id)
    ).all()


def approval_of(visit_id: uuid.UUID, approval_id: uuid.UUID) -> Approval:
    """One request of this visit, locked until the transaction ends. Raises NotFound."""
    found = db.session.scalar(
        select(Approval)
        .where(Approval.id == approval_id, Approval.visit_id == visit_id)
        .with_for_update()
    )
    if found is None:
        raise NotFound
    return found


def last_granted(approvals: Sequence[Approval], kind: str) -> Approval | None:
    """Of these the last one of a kind that was granted and still holds."""
    held = [one for one in approvals if one.kind == kind and one.holds]
    return held[-1] if held else None


def granted(visit_id: uuid.UUID, kind: str) -> Approval | None:
    """The last request of this kind that was granted and still holds."""
    return last_granted(approvals_of(visit_id), kind)


def open_requests() -> list[tuple[Approval, Vehicle]]:
    """What waits for a supervisor, oldest first."""
    rows = db.session.execute(
        select(Approval, Vehicle)
        .join(Visit, Visit.id == Approval.visit_id)
        .join(Vehicle, Vehicle.id == Visit.vehicle_id)
        .where(Approval.granted.is_(None), Approval.withdrawn_at.is_(None))
        .order_by(Approval.captured_at)
        .limit(MOST_ROWS)
    )
    return [(row[0], row[1]) for row in rows]
