"""When a refused capture is kept as arrived after the signature."""

from datetime import UTC, datetime, timedelta

from inspect_app.late_entries.rules import is_too_late

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def test_captured_before_the_seal_is_late() -> None:
    assert is_too_late(ago(20), now=NOW, sealed_at=ago(10))


def test_captured_after_the_seal_at_the_page_is_not() -> None:
    assert not is_too_late(ago(5), now=NOW, sealed_at=ago(10))


def test_captured_away_from_the_shop_is_late_whatever_was_sealed_when() -> None:
    assert is_too_late(ago(90), now=NOW, sealed_at=ago(300))
    assert is_too_late(ago(90), now=NOW, sealed_at=None)
