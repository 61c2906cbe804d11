"""When a car may go into the workshop, how its work stands, and when it counts as finished
(8.01–8.06, 10.01, 11.01; guards of T19, T20, T21, T26, T27)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from inspect_app.staff.rules import RECEPTION, Role
from inspect_app.visits.rules import Missing

RECEIPT_GRAIN: Final = timedelta(minutes=10)
"""N1, first reading: the receiver writes the time to ten minutes (8.05)."""

SUPERVISORS: Final = (Role.WORKSHOP_SUPERVISOR, Role.DISPATCHER)
"""Those who assign teams, receive cars and sheets, and sign S3 (process 3.2)."""
INSPECTORS: Final = (Role.QUALITY_INSPECTOR, Role.WORKSHOP_SUPERVISOR)
"""Those who accept work as finished: the inspector, or the supervisor in a small shop."""
WORKERS: Final = (Role.TEAM, *SUPERVISORS)
FINDERS: Final = (*WORKERS, Role.DIAGNOSING_TECHNICIAN)
"""Those who report an addition; a team and a technician only for their own job."""
JOB_READERS: Final = (*FINDERS, Role.QUALITY_INSPECTOR, *RECEPTION, Role.MANAGER)
SEES_ALL_JOBS: Final = frozenset(JOB_READERS) - {Role.TEAM}
WASHERS: Final = (Role.CAR_WASHER, *RECEPTION)

IN_WORK: Final = frozenset({"in_workshop", "awaiting_approval"})
"""While an addition waits for its answer all other work goes on (process 4.1)."""
ON_THE_WAY: Final = frozenset({"checked_in", "washing_in"})


def stated_moment(hour: int, minute: int, zone: ZoneInfo, near: datetime) -> datetime:
    """The moment that a clock face names, nearest to `near`: neither midnight nor an hour that a
    day has twice makes it ambiguous. Both times are aware; the answer is in the zone of `near`."""
    local = near.astimezone(zone)
    found = [
        (local + timedelta(days=days)).replace(
            hour=hour, minute=minute, second=0, microsecond=0, fold=fold
        )
        for days in (-1, 0, 1)
        for fold in (0, 1)
    ]
    moments = [moment.astimezone(near.tzinfo) for moment in found]
    return min(moments, key=lambda moment: abs(moment - near))


def minutes_off(stated_at: datetime, exact_at: datetime) -> int:
    """How far the stated time is from the real one, in whole minutes of a clock without seconds."""
    exact_minute = exact_at.replace(second=0, microsecond=0)
    return int(abs(stated_at - exact_minute).total_seconds() // 60)


def nearest_grain(moment: datetime) -> datetime:
    """The time to ten minutes that a receiver would write now."""
    past = timedelta(minutes=moment.minute % 10, seconds=moment.second)
    floor = (moment - past).replace(microsecond=0)
    return floor + RECEIPT_GRAIN if past >= RECEIPT_GRAIN / 2 else floor


@dataclass(frozen=True, kw_only=True)
class WayFacts:
    """What is known of a car on its way into the workshop."""

    is_order_completed: bool = False
    needs_several_teams: bool = False
    team_count: int = 0
    is_wash_open: bool = False
    was_washed: bool = False
    no_wash_reason: str = ""
    is_order_with_car: bool = False
    is_signed: bool = False


def missing_for_wash(facts: WayFacts) -> list[Missing]:
    """What T19 waits for: the order completed; one team set, or several left to the supervisor."""
    found = []
    if not facts.is_order_completed:
        found.append(Missing("ORDER_NOT_COMPLETED", "workshop"))
    elif not facts.team_count and not facts.needs_several_teams:
        found.append(Missing("TEAM_MISSING", "workshop"))
    return found


def missing_for_receipt(number: str, facts: WayFacts) -> list[Missing]:
    """What T20 (after the wash) or T21 (without one) waits for."""
    found = missing_for_wash(facts)
    if number == "T20" and facts.is_wash_open:
        found.append(Missing("WASH_NOT_BACK", "workshop"))
    if number == "T21" and not facts.no_wash_reason:
        found.append(Missing("NO_WASH_REASON_MISSING", "workshop"))
    if not facts.is_order_with_car:
        found.append(Missing("ORDER_NOT_WITH_CAR", "workshop"))
    if not facts.is_signed:
        found.append(Missing("S3_MISSING", "workshop"))
    return found


_NEXT: Final[Mapping[str, tuple[str, ...]]] = {
    "todo": ("started", "done", "struck"),
    "started": ("done", "struck"),
    "done": ("reopened",),
    "struck": ("reopened",),
}


def line_state(last_kind: str | None) -> str:
    """Where a line is after its last step: todo, started, done or struck."""
    return "todo" if last_kind in (None, "reopened") else str(last_kind)


def next_steps(state: str) -> tuple[str, ...]:
    """What may happen to a line next, the usual first."""
    return _NEXT[state]


def missing_for_acceptance(
    line_states: Iterable[str], open_additions: int, *, is_signed: bool
) -> list[Missing]:
    """What T27 waits for: every line done or struck with a reason, no addition open, and the
    inspector's name."""
    found = []
    if any(state not in ("done", "struck") for state in line_states):
        found.append(Missing("LINES_NOT_DONE", "workshop"))
    if open_additions:
        found.append(Missing("ADDITIONS_OPEN", "workshop"))
    if not is_signed:
        found.append(Missing("ACCEPTANCE_NOT_SIGNED", "workshop"))
    return found


@dataclass(frozen=True)
class Window:
    """When the workshop is to be asked how far it is (10.01)."""

    opens_at: datetime
    closes_at: datetime

    def is_answered(self, answers: Sequence[datetime]) -> bool:
        """Whether it was asked since the window opened; a moved promise opens it anew."""
        return any(at >= self.opens_at for at in answers)


def progress_window(
    received_at: datetime, promised_at: datetime | None, from_percent: int, to_percent: int
) -> Window | None:
    """The window of the work period (workshop receipt to promised time, Q8), in calendar hours;
    None where there is no period."""
    if promised_at is None or promised_at <= received_at:
        return None
    period = promised_at - received_at
    return Window(
        received_at + period * from_percent / 100, received_at + period * to_percent / 100
    )


def elapsed_minutes(since: datetime | None, until: datetime | None) -> int | None:
    """Whole minutes from one moment to another, never below zero; None where one is missing."""
    if since is None or until is None:
        return None
    return max(0, int((until - since).total_seconds() // 60))
