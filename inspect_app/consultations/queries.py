"""Reading a consultation."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inspect_app.consultations.models import Consultation
from inspect_app.db import db


def consultation_of(visit_id: uuid.UUID) -> Consultation | None:
    """What was asked and answered in this visit."""
    return db.session.scalar(
        select(Consultation)
        .options(joinedload(Consultation.by))
        .where(Consultation.visit_id == visit_id)
    )
