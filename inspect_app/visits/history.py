"""The visit's own story: one line per act, never changed."""

import uuid
from datetime import datetime
from typing import Any

from flask import g

from inspect_app.db import db
from inspect_app.visits.models import VisitEvent


def note(
    visit_id: uuid.UUID,
    kind: str,
    *,
    by: uuid.UUID,
    at: datetime,
    screen: str = "",
    **detail: Any,
) -> VisitEvent:
    """Adds one line. `kind` is `<noun>.<what happened>`, such as `mark.added`; `detail` holds ids
    and codes, before and after, and no contact data. What the tablet's clock said comes from the
    request under way (`door.py`)."""
    tablet_clock, clock_offset_ms = g.get("tablet_clock") or ("", 0)
    event = VisitEvent(
        visit_id=visit_id,
        kind=kind,
        by_id=by,
        captured_at=at,
        screen=screen,
        detail=detail,
        tablet_clock=tablet_clock,
        clock_offset_ms=clock_offset_ms,
    )
    db.session.add(event)
    return event
