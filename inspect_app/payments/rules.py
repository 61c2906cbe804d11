"""What money counts for, and when a fee may be charged at all (3.05, 5.2, T14)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

KINDS: Final = ("payment", "refund", "reversal")
PURPOSES: Final = ("deposit", "diagnosis_fee", "valuation_fee", "settlement", "storage")
METHODS: Final = ("cash", "card", "transfer", "other")
FEE_KINDS: Final = ("diagnosis", "valuation")
WORK_BEGINS: Final = {"diagnosis": "T08", "valuation": "T10"}
"""The transition with which the work that a fee pays for has begun; before it the fee is told."""
MAX_AMOUNT: Final = 2_000_000_000
"""In minor units; it fits the four bytes of an INTEGER column."""


def purpose_of(fee_kind: str) -> str:
    """What a payment of this fee is for."""
    return f"{fee_kind}_fee"


@dataclass(frozen=True)
class Taken:
    """One row of money. `reverses`: the kind of the row that it takes back, for a reversal."""

    kind: str
    purpose: str
    amount: int
    rounding_amount: int = 0
    reverses: str = ""

    @property
    def sign(self) -> int:
        """Whether the shop has more (1) or less (-1) after it."""
        if self.kind == "reversal":
            return -1 if self.reverses == "payment" else 1
        return 1 if self.kind == "payment" else -1


@dataclass(frozen=True)
class Balance:
    """What the shop holds of a visit, by purpose, in minor units. `settled` is what that counts
    for: coins that do not exist were rounded away (`rounding_amount`)."""

    held: dict[str, int] = field(default_factory=dict)
    settled: dict[str, int] = field(default_factory=dict)

    def of(self, *purposes: str) -> int:
        """What has been paid for these purposes."""
        return sum(self.settled.get(purpose, 0) for purpose in purposes)

    @property
    def total(self) -> int:
        """What is in the shop's hands."""
        return sum(self.held.values())


def balance(rows: Iterable[Taken]) -> Balance:
    """What all rows together come to."""
    held: Counter[str] = Counter()
    settled: Counter[str] = Counter()
    for row in rows:
        held[row.purpose] += row.sign * row.amount
        settled[row.purpose] += row.sign * (row.amount + row.rounding_amount)
    return Balance(dict(held), dict(settled))


def rounded_for_cash(amount: int, coin: int) -> int:
    """The amount to the nearest coin there is, halves upwards; `coin` in minor units."""
    return (amount + coin // 2) // coin * coin if coin > 1 else amount


@dataclass(frozen=True, kw_only=True)
class FeeFacts:
    """What is known of a fee. `began_at`: when the work it pays for began; `paid_amount` with what
    was rounded away; `for_accident`: the order is an accident's."""

    kind: str
    amount: int
    told_at: datetime | None = None
    began_at: datetime | None = None
    is_waived: bool = False
    paid_amount: int = 0
    for_accident: bool = False


@dataclass(frozen=True)
class FeeState:
    """`code`: DUE, PAID, WAIVED, or why it may not be charged: NOT_TOLD, TOLD_LATE, REPAIR_CHARGED,
    ESTIMATE_OF_REPAIR. `due_amount` is what is still to be paid."""

    code: str
    due_amount: int = 0


def fee_state(facts: FeeFacts, *, korean: bool, repair_is_charged: bool = False) -> FeeState:
    """Whether the fee is to be paid. It was told before the work began, or it is not charged; Korea
    (art. 137(1)5, 6) also asks that no repair is charged, and that an estimate is an accident's."""
    if facts.is_waived:
        return FeeState("WAIVED")
    if facts.told_at is None:
        return FeeState("NOT_TOLD")
    if facts.began_at is not None and facts.told_at > facts.began_at:
        return FeeState("TOLD_LATE")
    if korean and repair_is_charged:
        return FeeState("REPAIR_CHARGED")
    if korean and facts.kind == "valuation" and not facts.for_accident:
        return FeeState("ESTIMATE_OF_REPAIR")
    due = facts.amount - facts.paid_amount
    return FeeState("DUE", due) if due > 0 else FeeState("PAID")


def open_fees(states: Iterable[FeeState]) -> int:
    """T14: what is still to be paid before the exit is cleared."""
    return sum(state.due_amount for state in states)
