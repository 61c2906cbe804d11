"""The walk around the car, station by station: conditions, marks of damage, check lines (6.05, D3).

A mark stands on a drawing by its zone and its place; a check line has one answer; a station is done
when it was closed, and what was not looked at is recorded as just that (process 6.1).
"""

import uuid
from collections.abc import Callable

from flask import Blueprint

bp = Blueprint("walkaround", __name__)


@bp.context_processor
def _fresh_ids() -> dict[str, Callable[[], uuid.UUID]]:
    """Ids for forms that are sent without a script; a tablet makes its own."""
    return {"fresh": uuid.uuid4}
