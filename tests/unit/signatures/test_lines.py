"""A line of a statement is one text, whatever the page makes of it."""

from datetime import UTC, date, datetime

from inspect_app.signatures.lines import Line, as_text, joined


def test_a_line_with_a_value_reads_as_one_text() -> None:
    assert Line("item", "1. Brake pads", "₩120,000").text == "1. Brake pads: ₩120,000"
    assert Line("close", "I order this.").text == "I order this."


def test_times_and_days_stand_in_facts_in_one_form() -> None:
    assert as_text(datetime(2026, 11, 23, 9, 5, 0, 250_000, UTC)) == "2026-11-23T09:05:00.250Z"
    assert as_text(date(2026, 11, 23)) == "2026-11-23"
    assert as_text(None) is None


def test_what_is_empty_leaves_no_comma() -> None:
    assert joined("in the car", "", "good") == "in the car, good"
