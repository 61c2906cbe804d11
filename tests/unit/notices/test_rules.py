"""When the customer is told: N3–N5, exactly two days, clocks that change, a site far from UTC."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from inspect_app.notices.rules import (
    DelayFacts,
    Lead,
    is_in_time,
    lead_for,
    missing_for_delay,
    notice_due_at,
)

RECEIVED = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LEAD = Lead()
HOUR = timedelta(hours=1)


def always_open(moment: datetime) -> datetime:
    return moment


@pytest.mark.parametrize(
    ("period", "lead"),
    [
        (timedelta(minutes=30), HOUR),
        (timedelta(hours=47, minutes=59), HOUR),
        (timedelta(hours=48), 4 * HOUR),
        (timedelta(hours=48, minutes=1), 4 * HOUR),
        (timedelta(days=9), 4 * HOUR),
    ],
)
def test_exactly_two_days_count_as_long(period: timedelta, lead: timedelta) -> None:
    assert lead_for(RECEIVED, RECEIVED + period, LEAD) == lead


def test_a_site_may_choose_its_own_lead() -> None:
    own = Lead(timedelta(minutes=30), timedelta(hours=2), timedelta(hours=24))

    assert lead_for(RECEIVED, RECEIVED + timedelta(hours=24), own) == 2 * HOUR
    assert lead_for(RECEIVED, RECEIVED + timedelta(hours=23), own) == timedelta(minutes=30)


def test_the_period_counts_hours_that_pass_when_the_clocks_go_back() -> None:
    """25 October 2026, Berlin: from ten to ten two days later are 49 hours."""
    berlin = ZoneInfo("Europe/Berlin")
    received = datetime(2026, 10, 24, 10, 0, tzinfo=berlin)
    promised = datetime(2026, 10, 26, 9, 30, tzinfo=berlin)

    assert promised.replace(tzinfo=None) - received.replace(tzinfo=None) == timedelta(hours=47.5)
    due = notice_due_at(received.astimezone(UTC), promised.astimezone(UTC), LEAD, always_open)

    assert due.astimezone(berlin).strftime("%d %H:%M") == "26 05:30"


def test_the_lead_counts_hours_that_pass_across_a_promise_in_the_doubled_hour() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    promised = datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=1)

    due = notice_due_at(
        promised.astimezone(UTC) - timedelta(hours=5), promised.astimezone(UTC), LEAD, always_open
    )

    shown = due.astimezone(berlin)
    assert (shown.strftime("%H:%M"), shown.fold) == ("02:30", 0)


def test_a_site_in_seoul_on_a_server_in_utc() -> None:
    seoul = ZoneInfo("Asia/Seoul")
    promised = datetime(2026, 11, 25, 18, 0, tzinfo=seoul).astimezone(UTC)
    received = datetime(2026, 11, 25, 9, 0, tzinfo=seoul).astimezone(UTC)

    due = notice_due_at(received, promised, LEAD, always_open)

    assert due == datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    assert due.astimezone(seoul).strftime("%H:%M") == "17:00"


def test_a_notice_is_pulled_back_into_opening_hours() -> None:
    closing = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    due = notice_due_at(RECEIVED, RECEIVED + timedelta(hours=20), LEAD, lambda _moment: closing)

    assert due == closing


NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
PROMISED = NOW + timedelta(hours=2)


def told(**changes: object) -> DelayFacts:
    facts: dict[str, object] = {
        "reason": "The part came late",
        "apologised": True,
        "promised_at": PROMISED,
        "new_promised_at": PROMISED + timedelta(hours=3),
        "told_at": NOW,
        "is_told": True,
        **changes,
    }
    return DelayFacts(**facts)  # type: ignore[arg-type]


def test_a_delay_is_told_with_reason_apology_and_new_time() -> None:
    assert missing_for_delay(told()) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "  "}, "REASON_MISSING"),
        ({"apologised": False}, "APOLOGY_MISSING"),
        ({"new_promised_at": None}, "NEW_TIME_MISSING"),
        ({"new_promised_at": NOW - timedelta(minutes=1)}, "NEW_TIME_PAST"),
        ({"new_promised_at": PROMISED}, "NEW_TIME_NOT_LATER"),
        ({"is_told": False}, "CUSTOMER_NOT_TOLD"),
    ],
)
def test_a_delay_lacks(changes: dict[str, object], code: str) -> None:
    assert [one.code for one in missing_for_delay(told(**changes))] == [code]


def test_a_notice_at_the_minute_is_in_time_and_one_later_is_not() -> None:
    assert is_in_time(NOW, NOW)
    assert not is_in_time(NOW + timedelta(minutes=1), NOW)
