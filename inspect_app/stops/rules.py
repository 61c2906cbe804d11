"""What is asked before a repair is stopped (T41)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from inspect_app.staff.rules import RECEPTION, Role
from inspect_app.visits.rules import Missing

DONE: Final = ("all", "part", "none")
STOPPERS: Final = RECEPTION
READERS: Final = (
    *RECEPTION, Role.WORKSHOP_SUPERVISOR, Role.DISPATCHER, Role.SETTLEMENT_CLERK, Role.CASHIER,
    Role.MANAGER,
)  # fmt: skip
MAX_WORDS_CHARS: Final = 500


@dataclass(frozen=True)
class LineDone:
    """How far a line of the order has come. `ordered` is its price, `amount` what is charged."""

    done: str = ""
    ordered: int | None = None
    amount: int | None = None

    @property
    def charged(self) -> int | None:
        """What the line costs as it stands; None while it is not priced."""
        if self.done == "none":
            return 0
        return self.amount if self.amount is not None or self.done == "part" else self.ordered


def missing_for_stop(
    lines: Iterable[LineDone], *, reason: str, asked_by: str, is_safe: bool | None, warning: str
) -> list[Missing]:
    """What T41 still waits for."""
    return list(_missing(tuple(lines), reason, asked_by, is_safe, warning))


def _missing(
    lines: tuple[LineDone, ...], reason: str, asked_by: str, is_safe: bool | None, warning: str
) -> Iterator[Missing]:
    if not asked_by.strip():
        yield Missing("ASKER_MISSING", "stop")
    if not reason.strip():
        yield Missing("REASON_MISSING", "stop")
    for line in lines:
        if line.done not in DONE:
            yield Missing("LINE_UNANSWERED", "stop")
        elif line.charged is None:
            yield Missing("LINE_NOT_PRICED", "stop")
    if is_safe is None:
        yield Missing("SAFETY_UNANSWERED", "stop")
    elif not is_safe and not warning.strip():
        yield Missing("WARNING_MISSING", "stop")
