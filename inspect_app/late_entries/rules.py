"""Who reads what came late, and when something is late."""

from datetime import datetime, timedelta
from typing import Final

from inspect_app.staff.rules import RECEPTION, Role

READERS: Final = (*RECEPTION, Role.MANAGER)
"""An entry is shown with all it says, contact data and prices too (process 3.2)."""

ARRIVES_LATE: Final = timedelta(seconds=60)
"""Later than this after its capture, nobody stands in front of the form any more."""


def is_too_late(at: datetime, *, now: datetime, sealed_at: datetime | None) -> bool:
    """Whether a refused capture is kept as arrived after the signature: it was captured before the
    shop took the seal, or a while ago. Otherwise whoever works on the page is told at once."""
    return now - at > ARRIVES_LATE or (sealed_at is not None and at < sealed_at)
