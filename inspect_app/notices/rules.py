"""When the customer is told that the car is ready, or is not (11.03–11.04; N3–N5, Q7, Q8)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inspect_app.visits.rules import Missing

DELAY_STATES: Final = frozenset(
    {"in_workshop", "awaiting_approval", "work_done", "preparing_delivery"}
)
NOTIFIED_BY: Final = frozenset({"reached", "sent"})
"""Results of a call or a message after which the customer knows; a message left is no notice."""


@dataclass(frozen=True)
class Lead:
    """How long ahead of the promised time a notice is due. A work period of `long_period` or more
    counts as long (Q7: exactly two days is long)."""

    short: timedelta = timedelta(hours=1)
    long: timedelta = timedelta(hours=4)
    long_period: timedelta = timedelta(hours=48)


def lead_for(received_at: datetime, promised_at: datetime, lead: Lead) -> timedelta:
    """How long ahead: the work period runs from the workshop's receipt to the promised time, in
    hours that pass, whatever the clocks do meanwhile (Q8)."""
    return lead.long if promised_at - received_at >= lead.long_period else lead.short


def notice_due_at(
    received_at: datetime,
    promised_at: datetime,
    lead: Lead,
    into_opening_hours: Callable[[datetime], datetime],
) -> datetime:
    """When the notice is due at the latest, pulled back into opening hours; a delay notice is due
    at the same moment (N5)."""
    return into_opening_hours(promised_at - lead_for(received_at, promised_at, lead))


@dataclass(frozen=True, kw_only=True)
class DelayFacts:
    """What a delay notice says. Times are UTC-aware."""

    reason: str = ""
    apologised: bool = False
    promised_at: datetime | None = None
    new_promised_at: datetime | None = None
    told_at: datetime
    is_told: bool = False


def missing_for_delay(facts: DelayFacts) -> list[Missing]:
    """What T31 still waits for: reason, apology, a new time that lies ahead, and a customer who was
    told."""
    return list(_missing(facts))


def _missing(facts: DelayFacts) -> Iterator[Missing]:
    if not facts.reason.strip():
        yield Missing("REASON_MISSING", "notice")
    if not facts.apologised:
        yield Missing("APOLOGY_MISSING", "notice")
    if facts.new_promised_at is None:
        yield Missing("NEW_TIME_MISSING", "notice")
    elif facts.new_promised_at <= facts.told_at:
        yield Missing("NEW_TIME_PAST", "notice")
    elif facts.promised_at is not None and facts.new_promised_at <= facts.promised_at:
        yield Missing("NEW_TIME_NOT_LATER", "notice")
    if not facts.is_told:
        yield Missing("CUSTOMER_NOT_TOLD", "notice")


def is_in_time(told_at: datetime, due_at: datetime) -> bool:
    """Whether the customer was told no later than the rule asks (11.04)."""
    return told_at <= due_at
