"""When an appointment may be made, what it waits for, and what falls due in it (16.01-16.06)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

SLOT: Final = timedelta(minutes=15)
"""The grain of the book: two appointments never hold the same quarter of an hour of a bay."""
DURATIONS: Final = (30, 60, 90, 120, 240, 480)
"""Minutes of open time that are offered; any whole number of quarters is taken."""
USUAL_DURATION: Final = 60
LONGEST: Final = 40 * 60
"""Minutes of open time that one appointment may hold a bay: a working week."""
FURTHEST: Final = timedelta(days=366)
LATE_TOLERANCE: Final = timedelta(minutes=15)
"""The tap comes a little after the quarter that was agreed on the phone."""
OUTCOMES: Final = ("came", "moved", "cancelled", "no_show")
PROPOSED_BY: Final = ("customer", "plant")
DEPOSIT_OUTCOMES: Final = ("none", "returned", "kept", "set_off")
PART_STATES: Final = ("needed", "ordered", "here")
MAX_PARTS: Final = 50


def check_time(starts_at: datetime, minutes: int, now: datetime) -> list[str]:
    """What is wrong with the time of an appointment: codes. Whether the shop is open then is asked
    of its hours."""
    problems = []
    if starts_at < now - LATE_TOLERANCE:
        problems.append("TIME_PAST")
    if starts_at > now + FURTHEST:
        problems.append("TIME_TOO_FAR")
    if starts_at.minute % 15 or starts_at.second or starts_at.microsecond:
        problems.append("TIME_NOT_ON_QUARTER")
    if minutes <= 0 or minutes % 15:
        problems.append("DURATION_ODD")
    elif minutes > LONGEST:
        problems.append("DURATION_TOO_LONG")
    return problems


def quarters(spans: Iterable[tuple[datetime, datetime]]) -> list[datetime]:
    """The beginnings of the quarters of an hour that these spans touch, each once, in order."""
    found: dict[datetime, None] = {}
    for begin, end in spans:
        quarter = begin - timedelta(
            minutes=begin.minute % 15, seconds=begin.second, microseconds=begin.microsecond
        )
        while quarter < end:
            found[quarter] = None
            quarter += SLOT
    return sorted(found)


@dataclass(frozen=True)
class Booking:
    """What is known for T01. Amounts are whole minor units; `part_prices` those of the parts that
    must be prepared."""

    has_time: bool = False
    has_work: bool = False
    part_prices: tuple[int, ...] = ()
    paid: int = 0
    waived: bool = False


@dataclass(frozen=True)
class DepositRule:
    """N6 and Q11: from `high_value` on a part asks for `share_percent` of its price in advance."""

    high_value: int = 500_000
    share_percent: int = 50

    def due(self, prices: Iterable[int]) -> int:
        """The least deposit for these parts: at least the share of each part of high value."""
        return sum(
            -(-price * self.share_percent // 100) for price in prices if price >= self.high_value
        )


def missing_for_booking(facts: Booking, rule: DepositRule) -> list[str]:
    """What T01 still waits for: codes, none if it may be taken."""
    missing = []
    if not facts.has_time:
        missing.append("TIME_MISSING")
    if not facts.has_work:
        missing.append("WORK_MISSING")
    if not facts.waived and facts.paid < rule.due(facts.part_prices):
        missing.append("DEPOSIT_MISSING")
    return missing


def is_deposit_too_large(amount: int, paid: int, prices: Iterable[int]) -> bool:
    """Whether more would be paid in advance than the parts cost."""
    return amount + paid > sum(prices)


def is_absent(starts_at: datetime, now: datetime, grace: timedelta) -> bool:
    """Whether the time of grace has passed (T03)."""
    return now > starts_at + grace


def is_in_reminder_window(at: datetime, due_at: datetime, overdue_at: datetime) -> bool:
    """T02: from one day to half a day before, both pulled into the opening hours."""
    return due_at <= at <= max(overdue_at, due_at)
