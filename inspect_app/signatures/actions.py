"""Handing the tablet to the customer and back, and what the customer says of each mark."""

import logging
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from inspect_app.db import db
from inspect_app.errors import Conflict
from inspect_app.signatures.sittings import GONE, About, Sitting, admit
from inspect_app.staff.models import SignIn
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit
from inspect_app.walkaround.models import Mark, MarkView

log = logging.getLogger(__name__)


def hand_over(
    about: About,
    sitting: Sitting,
    sign_in_id: uuid.UUID,
    *,
    due: Sequence[str],
    by: uuid.UUID,
    at: datetime,
) -> None:
    """Locks this tablet's sign-in to the customer's pages of the visit.

    Raises Conflict where nothing is to be signed.
    """
    if not due:
        raise Conflict(
            _l("There is nothing to sign yet. The list of what is missing says what comes first.")
        )
    visit_id = about.visit.id
    db.session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id)
        .values(
            customer_visit_id=visit_id,
            customer_sitting=sitting.name,
            customer_subject_id=about.subject_id,
            handed_over_at=at,
        )
    )
    note(visit_id, "customer_mode.begun", by=by, at=at, screen="review", due=list(due))
    log.info("tablet handed to the customer visit=%s sitting=%s", visit_id, sitting.name)
    db.session.flush()


def take_back(visit_id: uuid.UUID, *, sign_in_id: uuid.UUID, by: uuid.UUID, at: datetime) -> None:
    """Ends customer mode; whoever calls this has checked a PIN."""
    db.session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id)
        .values(
            customer_visit_id=None,
            customer_sitting="",
            customer_subject_id=None,
            handed_over_at=None,
        )
    )
    note(visit_id, "customer_mode.ended", by=by, at=at, screen="customer")
    log.info("tablet taken back visit=%s", visit_id)
    db.session.flush()


def keep_answers(
    sitting: Sitting, about: About, answers: Mapping[str, str], *, by: uuid.UUID, at: datetime
) -> None:
    """What the customer answered on the page. Raises Conflict where nothing is asked any more."""
    admit(sitting, about)
    if sitting.answer is None:
        raise Conflict(GONE)
    sitting.answer(about, answers, by=by, at=at)
    db.session.flush()


def keep_views(
    visit: Visit, views: Mapping[uuid.UUID, str], *, by: uuid.UUID, at: datetime
) -> None:
    """The customer's view of each new mark of this visit; the later answer wins.

    A mark of another visit, or one that was removed meanwhile, is left out.
    """
    ours = set(
        db.session.scalars(
            select(Mark.id).where(
                Mark.id.in_(views), Mark.visit_id == visit.id, Mark.removed_at.is_(None)
            )
        )
    )
    before = {
        row.mark_id: row
        for row in db.session.scalars(select(MarkView).where(MarkView.visit_id == visit.id))
    }
    for mark_id in sorted(ours):
        row, view = before.get(mark_id), views[mark_id]
        if row is None:
            row = MarkView(
                id=uuid.uuid4(), mark_id=mark_id, visit_id=visit.id, view=view,
                by_id=by, captured_at=at,
            )  # fmt: skip
            db.session.add(row)
            note(visit.id, "mark.viewed", by=by, at=at, mark=str(mark_id), view=view)
        elif row.view != view:
            kind = "mark.viewed" if row.captured_at <= at else "mark.viewed.superseded"
            note(visit.id, kind, by=by, at=at, mark=str(mark_id), view=view, before=row.view)
            if row.captured_at <= at:
                row.view, row.captured_at, row.by_id = view, at, by
    db.session.flush()
