"""Times inside sealed documents: UTC to the millisecond, as JavaScript's `toISOString()` has it."""

import re
from datetime import UTC, datetime
from typing import Any

_ISO_MS = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z", re.ASCII)


def iso_ms(at: datetime) -> str:
    """Such as 2026-11-23T09:05:00.250Z; parts of a millisecond are cut off."""
    utc = at.astimezone(UTC)
    return utc.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def read_iso_ms(text: Any) -> datetime | None:
    """The UTC time, or None unless the text has exactly this form and is a real time."""
    if not isinstance(text, str) or not _ISO_MS.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
