"""Asking the supervisor, deciding, and taking a request back."""

import logging
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from inspect_app.approvals.models import Approval
from inspect_app.db import db
from inspect_app.errors import Conflict
from inspect_app.i18n import clock
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RequestDraft:
    """What is asked for, and why."""

    id: uuid.UUID
    kind: str
    amount: int | None
    due_on: date | None
    reason: str


def ask(
    visit: Visit, draft: RequestDraft, *, by: uuid.UUID, at: datetime, screen: str = "settlement"
) -> Approval:
    """Puts a request to the supervisor; an open one of the same kind is withdrawn by it. A repeat
    is the same request."""
    known = db.session.get(Approval, draft.id)
    if known is not None:
        if known.visit_id != visit.id:
            raise Conflict(_l("This entry belongs to another visit. Open the page again."))
        return known
    for earlier in db.session.scalars(
        select(Approval).where(
            Approval.visit_id == visit.id,
            Approval.kind == draft.kind,
            Approval.granted.is_(None),
            Approval.withdrawn_at.is_(None),
        )
    ):
        earlier.withdrawn_at = at
    db.session.flush()
    row = Approval(
        id=draft.id, visit_id=visit.id, kind=draft.kind, amount=draft.amount,
        due_on=draft.due_on, reason=draft.reason, by_id=by, captured_at=at,
    )  # fmt: skip
    db.session.add(row)
    note(
        visit.id, "approval.asked", by=by, at=at, screen=screen, approval=str(row.id),
        asked=draft.kind, amount=draft.amount,
    )  # fmt: skip
    db.session.flush()
    log.info("approval asked visit=%s approval=%s", visit.id, row.id)
    return row


def decide(
    approval: Approval, *, granted: bool, answer: str, by: uuid.UUID, at: datetime
) -> Approval:
    """The supervisor says yes or no, once; the caller has made sure that `by` is one. Raises
    Conflict where it was decided before, or taken back."""
    if approval.withdrawn_at is not None:
        raise Conflict(_l("This request was taken back meanwhile. Open the page again."))
    if approval.granted is not None:
        if approval.granted is granted and approval.decided_by_id == by:
            return approval
        raise Conflict(
            _l(
                "This was decided at %(time)s already. Open the page again to see how.",
                time=clock(approval.decided_at),
            )
        )
    approval.granted, approval.answer = granted, answer
    approval.decided_by_id, approval.decided_at = by, at
    note(
        approval.visit_id, "approval.granted" if granted else "approval.refused",
        by=by, at=at, screen="settlement", approval=str(approval.id), asked=approval.kind,
        amount=approval.amount,
    )  # fmt: skip
    db.session.flush()
    log.info("approval decided approval=%s granted=%s", approval.id, granted)
    return approval


def withdraw(approval: Approval, *, by: uuid.UUID, at: datetime) -> None:
    """The request counts no more, whether it was granted or not."""
    if approval.withdrawn_at is not None:
        return
    approval.withdrawn_at = at
    note(
        approval.visit_id, "approval.withdrawn", by=by, at=at, screen="settlement",
        approval=str(approval.id), asked=approval.kind,
    )  # fmt: skip
    db.session.flush()
    log.info("approval withdrawn approval=%s", approval.id)
