"""When a car is ready (T30): the last going-over, the count, the slips, the totalled sheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from inspect_app.staff.rules import RECEPTION, Role
from inspect_app.visits.rules import Missing

STEPS: Final = ("cleaned", "looked_over")
SLIPS: Final = ("labour", "parts")
SLIP_STATES: Final = frozenset(
    {"in_workshop", "awaiting_approval", "work_done", "preparing_delivery", "ready_notified"}
)
"""A slip may come as soon as the work is under way, and as late as the car is waiting."""
PREPARERS: Final = RECEPTION
COLLECTORS: Final = (Role.SETTLEMENT_CLERK, Role.CASHIER)
LABOUR: Final = (Role.TEAM, Role.WORKSHOP_SUPERVISOR, Role.DISPATCHER, *COLLECTORS)
PARTS: Final = (Role.PARTS, *COLLECTORS)
"""The department hands its slip in; the settlement clerk may enter one that came on paper."""
MAX_NOTE_CHARS: Final = 500


def hands_in(roles: frozenset[Role]) -> tuple[str, ...]:
    """Which slips a person of these roles hands in."""
    by_kind = {"labour": LABOUR, "parts": PARTS}
    return tuple(kind for kind in SLIPS if not roles.isdisjoint(by_kind[kind]))


@dataclass(frozen=True)
class Counted:
    """A line of the items list against what is in the car: `counted` is None while nobody has
    looked, `put_back` says that it lies in the car again."""

    listed: int
    counted: int | None = None
    put_back: bool = False

    @property
    def differs(self) -> bool:
        """Whether more or fewer are there than the list says."""
        return self.counted is not None and self.counted != self.listed


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of the preparation. Only what was done since the car came out of the workshop
    counts, so a car that goes back is prepared anew."""

    steps: frozenset[str] = frozenset()
    items: tuple[Counted, ...] = ()
    difference_accepted: bool = False
    slips: frozenset[str] = frozenset()
    sheet_totalled: bool = False
    prices_unknown: int = 0


def missing_for_ready(facts: Facts) -> list[Missing]:
    """What T30 still waits for, in the order of the page."""
    return list(_missing(facts))


def _missing(facts: Facts) -> Iterator[Missing]:
    for step in STEPS:
        if step not in facts.steps:
            yield Missing(f"NOT_{step.upper()}", "preparation", step)
    if any(item.counted is None for item in facts.items):
        yield Missing("ITEMS_NOT_COUNTED", "preparation")
    elif any(item.differs for item in facts.items) and not facts.difference_accepted:
        yield Missing("ITEMS_DIFFER", "preparation")
    elif any(item.counted and not item.put_back for item in facts.items):
        yield Missing("ITEMS_NOT_PUT_BACK", "preparation")
    for kind in SLIPS:
        if kind not in facts.slips:
            yield Missing("SLIP_MISSING", "preparation", kind)
    if facts.prices_unknown:
        yield Missing("PRICE_UNKNOWN", "settlement")
    elif not facts.sheet_totalled:
        yield Missing("SHEET_NOT_TOTALLED", "settlement")


def since(done: Iterable[tuple[str, datetime]], began_at: datetime) -> frozenset[str]:
    """The steps that were done at or after this moment."""
    return frozenset(step for step, at in done if at >= began_at)
