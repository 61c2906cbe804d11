"""Photos: what a camera or tablet sent, kept untouched, and the sizes derived from it to be shown.

Received bytes are evidence: hashed, never changed, never overwritten. The screen and list sizes
can be made again from them at any time, are upright, in sRGB and carry no metadata, so that the
place where a photo was taken never leaves the shop.
"""

import uuid
from collections.abc import Callable

from flask import Blueprint

bp = Blueprint("photos", __name__)


@bp.context_processor
def _fresh_ids() -> dict[str, Callable[[], uuid.UUID]]:
    """Ids for forms that are sent without a script; a tablet makes its own."""
    return {"fresh": uuid.uuid4}
