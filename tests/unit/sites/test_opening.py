"""When a shop is open, also on the days when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.sites.opening import USUAL_WEEK, OpeningHours, read_opening_hours

SEOUL = ZoneInfo("Asia/Seoul")
ZONES = ("Asia/Seoul", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")
HOURS = OpeningHours(SEOUL, closed_on=frozenset({date(2026, 12, 25)}))


def seoul(text: str) -> datetime:
    """A moment in the shop's zone."""
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("moment", "later", "earlier"),
    [
        ("2026-11-25T10:00", "2026-11-25T10:00", "2026-11-25T10:00"),
        ("2026-11-25T18:00", "2026-11-25T18:00", "2026-11-25T18:00"),
        ("2026-11-25T20:00", "2026-11-26T08:00", "2026-11-25T18:00"),
        ("2026-11-29T12:00", "2026-11-30T08:00", "2026-11-28T18:00"),
        ("2026-12-25T12:00", "2026-12-26T08:00", "2026-12-24T18:00"),
    ],
)
def test_a_moment_is_pulled_into_the_open_hours(moment: str, later: str, earlier: str) -> None:
    assert HOURS.into(seoul(moment)) == seoul(later)
    assert HOURS.into(seoul(moment), earlier=True) == seoul(earlier)


def test_open_minutes_leave_out_the_night_and_the_closed_day() -> None:
    assert HOURS.minutes_between(seoul("2026-11-25T17:30"), seoul("2026-11-26T08:15")) == 45
    assert HOURS.minutes_between(seoul("2026-12-24T17:00"), seoul("2026-12-26T09:00")) == 120
    assert HOURS.minutes_between(seoul("2026-11-26T09:00"), seoul("2026-11-25T09:00")) == 0


def test_a_night_shift_is_shorter_by_the_hour_that_the_clocks_leave_out() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    always = OpeningHours(berlin, (((time(0), time(0)),),) * 7)

    spring = datetime(2026, 3, 29, tzinfo=berlin), datetime(2026, 3, 30, tzinfo=berlin)
    autumn = datetime(2026, 10, 25, tzinfo=berlin), datetime(2026, 10, 26, tzinfo=berlin)

    assert always.minutes_between(*spring) == 23 * 60
    assert always.minutes_between(*autumn) == 25 * 60


def test_a_span_within_the_hour_left_out_is_no_span() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    hours = OpeningHours(berlin, (((time(2, 10), time(2, 50)),),) * 7)

    assert hours.minutes_between(
        datetime(2026, 3, 28, tzinfo=berlin), datetime(2026, 3, 31, tzinfo=berlin)
    ) in (80, 120)
    assert all(begin < end for begin, end in hours.spans_on(date(2026, 3, 29)))


def test_a_shop_that_never_opens_answers_all_the_same() -> None:
    never = OpeningHours(SEOUL, ((),) * 7)
    moment = seoul("2026-11-25T10:00")

    assert (
        never.into(moment) == never.into(moment, earlier=True) == never.after(moment, 5) == moment
    )
    assert never.minutes_between(moment, moment + timedelta(days=3)) == 0


SPANS = st.lists(
    st.tuples(st.times(), st.times()).map(sorted).filter(lambda span: span[0] < span[1]),
    max_size=3,
).map(lambda spans: tuple(sorted((begin, end) for begin, end in spans)))
SHOPS = st.builds(
    OpeningHours,
    st.sampled_from(ZONES).map(ZoneInfo),
    st.tuples(*(SPANS,) * 7),
    st.frozensets(st.dates(date(2026, 3, 1), date(2026, 11, 30)), max_size=5),
)
MOMENTS = st.integers(0, 270 * 24 * 3600).map(
    lambda seconds: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@given(SHOPS, MOMENTS)
def test_a_moment_pulled_in_is_open_and_stays(hours: OpeningHours, moment: datetime) -> None:
    later, earlier = hours.into(moment), hours.into(moment, earlier=True)

    assert earlier <= moment <= later
    assert hours.into(later) == later
    assert hours.into(earlier, earlier=True) == earlier
    if any(hours.week):
        assert hours.is_open(later) or later == moment


@given(SHOPS, MOMENTS, MOMENTS, MOMENTS)
def test_open_minutes_add_up(
    hours: OpeningHours, first: datetime, second: datetime, third: datetime
) -> None:
    first, second, third = sorted((first, second, third))
    parts = hours.minutes_between(first, second) + hours.minutes_between(second, third)

    # Each part is cut to whole minutes.
    assert 0 <= hours.minutes_between(first, third) - parts <= 1


@given(SHOPS, MOMENTS, st.integers(0, 3000))
def test_work_that_takes_open_minutes_ends_when_they_have_passed(
    hours: OpeningHours, moment: datetime, minutes: int
) -> None:
    end = hours.after(moment, minutes)

    if end > moment:
        assert hours.minutes_between(moment, end) in (minutes - 1, minutes)
        assert hours.is_open(end)


@pytest.mark.parametrize(
    "typed",
    [None, [], "8-18", {"mon": [["18:00", "08:00"]]}, {"mon": [["08:00"]]}, {"mon": 5},
     {"mon": [[8, 18]]}, {"mon": [["08:00", None]]}],
)  # fmt: skip
def test_hours_that_cannot_be_read_are_the_usual_ones(typed: object) -> None:
    hours = read_opening_hours({"opening_hours": typed, "closed_on": ["soon", 5]}, SEOUL)

    assert hours.week == USUAL_WEEK
    assert hours.closed_on == frozenset()


def test_hours_are_read_day_by_day() -> None:
    hours = read_opening_hours(
        {
            "opening_hours": {"mon": [["08:00", "12:00"], ["13:00", "24:00"]]},
            "closed_on": ["2026-12-25"],
        },
        SEOUL,
    )

    assert hours.week[0] == ((time(8), time(12)), (time(13), time(0)))
    assert hours.week[1:] == ((),) * 6
    assert hours.closed_on == {date(2026, 12, 25)}
