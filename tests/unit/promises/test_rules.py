"""When a car can honestly be promised."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inspect_app.promises.rules import Reason, WorkDay, offers, propose, slack_for

MONDAY = date(2026, 11, 23)


def at(days: int, hour: int, minute: int = 0) -> datetime:
    """So many days after Monday."""
    return datetime(2026, 11, 23, hour, minute, tzinfo=UTC) + timedelta(days=days)


def week(minutes: int = 960, **changed: int) -> list[WorkDay]:
    """Three weeks of six days from eight to six; `d2=0` changes the minutes of a day."""
    return [
        WorkDay(
            MONDAY + timedelta(days=n),
            () if n % 7 == 6 else ((at(n, 8), at(n, 18)),),
            changed.get(f"d{n}", minutes),
        )
        for n in range(21)
    ]


def test_an_empty_workshop_promises_the_work_and_the_slack() -> None:
    found = propose(at(0, 9), week(), backlog_minutes=0, own_minutes=120, slack_minutes=60)

    assert found is not None
    assert found.ready_at == at(0, 11)
    assert found.promised_at == at(0, 12)
    assert found.reasons == ()


def test_a_full_week_pushes_the_promise_and_says_until_when() -> None:
    # Two hands of eight hours a day; Monday to Thursday are full.
    found = propose(at(0, 8), week(), backlog_minutes=4 * 960, own_minutes=60, slack_minutes=60)

    assert found is not None
    assert found.promised_at.date() == date(2026, 11, 27)
    assert found.reasons == (Reason("WORKSHOP_FULL", date(2026, 11, 27)),)


def test_a_part_that_arrives_on_friday_pushes_the_promise_to_friday() -> None:
    found = propose(
        at(0, 9), week(), backlog_minutes=0, own_minutes=60, slack_minutes=60, parts_at=at(4, 8)
    )

    assert found is not None
    assert found.promised_at == at(4, 10)
    assert found.reasons == (Reason("PART_ARRIVES", date(2026, 11, 27)),)


def test_who_is_away_pushes_the_promise_too() -> None:
    away = week(d0=0, d1=0, d2=0)

    found = propose(at(0, 9), away, backlog_minutes=0, own_minutes=60, slack_minutes=60)

    assert found is not None
    assert found.promised_at == at(3, 10)


def test_slack_that_does_not_fit_before_closing_goes_on_the_next_open_morning() -> None:
    found = propose(at(5, 16), week(), backlog_minutes=0, own_minutes=100, slack_minutes=60)

    assert found is not None
    assert found.promised_at == at(7, 9)


def test_nothing_is_promised_where_no_hands_are_left() -> None:
    assert propose(at(0, 9), week(0), backlog_minutes=0, own_minutes=60, slack_minutes=0) is None
    assert propose(at(0, 9), [], backlog_minutes=0, own_minutes=60, slack_minutes=0) is None


def test_what_is_offered_is_the_earliest_and_later_times_to_choose_from() -> None:
    assert offers(at(0, 12), week()) == [at(0, 12), at(0, 18), at(1, 10)]
    assert offers(at(0, 18), week()) == [at(0, 18), at(1, 10), at(1, 18)]
    assert offers(at(5, 17, 30), week()) == [at(5, 17, 30), at(7, 10), at(7, 18)]


def test_slack_is_a_share_of_the_work_and_at_least_the_sites_minimum() -> None:
    assert slack_for(600, 20, 60) == 120
    assert slack_for(61, 20, 0) == 13
    assert slack_for(60, 20, 60) == 60


LOADS = st.integers(0, 6000)
WEEKS = st.lists(st.integers(0, 2000), min_size=21, max_size=21).map(
    lambda minutes: week(**{f"d{n}": value for n, value in enumerate(minutes)})
)
NOWS = st.integers(0, 6 * 24 * 60).map(lambda minutes: at(0, 0) + timedelta(minutes=minutes))


@given(WEEKS, NOWS, LOADS, LOADS, st.integers(15, 900), st.integers(0, 300))
def test_more_work_before_it_never_makes_a_promise_earlier(
    days: list[WorkDay], now: datetime, less: int, more: int, own: int, slack: int
) -> None:
    less, more = sorted((less, more))
    early = propose(now, days, backlog_minutes=less, own_minutes=own, slack_minutes=slack)
    late = propose(now, days, backlog_minutes=more, own_minutes=own, slack_minutes=slack)

    if early is None:
        assert late is None
    elif late is not None:
        assert early.promised_at <= late.promised_at


@given(WEEKS, NOWS, LOADS, st.integers(15, 900), st.integers(0, 300), st.none() | NOWS)
def test_a_promise_lies_in_the_open_hours_and_leaves_time_for_work_and_slack(
    days: list[WorkDay], now: datetime, backlog: int, own: int, slack: int, parts: datetime | None
) -> None:
    found = propose(
        now, days, backlog_minutes=backlog, own_minutes=own, slack_minutes=slack, parts_at=parts
    )

    if found is not None:
        spans = [span for day in days for span in day.spans]
        assert any(begin <= found.promised_at <= end for begin, end in spans)
        assert found.promised_at >= max(now, parts or now) + timedelta(minutes=own + slack)
        times = offers(found.promised_at, days)
        assert times == sorted(set(times))
        assert times[0] == found.promised_at
