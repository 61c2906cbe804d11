"""When an appointment may be made, and what T01 waits for."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.appointments.rules import (
    SLOT,
    Booking,
    DepositRule,
    check_time,
    is_absent,
    is_deposit_too_large,
    is_in_reminder_window,
    missing_for_booking,
    quarters,
)

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
RULE = DepositRule(high_value=500_000, share_percent=50)
WHOLE = Booking(has_time=True, has_work=True)


@pytest.mark.parametrize(
    ("starts_in", "minutes", "problems"),
    [
        (timedelta(hours=3), 60, []),
        (timedelta(0), 15, []),
        (timedelta(hours=-1), 60, ["TIME_PAST"]),
        (timedelta(days=400), 60, ["TIME_TOO_FAR"]),
        (timedelta(minutes=5), 60, ["TIME_NOT_ON_QUARTER"]),
        (timedelta(hours=1), 50, ["DURATION_ODD"]),
        (timedelta(hours=1), 0, ["DURATION_ODD"]),
        (timedelta(hours=1), -30, ["DURATION_ODD"]),
        (timedelta(hours=1), 41 * 60, ["DURATION_TOO_LONG"]),
    ],
)
def test_a_time_and_a_duration_are_looked_at(
    starts_in: timedelta, minutes: int, problems: list[str]
) -> None:
    assert check_time(NOW + starts_in, minutes, NOW) == problems


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        (Booking(), ["TIME_MISSING", "WORK_MISSING"]),
        (WHOLE, []),
        (Booking(True, True, part_prices=(499_999,)), []),
        (Booking(True, True, part_prices=(500_000,)), ["DEPOSIT_MISSING"]),
        (Booking(True, True, part_prices=(500_000,), paid=249_999), ["DEPOSIT_MISSING"]),
        (Booking(True, True, part_prices=(500_000,), paid=250_000), []),
        (Booking(True, True, part_prices=(500_000,), waived=True), []),
        (Booking(True, False, part_prices=(500_000,), waived=True), ["WORK_MISSING"]),
    ],
)
def test_t01_waits_for_time_work_and_deposit(facts: Booking, missing: list[str]) -> None:
    assert missing_for_booking(facts, RULE) == missing


@given(st.lists(st.integers(0, 10_000_000)), st.integers(0, 100), st.integers(0, 10_000_000))
def test_the_deposit_is_at_least_the_share_and_never_more_than_the_price(
    prices: list[int], percent: int, high_value: int
) -> None:
    rule = DepositRule(high_value, percent)
    high = [price for price in prices if price >= high_value]

    due = rule.due(prices)

    assert due * 100 >= sum(high) * percent
    assert due <= sum(high)
    assert not is_deposit_too_large(due, 0, prices)
    assert is_deposit_too_large(sum(prices) + 1, 0, prices)


@given(
    st.lists(
        st.tuples(st.integers(0, 2000), st.integers(1, 300)).map(
            lambda span: (NOW + timedelta(minutes=span[0]), NOW + timedelta(minutes=sum(span)))
        )
    )
)
def test_the_quarters_of_spans_cover_them_once(spans: list[tuple[datetime, datetime]]) -> None:
    found = quarters(spans)

    assert len(set(found)) == len(found)
    assert found == sorted(found)
    assert all(quarter.minute % 15 == 0 for quarter in found)
    for begin, end in spans:
        assert any(quarter <= begin < quarter + SLOT for quarter in found)
        assert any(quarter < end <= quarter + SLOT for quarter in found)


def test_a_reminder_counts_in_its_window_alone() -> None:
    due, overdue = NOW, NOW + timedelta(hours=12)

    assert is_in_reminder_window(NOW, due, overdue)
    assert is_in_reminder_window(overdue, due, overdue)
    assert not is_in_reminder_window(NOW - timedelta(minutes=1), due, overdue)
    assert not is_in_reminder_window(overdue + timedelta(minutes=1), due, overdue)


def test_nobody_is_missed_within_the_time_of_grace() -> None:
    grace = timedelta(minutes=30)

    assert not is_absent(NOW, NOW + grace, grace)
    assert is_absent(NOW, NOW + grace + timedelta(seconds=1), grace)
