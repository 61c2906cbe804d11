"""Times, lines and guards of the workshop (8.05, 10.01, 11.01)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from inspect_app.workshop import rules
from inspect_app.workshop.rules import WayFacts

SEOUL = ZoneInfo("Asia/Seoul")
BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 24, 3, 7, 30, tzinfo=UTC)
"""12:07:30 in Seoul, on a server in UTC."""


def test_a_stated_time_is_the_sites_clock_whatever_the_servers_zone() -> None:
    stated = rules.stated_moment(12, 10, SEOUL, NOON)

    assert stated == datetime(2026, 11, 24, 3, 10, tzinfo=UTC)
    assert rules.minutes_off(stated, NOON) == 3


@pytest.mark.parametrize(("minutes", "off"), [(10, 10), (11, 11), (-10, 10), (-11, 11)])
def test_how_far_off_is_counted_in_whole_minutes_of_the_clock(minutes: int, off: int) -> None:
    exact = datetime(2026, 11, 24, 3, 10, 59, tzinfo=UTC)
    stated = exact.replace(second=0) + timedelta(minutes=minutes)

    assert rules.minutes_off(stated, exact) == off


def test_a_time_across_midnight_is_the_nearest_one() -> None:
    just_after = datetime(2026, 11, 24, 15, 2, tzinfo=UTC)  # 00:02 in Seoul

    stated = rules.stated_moment(23, 50, SEOUL, just_after)

    assert rules.minutes_off(stated, just_after) == 12


@pytest.mark.parametrize("hour", [0, 1])
def test_in_the_hour_that_comes_twice_the_nearest_one_is_meant(hour: int) -> None:
    """Clocks go back at 03:00 on 2026-10-25 in Berlin: 02:30 is twice."""
    near = datetime(2026, 10, 25, hour, 33, tzinfo=UTC)

    stated = rules.stated_moment(2, 30, BERLIN, near)

    assert rules.minutes_off(stated, near) == 3


def test_the_time_that_is_proposed_is_to_ten_minutes() -> None:
    times = [datetime(2026, 11, 24, 3, minute, 30, tzinfo=UTC) for minute in (4, 5, 9, 57)]

    proposed = [f"{rules.nearest_grain(time):%H:%M}" for time in times]

    assert proposed == ["03:00", "03:10", "03:10", "04:00"]


def test_t19_waits_for_the_order_and_a_team_or_the_supervisor() -> None:
    def codes(**facts: object) -> list[str]:
        return [one.code for one in rules.missing_for_wash(WayFacts(**facts))]  # type: ignore[arg-type]

    assert codes() == ["ORDER_NOT_COMPLETED"]
    assert codes(is_order_completed=True) == ["TEAM_MISSING"]
    assert codes(is_order_completed=True, team_count=1) == []
    assert codes(is_order_completed=True, needs_several_teams=True) == []


def test_t20_and_t21_wait_for_wash_reason_order_and_name() -> None:
    whole = {
        "is_order_completed": True,
        "team_count": 1,
        "is_order_with_car": True,
        "is_signed": True,
    }

    def codes(number: str, **facts: object) -> list[str]:
        known = WayFacts(**(whole | facts))  # type: ignore[arg-type]
        return [one.code for one in rules.missing_for_receipt(number, known)]

    assert codes("T20") == []
    assert codes("T20", is_wash_open=True) == ["WASH_NOT_BACK"]
    assert codes("T21") == ["NO_WASH_REASON_MISSING"]
    assert codes("T21", no_wash_reason="Urgent") == []
    assert codes("T20", is_order_with_car=False) == ["ORDER_NOT_WITH_CAR"]
    assert codes("T20", is_signed=False) == ["S3_MISSING"]


def test_a_line_goes_from_step_to_step() -> None:
    assert rules.line_state(None) == "todo"
    assert rules.line_state("reopened") == "todo"
    assert "done" in rules.next_steps("todo")
    assert rules.next_steps("done") == ("reopened",)
    assert "started" not in rules.next_steps("struck")


@pytest.mark.parametrize(
    ("states", "additions", "signed", "codes"),
    [
        (["done", "struck"], 0, True, []),
        ([], 0, True, []),
        (["done", "started"], 0, True, ["LINES_NOT_DONE"]),
        (["todo"], 1, True, ["LINES_NOT_DONE", "ADDITIONS_OPEN"]),
        (["done"], 0, False, ["ACCEPTANCE_NOT_SIGNED"]),
    ],
)
def test_t27_waits_for_every_line_every_addition_and_the_name(
    states: list[str], additions: int, signed: bool, codes: list[str]
) -> None:
    found = rules.missing_for_acceptance(states, additions, is_signed=signed)

    assert [one.code for one in found] == codes


def test_the_progress_window_lies_at_70_to_80_percent_and_moves_with_the_promise() -> None:
    received = datetime(2026, 11, 24, 0, tzinfo=UTC)
    window = rules.progress_window(received, received + timedelta(hours=10), 70, 80)
    moved = rules.progress_window(received, received + timedelta(hours=20), 70, 80)
    assert window is not None
    assert moved is not None

    answered = [received + timedelta(hours=7, minutes=5)]

    assert window.opens_at == received + timedelta(hours=7)
    assert window.closes_at == received + timedelta(hours=8)
    assert window.is_answered(answered)
    assert not moved.is_answered(answered)


def test_a_promise_across_the_end_of_summer_time_counts_real_hours() -> None:
    received = datetime(2026, 10, 24, 16, tzinfo=BERLIN).astimezone(UTC)
    promised = datetime(2026, 10, 25, 16, tzinfo=BERLIN).astimezone(UTC)
    window = rules.progress_window(received, promised, 70, 80)
    assert window is not None

    assert window.opens_at - received == timedelta(hours=17, minutes=30)  # 70 % of 25 hours


def test_without_a_period_there_is_no_window() -> None:
    received = datetime(2026, 11, 24, 0, tzinfo=UTC)

    assert rules.progress_window(received, None, 70, 80) is None
    assert rules.progress_window(received, received, 70, 80) is None
