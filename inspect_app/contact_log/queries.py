"""Reading the contact log."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inspect_app.contact_log.models import ContactLog
from inspect_app.db import db

GOT_THROUGH = ("reached", "left_message", "sent")
"""Results after which the customer knows."""


def contacts_of(visit_id: uuid.UUID, *kinds: str) -> Sequence[ContactLog]:
    """The visit's contacts, of these kinds or of all, oldest first, with who made them."""
    query = (
        select(ContactLog)
        .options(joinedload(ContactLog.by))
        .where(ContactLog.visit_id == visit_id)
        .order_by(ContactLog.actual_at, ContactLog.recorded_at)
    )
    return db.session.scalars(query.where(ContactLog.kind.in_(kinds)) if kinds else query).all()
