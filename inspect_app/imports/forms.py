"""Reading the file that a tablet saved (`static/js/offline/export.js`)."""

import base64
import binascii
import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from inspect_app.errors import Invalid
from inspect_app.imports.order import FORMAT, MAX_ENTRIES, Entry, in_order
from inspect_app.sent import Sent, SentFile


class NoExport(Invalid):
    """The file is none that a tablet saved."""

    def __init__(self) -> None:
        super().__init__(
            {
                "file": _l(
                    "This is no file that a tablet saved under “Only on this tablet”. "
                    "Choose the one whose name begins with “outbox”."
                )
            }
        )


def read_export(content: bytes) -> list[Entry]:
    """The entries of the file in the order in which they are to be taken. Raises NoExport."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        raise NoExport from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise NoExport
    entries = data.get("entries")
    if not isinstance(entries, list) or len(entries) > MAX_ENTRIES:
        raise NoExport
    try:
        return in_order([_entry(one, place) for place, one in enumerate(entries)])
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, binascii.Error):
        raise NoExport from None


def _entry(data: dict[str, Any], place: int) -> Entry:
    url = str(data["url"])
    if not url.startswith("/") or url.startswith("//") or not url.isprintable():
        raise ValueError("not a path of this app")
    captured_at = datetime.fromisoformat(str(data["capturedAt"])).astimezone(UTC)
    offset_ms = int(data.get("clockOffset", 0))
    sent = Sent(
        key=uuid.UUID(str(data["id"])),
        url=url,
        fields=[(str(name), str(value)) for name, value in data.get("fields", [])],
        tablet_clock=str(data["capturedAt"])[:40],
        clock_offset_ms=offset_ms if abs(offset_ms) < 2**31 else 0,
        captured_at=captured_at + timedelta(milliseconds=offset_ms),
        files=[
            SentFile(
                str(one["name"]),
                str(one["filename"]),
                str(one["type"]),
                base64.b64decode(one["base64"], validate=True),
            )
            for one in data.get("files", [])
        ],
    )
    return Entry(
        sent=sent,
        place=place,
        row=str(data.get("row") or ""),
        visit=str(data.get("visit") or ""),
        author_id=_optional(data.get("author")),
        claim_id=_optional(data.get("claim")),
        tablet_id=_optional(data.get("tablet")),
    )


def _optional(text: object) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(text)) if text else None
    except ValueError:
        return None
