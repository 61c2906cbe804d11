"""What a gate pass is good for, at this moment (D14, T15, T37)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LAST: Final = ("settled", "declined", "consult")
"""The car leaves for good."""
TRIPS: Final = {
    "road_test": timedelta(minutes=45),
    "wash": timedelta(minutes=60),
    "other_workshop": timedelta(hours=8),
    "inspection_trip": timedelta(hours=4),
    "rescue": timedelta(hours=4),
}
"""The car comes back, after so long unless said otherwise; the source names no times."""
KINDS: Final = (*LAST, *TRIPS)
LONGEST_TRIP: Final = timedelta(days=14)

GIVEN_IN: Final = {
    "settled": frozenset({"settled", "delivering", "delivered"}),
    "declined": frozenset({"exit_cleared"}),
    "consult": frozenset({"consult_only"}),
}
"""The states in which a pass of each last kind is given (12.04, T14)."""
WAY_OUT: Final = {"exit_cleared": "T15", "delivered": "T37", "consult_only": "T06"}
"""The transition that the gate brings about, by the state before."""
GONE: Final = frozenset(
    {"booked", "no_show", "cancelled", "left", "follow_up_due", "closed", "exit_cleared"}
)
"""States in which no car is there to go on a trip."""


def may_give(kind: str, state: str) -> bool:
    """Whether a pass of this kind may be given to a visit in this state."""
    return state in GIVEN_IN[kind] if kind in LAST else state not in GONE | {"delivered"}


@dataclass(frozen=True, kw_only=True)
class PassFacts:
    """What is known of a pass and its visit. `open_fees`: minor units still to be paid (T14)."""

    kind: str
    state: str
    valid_until: datetime
    return_by: datetime | None = None
    released_at: datetime | None = None
    overridden_at: datetime | None = None
    used_at: datetime | None = None
    returned_at: datetime | None = None
    voided_at: datetime | None = None
    open_fees: int = 0


@dataclass(frozen=True)
class Verdict:
    """`code`: MAY_LEAVE, MAY_RETURN, or why not: USED, TRIP_OVER, VOIDED, EXPIRED, UNRELEASED,
    FEE_OPEN, NOT_CLEARED."""

    code: str

    @property
    def is_good(self) -> bool:
        """Whether the barrier opens."""
        return self.code in ("MAY_LEAVE", "MAY_RETURN")


def verdict(facts: PassFacts, now: datetime) -> Verdict:
    """What the guard is told. A voided or used pass says that before anything else."""
    if facts.voided_at is not None:
        return Verdict("VOIDED")
    if facts.used_at is not None:
        return Verdict(_after_use(facts))
    if facts.kind in TRIPS:
        late = facts.return_by is not None and now > facts.return_by
        return Verdict("EXPIRED" if late or now > facts.valid_until else "MAY_LEAVE")
    if now > facts.valid_until:
        return Verdict("EXPIRED")
    return Verdict(_for_good(facts))


def _after_use(facts: PassFacts) -> str:
    if facts.kind not in TRIPS:
        return "USED"
    return "TRIP_OVER" if facts.returned_at is not None else "MAY_RETURN"


def _for_good(facts: PassFacts) -> str:
    if facts.kind == "settled":
        return "MAY_LEAVE" if facts.released_at or facts.overridden_at else "UNRELEASED"
    if facts.open_fees > 0:
        return "FEE_OPEN"
    return "MAY_LEAVE" if facts.state in GIVEN_IN[facts.kind] else "NOT_CLEARED"


def is_late_back(facts: PassFacts, now: datetime) -> bool:
    """Whether the car of a trip should be back by now."""
    is_out = facts.used_at is not None and facts.returned_at is None and facts.kind in TRIPS
    return is_out and facts.return_by is not None and now > facts.return_by
