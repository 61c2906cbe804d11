"""The head and lines of an order."""

from datetime import UTC, datetime, timedelta

import pytest

from inspect_app.orders.rules import (
    MAX_PRICE,
    check_head,
    check_line,
    check_price,
    check_promised_time,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("amount", [None, 0, 1, MAX_PRICE])
def test_a_price_or_not_yet_known_is_kept(amount: int | None) -> None:
    assert check_price(amount) == []


def test_a_price_beyond_reason_is_refused() -> None:
    assert check_price(-1) == ["PRICE_NEGATIVE"]
    assert check_price(MAX_PRICE + 1) == ["PRICE_TOO_LARGE"]


def test_the_largest_price_fits_an_integer_column() -> None:
    assert MAX_PRICE < 2**31


@pytest.mark.parametrize(
    ("ahead", "found"),
    [
        (timedelta(seconds=1), []),
        (timedelta(days=366), []),
        (timedelta(0), ["PROMISED_TIME_PAST"]),
        (timedelta(days=-1), ["PROMISED_TIME_PAST"]),
        (timedelta(days=367), ["PROMISED_TIME_TOO_FAR"]),
    ],
)
def test_a_promise_lies_ahead_and_within_a_year(ahead: timedelta, found: list[str]) -> None:
    assert check_promised_time(NOW + ahead, NOW) == found


def test_a_line_needs_words() -> None:
    assert check_line("Replace front brake pads", 120_000) == []
    assert check_line("  ", -5) == ["DESCRIPTION_MISSING", "PRICE_NEGATIVE"]
    assert check_line("x" * 301, None) == ["DESCRIPTION_TOO_LONG"]


def test_the_head_names_all_that_is_wrong() -> None:
    assert check_head(category="maintenance", payer="customer") == []
    assert check_head(
        category="magic",
        payer="nobody",
        customer_words="x" * 4_001,
        other_wishes="x" * 2_001,
        call_limit_amount=-1,
    ) == [
        "UNKNOWN_CATEGORY",
        "UNKNOWN_PAYER",
        "CUSTOMER_WORDS_TOO_LONG",
        "WISHES_TOO_LONG",
        "CALL_LIMIT_OUT_OF_RANGE",
    ]
