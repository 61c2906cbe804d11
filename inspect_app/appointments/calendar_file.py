"""An appointment as a calendar file for the customer's phone (RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, datetime

CRLF = "\r\n"
MOST_OCTETS = 75
"""Of a content line, without its end (RFC 5545, 3.1)."""


@dataclass(frozen=True)
class Event:
    """What stands in the calendar. `version` grows with each change of the same `uid`."""

    uid: str
    version: int
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    summary: str
    location: str
    description: str
    is_cancelled: bool = False


def calendar_file(event: Event, producer: str = "Vehicle reception") -> str:
    """The file: one event in UTC, so that no zone needs to be described."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{escaped(producer)}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"SEQUENCE:{event.version}",
        f"DTSTAMP:{_utc(event.changed_at)}",
        f"DTSTART:{_utc(event.starts_at)}",
        f"DTEND:{_utc(event.ends_at)}",
        f"SUMMARY:{escaped(event.summary)}",
        f"LOCATION:{escaped(event.location)}",
        f"DESCRIPTION:{escaped(event.description)}",
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{escaped(event.summary)}",
        "TRIGGER:-PT2H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(folded(line) + CRLF for line in lines)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """A text value (3.3.11): backslash, semicolon, comma and line ends; no other control sign."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(sign for sign in text if sign == "\t" or ord(sign) >= 32)


def folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, never cut inside a character."""
    pieces: list[str] = []
    piece, octets = "", 0
    for sign in line:
        size = len(sign.encode("utf-8", "surrogatepass"))
        if octets + size > MOST_OCTETS:
            pieces.append(piece)
            piece, octets = " ", 1
        piece, octets = piece + sign, octets + size
    return CRLF.join([*pieces, piece])
