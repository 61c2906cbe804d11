"""A calendar file as RFC 5545 has it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inspect_app.appointments.calendar_file import Event, calendar_file, escaped, folded

AT = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)


def _event(**changes: object) -> Event:
    values = {
        "uid": "1@keys.example", "version": 0, "starts_at": AT,
        "ends_at": AT + timedelta(hours=1), "changed_at": AT - timedelta(days=1),
        "summary": "Hanbit Motors: service", "location": "", "description": "",
    }  # fmt: skip
    return Event(**{**values, **changes})  # type: ignore[arg-type]


def test_an_appointment_is_one_event_in_utc() -> None:
    lines = calendar_file(_event()).split("\r\n")

    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert "DTSTART:20261126T100000Z" in lines
    assert "DTEND:20261126T110000Z" in lines
    assert "DTSTAMP:20261125T100000Z" in lines
    assert "STATUS:CONFIRMED" in lines
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_a_cancelled_one_says_so() -> None:
    assert "STATUS:CANCELLED\r\n" in calendar_file(_event(is_cancelled=True, version=1))


def test_text_cannot_become_a_line_of_its_own() -> None:
    file = calendar_file(_event(summary="a;b,c\\d\r\nATTENDEE:mailto:x@y.z\x00"))

    assert "SUMMARY:a\\;b\\,c\\\\d\\nATTENDEE:mailto:x@y.z\r\n" in file
    assert "\r\nATTENDEE" not in file


@given(st.text())
def test_every_line_fits_and_unfolds_to_what_it_was(text: str) -> None:
    line = "SUMMARY:" + escaped(text)

    pieces = folded(line).split("\r\n")

    assert all(len(piece.encode("utf-8", "surrogatepass")) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
