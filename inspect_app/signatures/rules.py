"""Which statements a customer is asked to sign, and how long a signature stands.

Work rules 3.03, 6.04, 6.06–6.09 and guards T12, T16, T17: S1 is not later than SD and SI, those
not later than S2, and S2 comes after the last note or is asked again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from inspect_app.staff.rules import RECEPTION, Role

HANDS_OVER = (*RECEPTION, Role.SETTLEMENT_CLERK, Role.CASHIER)
"""Who may hand the tablet to a customer for one sitting or another (process 3.2)."""

ORDER = "S1"
DISCREPANCY = "SD"
ITEMS = "SI"
CONDITION = "S2"

# The check-in's statements in the order in which they are shown.
STATEMENT_ORDER = (ORDER, DISCREPANCY, ITEMS, CONDITION)
# All that a customer signs, in the order of a sealed document: the check-in's, then a reservation,
# what is given back before work began, an addition, the settlement sheet, the delivery.
CODES = (*STATEMENT_ORDER, "SR", "SB", "SC", "SP", "S4")
# SD and SI are of one rank: neither has to come before the other.
RANK: Mapping[str, int] = {ORDER: 0, DISCREPANCY: 1, ITEMS: 1, CONDITION: 2}


@dataclass(frozen=True)
class Facts:
    """What a statement is about: the hash of its facts and the hashes of its photos.

    Photos stand apart because those still under way are named by a seal before the server has
    them: a signature holds while every photo now on record is among the signed ones.
    """

    sha256: str
    photos: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Signed:
    """The last signature on a statement: the facts it saw and its time (UTC, the tablet's)."""

    facts: Facts
    signed_at: datetime


def stands(signed: Facts, now: Facts) -> bool:
    """Whether a signature on the signed facts is one on the facts of now (T17)."""
    return signed.sha256 == now.sha256 and now.photos <= signed.photos


def standing(now: Mapping[str, Facts], signed: Mapping[str, Signed]) -> frozenset[str]:
    """The codes whose last signature still stands; codes without facts of now never do."""
    return frozenset(
        code
        for code, facts in now.items()
        if code in signed
        and stands(signed[code].facts, facts)
        and not _is_overtaken(code, now, signed)
    )


def due_statements(now: Mapping[str, Facts], signed: Mapping[str, Signed]) -> tuple[str, ...]:
    """The codes to sign in a sitting, in the order they are shown.

    `now` holds a statement that can be signed: S1 once the order is quoted, SD only while papers
    have a discrepancy, SI once the items are listed (an empty list is one), S2 once the car is
    noted. A statement is asked anew when its facts have changed, and with it whatever comes
    after it, so that the times stay in order.
    """
    held = standing(now, signed)
    first_open = min((RANK[code] for code in now if code not in held), default=max(RANK.values()))
    return tuple(
        code
        for code in STATEMENT_ORDER
        if code in now and (code not in held or RANK[code] > first_open)
    )


def is_in_order(signed_at: Mapping[str, datetime]) -> bool:
    """Whether S1 ≤ SD and SI ≤ S2 by time; statements that are not there do not matter."""
    return all(
        earlier_at <= later_at
        for earlier, earlier_at in signed_at.items()
        for later, later_at in signed_at.items()
        if RANK[earlier] < RANK[later]
    )


def _is_overtaken(code: str, now: Mapping[str, Facts], signed: Mapping[str, Signed]) -> bool:
    return any(
        RANK[other] < RANK[code] and signed[other].signed_at > signed[code].signed_at
        for other in now
        if other in signed
    )
