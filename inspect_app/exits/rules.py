"""When a customer may leave without a repair, and what comes first (T13, T14, T40)."""

from collections.abc import Sequence
from typing import Final

from inspect_app.visits.rules import Missing

DECLINES: Final = frozenset({"arrived", "diagnosed", "quoted"})
"""Until here nothing was agreed. From `arrived` the order must be drafted (T10), or it was a
consultation only (T05)."""
WITHDRAWS: Final = frozenset({"authorised", "checking_in", "checked_in"})
"""S1 stands, and no work has begun (T40)."""
PLACE: Final = "exit"


def missing_for_decline(state: str, drafted: Sequence[Missing]) -> list[Missing]:
    """T13. `drafted`: what T10 still waits for, asked where nothing was quoted yet."""
    return list(drafted) if state == "arrived" else []


def missing_for_clearance(open_fees: int) -> list[Missing]:
    """T14: a fee that is due is paid or waived first. `open_fees` in minor units."""
    return [Missing("FEE_OPEN", PLACE)] if open_fees > 0 else []


def missing_for_withdrawal(reason: str, returns: Sequence[Missing]) -> list[Missing]:
    """T40: the reason, then everything given back and signed for."""
    unsaid = [] if reason else [Missing("REASON_MISSING", PLACE)]
    return [*unsaid, *returns]


def fee_status(codes: Sequence[str]) -> str:
    """What the pass says of the fees: by the codes of their states (payments/rules.py)."""
    if "PAID" in codes:
        return "paid"
    return "waived" if "WAIVED" in codes else "none_due"
