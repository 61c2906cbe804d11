"""Numbers given out by a site."""

import uuid

from sqlalchemy import select

from inspect_app.db import db
from inspect_app.sites.models import Counter


def next_number(kind: str, period: str) -> int:
    """The next number of this kind in this period, from 1; no number is given twice."""
    counter = db.session.scalar(
        select(Counter).where(Counter.kind == kind, Counter.period == period).with_for_update()
    )
    if counter is None:
        counter = Counter(id=uuid.uuid4(), kind=kind, period=period, last=0)
        db.session.add(counter)
    counter.last += 1
    db.session.flush()
    return counter.last
