"""What a tablet holds, and in which order free numbers are proposed."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from inspect_app.db import db, now
from inspect_app.reservations.models import Reservation


def is_held(subject_id: InstrumentedAttribute[uuid.UUID]) -> ColumnElement[bool]:
    """Whether some tablet holds this tag, slot or box now: such a number is proposed last."""
    return exists().where(Reservation.subject_id == subject_id, Reservation.ends_at > now())


def held_by(tablet_id: uuid.UUID, kind: str, at: datetime) -> Sequence[uuid.UUID]:
    """What the tablet holds of a kind."""
    return db.session.scalars(
        select(Reservation.subject_id).where(
            Reservation.tablet_id == tablet_id,
            Reservation.kind == kind,
            Reservation.ends_at > at,
        )
    ).all()
