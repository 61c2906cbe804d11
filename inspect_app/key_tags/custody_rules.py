"""Where a key is, from its movements alone, and what may happen to it next (6.08, D9)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

KINDS: Final = ("registered", "put_in", "taken_out", "handed_over", "returned", "given_back")
REASONS: Final = {
    "wash": timedelta(minutes=60),
    "workshop": timedelta(hours=4),
    "road_test": timedelta(minutes=45),
    "delivery": timedelta(minutes=30),
    "parking": timedelta(minutes=15),
}
"""Why a key leaves its hook, and when it is expected back unless said otherwise; the source names
no times."""
BACK_IN_MINUTES: Final = (15, 30, 60, 120, 240, 480)
LONGEST_OUT: Final = timedelta(days=7)
LATE: Final = timedelta(seconds=60)
"""What was captured longer ago than this came through the outbox: others may have acted since."""


@dataclass(frozen=True)
class Moved:
    """One movement as the rules see it. `holder_id`: who has the key afterwards; None on a hook."""

    sequence: int
    kind: str
    at: datetime
    by_id: uuid.UUID
    holder_id: uuid.UUID | None = None
    reason: str = ""
    expected_return_at: datetime | None = None
    is_claim: bool = False


@dataclass(frozen=True)
class Custody:
    """Where the key is. `state`: registered, in, out, given_back. `last` made it so."""

    state: str = "registered"
    last: Moved | None = None
    taken_at: datetime | None = None
    sequence: int = 0

    @property
    def holder_id(self) -> uuid.UUID | None:
        """Who has the key in hand."""
        return self.last.holder_id if self.last and self.state == "out" else None

    @property
    def expected_return_at(self) -> datetime | None:
        """When it should hang on its hook again."""
        return self.last.expected_return_at if self.last and self.state == "out" else None


_STATE_AFTER: Final = {
    "registered": "registered",
    "put_in": "in",
    "taken_out": "out",
    "handed_over": "out",
    "returned": "in",
    "given_back": "given_back",
}
_ACTS: Final = {
    "registered": ("put_in", "taken_out", "handed_over", "given_back"),
    "in": ("taken_out", "handed_over", "given_back"),
    "out": ("returned", "handed_over", "given_back"),
    "given_back": (),
}


def custody(movements: Iterable[Moved]) -> Custody:
    """Where the key is after these movements, in any order; claims move nothing."""
    counted = sorted((one for one in movements if not one.is_claim), key=lambda one: one.sequence)
    if not counted:
        return Custody()
    last = counted[-1]
    taken = None
    for one in counted:
        if _STATE_AFTER[one.kind] != "out":
            taken = None
        elif taken is None:
            taken = one.at
    return Custody(_STATE_AFTER[last.kind], last, taken, last.sequence)


def next_acts(now_is: Custody) -> tuple[str, ...]:
    """What may happen next, the most sensible first."""
    return _ACTS[now_is.state]


def is_overdue(now_is: Custody, now: datetime) -> bool:
    """Whether the key should be back by now."""
    expected = now_is.expected_return_at
    return expected is not None and expected < now


def contradicts(now_is: Custody, kind: str, *, seen: int | None, at: datetime) -> bool:
    """Whether an act does not follow on what is known: it is not possible in this state, the page
    it was done on showed an older one (`seen`), or, where that is not known, it happened before
    the last movement."""
    if kind not in next_acts(now_is):
        return True
    if seen is not None:
        return seen != now_is.sequence
    return now_is.last is not None and at < now_is.last.at


def is_late(at: datetime, now: datetime) -> bool:
    """Whether the movement was captured away from the server and arrived afterwards."""
    return now - at > LATE


def expected_back(reason: str, minutes: int | None, at: datetime) -> datetime | None:
    """When a key taken for this reason should be back; None where nothing says so."""
    if minutes is not None:
        return at + min(timedelta(minutes=minutes), LONGEST_OUT)
    return at + REASONS[reason] if reason in REASONS else None


def slot_state(now_is: Custody, now: datetime, *, car_has_left: bool) -> str:
    """What the wall says of a slot with a key: to_put_in, in, out, overdue or not_expected (its car
    has left, so no key should hang there any more)."""
    if car_has_left:
        return "not_expected"
    if now_is.state == "registered":
        return "to_put_in"
    if now_is.state == "in":
        return "in"
    return "overdue" if is_overdue(now_is, now) else "out"


def missing_for_delivery(
    number: str, now_is: Custody | None, deliverer_id: uuid.UUID | None
) -> str:
    """What the key still lacks for T34 (taken out by who delivers), T35 (given to the customer) and
    the end of a visit (tag free), as a code; empty where nothing. A visit without a key lacks
    nothing."""
    if now_is is None or now_is.state == "given_back":
        return ""
    if number == "T34":
        is_in_hand = now_is.state == "out" and now_is.holder_id == deliverer_id
        return "" if is_in_hand else "KEY_NOT_WITH_DELIVERER"
    return "KEY_NOT_GIVEN_BACK" if number == "T35" else "TAG_NOT_FREE"
