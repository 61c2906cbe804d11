"""When a car can honestly be promised (5.02-5.04): the workshop's load, parts, slack.

All times are UTC-aware; a day's spans are the open time of the shop's calendar day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

STEP: Final = timedelta(minutes=30)
"""Promises are given for half hours."""
LEAST_NOTICE: Final = timedelta(minutes=30)
LEAST_MINUTES: Final = 15
MORNING: Final = timedelta(hours=2)
"""A second offer lies so long after opening, when a customer can come by."""


@dataclass(frozen=True)
class WorkDay:
    """A day of the workshop: when it is open, and the minutes of work that its hands can still
    take, absences and what is booked for that day taken off."""

    on: date
    spans: Sequence[tuple[datetime, datetime]]
    minutes: int

    @property
    def open_minutes(self) -> float:
        """How long the shop is open."""
        return sum((end - begin).total_seconds() for begin, end in self.spans) / 60


@dataclass(frozen=True)
class Reason:
    """Why no earlier time is offered: WORKSHOP_FULL until a day, PART_ARRIVES on a day."""

    code: str
    on: date


@dataclass(frozen=True)
class Proposal:
    """`ready_at`: when the work can be done; `promised_at`: with slack, within the open hours."""

    ready_at: datetime
    promised_at: datetime
    slack_minutes: int
    reasons: tuple[Reason, ...]


def slack_for(own_minutes: int, percent: int, least_minutes: int) -> int:
    """Minutes left over (5.02): a share of the work, and at least a site's own minimum."""
    return max(-(-own_minutes * percent // 100), least_minutes)


def propose(
    now: datetime,
    days: Sequence[WorkDay],
    *,
    backlog_minutes: int,
    own_minutes: int,
    slack_minutes: int,
    parts_at: datetime | None = None,
) -> Proposal | None:
    """The earliest honest time. None where the hands of all these days do not suffice.

    The work waits its turn behind the backlog, takes its own time from when the last part is here,
    and gets the slack on top.
    """
    own = max(own_minutes, LEAST_MINUTES)
    in_turn = _worked_off(days, now, backlog_minutes + own)
    start = max(now, parts_at) if parts_at else now
    alone = _after(days, start, own)
    if in_turn is None or alone is None:
        return None
    ready_at = max(in_turn, alone)
    with_slack = _after(days, ready_at, slack_minutes)
    promised_at = _on_step(days, with_slack) if with_slack else None
    if promised_at is None:
        return None
    reasons = []
    free = _after(days, now, own)
    if free is not None and in_turn > alone and _day_of(days, in_turn) != _day_of(days, free):
        reasons.append(Reason("WORKSHOP_FULL", _day_of(days, in_turn)))
    if parts_at and parts_at > now and alone >= in_turn:
        reasons.append(Reason("PART_ARRIVES", _day_of(days, max(parts_at, now))))
    return Proposal(ready_at, promised_at, slack_minutes, tuple(reasons))


def offers(first: datetime, days: Sequence[WorkDay], most: int = 3) -> list[datetime]:
    """Times to tap: the earliest, closing time of the same day, and of each day after it a time in
    the morning and closing time."""
    found = [first]
    for day in days:
        if not day.spans:
            continue
        opens, closes = day.spans[0][0], day.spans[-1][1]
        for moment in (opens + MORNING, closes):
            if moment >= found[-1] + timedelta(hours=1) and moment <= closes:
                found.append(moment)
    return found[:most]


def _spans_from(
    days: Sequence[WorkDay], start: datetime
) -> Iterator[tuple[WorkDay, datetime, datetime]]:
    for day in days:
        for begin, end in day.spans:
            if end > start:
                yield day, max(begin, start), end


def _worked_off(days: Sequence[WorkDay], start: datetime, minutes: float) -> datetime | None:
    """When so much work is done if all hands go through it in turn."""
    for day, begin, end in _spans_from(days, start):
        rate = day.minutes / day.open_minutes
        here = rate * (end - begin).total_seconds() / 60
        if here >= minutes and rate > 0:
            return begin + timedelta(minutes=minutes / rate)
        minutes -= here
    return None


def _after(days: Sequence[WorkDay], start: datetime, minutes: float) -> datetime | None:
    """When so many open minutes have passed, on days on which anyone works at all."""
    for day, begin, end in _spans_from(days, start):
        if day.minutes <= 0:
            continue
        here = (end - begin).total_seconds() / 60
        if here >= minutes:
            return begin + timedelta(minutes=minutes)
        minutes -= here
    return None


def _on_step(days: Sequence[WorkDay], moment: datetime) -> datetime | None:
    """The next half hour in the open time, or closing time where that comes before it."""
    for _day, begin, end in _spans_from(days, moment - timedelta(microseconds=1)):
        at = max(begin, moment)
        past = timedelta(minutes=at.minute % 30, seconds=at.second, microseconds=at.microsecond)
        rounded = at if not past else at - past + STEP
        if rounded <= end:
            return rounded
        if at <= end:
            return end
    return None


def _day_of(days: Sequence[WorkDay], moment: datetime) -> date:
    """The calendar day of the shop that a moment falls on, or the next one that is open."""
    for day in days:
        if day.spans and moment <= day.spans[-1][1]:
            return day.on
    return moment.date()
