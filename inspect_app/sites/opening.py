"""When a shop is open: its hours by weekday, its closed days, and its zone's summer time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Hours = tuple[tuple[time, time], ...]
"""The spans of one weekday; a span that ends at 00:00 ends at midnight."""

USUAL: Final[Hours] = ((time(8), time(18)),)
USUAL_WEEK: Final[tuple[Hours, ...]] = (*(USUAL,) * 6, ())
"""Monday to Saturday, eight to six; no number in the source."""
FURTHEST: Final = 400
"""Days looked ahead or back for an open hour: a shop that is closed for longer is always closed."""


@dataclass(frozen=True)
class OpeningHours:
    """The hours of a shop. All moments are aware; answers are in UTC. Both ends count as open, so
    that a car may be promised for closing time."""

    zone: ZoneInfo
    week: tuple[Hours, ...] = USUAL_WEEK
    closed_on: frozenset[date] = frozenset()

    def spans_on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The open spans of one day of the shop's calendar, in order and apart."""
        if day in self.closed_on:
            return []
        spans: list[tuple[datetime, datetime]] = []
        for opens, closes in self.week[day.weekday()]:
            ends_on = day + timedelta(days=1) if closes == time(0) else day
            begin, end = self._moment(day, opens), self._moment(ends_on, closes)
            if spans and begin <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(spans[-1][1], end))
            elif begin < end:  # a span may fall into the hour that summer time leaves out
                spans.append((begin, end))
        return spans

    def _moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def is_open(self, moment: datetime) -> bool:
        """Whether the shop is open at this moment, its first and last one included."""
        day = moment.astimezone(self.zone).date()
        days = (day - timedelta(days=1), day)  # the day before may end at midnight
        return any(begin <= moment <= end for one in days for begin, end in self.spans_on(one))

    def into(self, moment: datetime, *, earlier: bool = False) -> datetime:
        """The moment itself where the shop is open, else the next opening, or with `earlier` the
        last closing. A shop that never opens leaves it as it is."""
        moment = moment.astimezone(UTC)
        if self.is_open(moment):
            return moment
        if earlier:
            ends = (end for _begin, end in self._back_from(moment) if end <= moment)
            return next(ends, moment)
        begins = (begin for begin, _end in self._on_from(moment) if begin >= moment)
        return next(begins, moment)

    def minutes_between(self, begin: datetime, end: datetime) -> int:
        """Whole open minutes from one moment to the other; 0 where the second is not later."""
        begin, end = begin.astimezone(UTC), end.astimezone(UTC)
        open_time = timedelta()
        for opens, closes in self._on_from(begin):
            if opens >= end:
                break
            open_time += max(min(closes, end) - max(opens, begin), timedelta())
        return int(open_time.total_seconds() // 60)

    def after(self, moment: datetime, minutes: int) -> datetime:
        """The moment when so many open minutes have passed; `moment` where it never comes."""
        moment = moment.astimezone(UTC)
        left = timedelta(minutes=minutes)
        for opens, closes in self._on_from(moment):
            begin = max(opens, moment)
            if closes >= begin and begin + left <= closes:
                return begin + left
            left -= max(closes - begin, timedelta())
        return moment

    def _on_from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        first = moment.astimezone(self.zone).date() - timedelta(days=1)
        for ahead in range(FURTHEST):
            yield from self.spans_on(first + timedelta(days=ahead))

    def _back_from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        last = moment.astimezone(self.zone).date()
        for back in range(FURTHEST):
            yield from reversed(self.spans_on(last - timedelta(days=back)))


def read_opening_hours(settings: Mapping[str, Any], zone: ZoneInfo) -> OpeningHours:
    """The hours of a site's settings: `opening_hours` maps mon … sun to spans such as
    ["08:00", "18:00"] and a day without spans is closed; `closed_on` lists days. What can't be read
    falls back to the usual week."""
    typed = settings.get("opening_hours")
    week = USUAL_WEEK
    if isinstance(typed, Mapping):
        try:
            week = tuple(_hours(typed.get(name, ())) for name in WEEKDAYS)
        except (TypeError, ValueError):
            week = USUAL_WEEK
    return OpeningHours(zone, week, frozenset(_days(settings.get("closed_on"))))


def _hours(spans: Any) -> Hours:
    read = []
    for opens, closes in spans:
        span = time.fromisoformat(opens), time.fromisoformat(str(closes).replace("24:00", "00:00"))
        if span[1] != time(0) and span[0] >= span[1]:
            raise ValueError(f"closes before it opens: {opens} {closes}")
        read.append(span)
    return tuple(sorted(read))


def _days(typed: Any) -> Iterator[date]:
    for text in typed if isinstance(typed, list) else ():
        try:
            yield date.fromisoformat(str(text))
        except ValueError:
            continue
