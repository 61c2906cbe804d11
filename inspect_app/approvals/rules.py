"""Who decides what the clerk may not decide (12.03, process 3.2), and what may be asked for."""

from datetime import date, timedelta
from typing import Final

from inspect_app.orders.rules import MAX_PRICE
from inspect_app.staff.rules import RECEPTION, Role

KINDS: Final = ("discount", "on_account", "storage_waiver", "items_differ")
WITH_AMOUNT: Final = frozenset({"discount", "on_account"})
DECIDERS: Final = (Role.BUSINESS_SUPERVISOR, Role.MANAGER)
ASKERS: Final = (*RECEPTION, Role.SETTLEMENT_CLERK, Role.CASHIER, Role.MANAGER)
MAX_REASON_CHARS: Final = 300
LONGEST_ON_ACCOUNT: Final = timedelta(days=366)
"""An account due later than in a year is a wrong year."""


def check_request(
    kind: str, *, amount: int | None, due_on: date | None, reason: str, today: date
) -> list[str]:
    """What is wrong with a request: codes, none if it may be put to the supervisor."""
    found = []
    if kind not in KINDS:
        found.append("UNKNOWN_KIND")
    if kind in WITH_AMOUNT and not amount:
        found.append("AMOUNT_MISSING")
    if amount is not None and not 0 <= amount <= MAX_PRICE:
        found.append("AMOUNT_OUT_OF_RANGE")
    if kind == "on_account":
        if due_on is None:
            found.append("DUE_DAY_MISSING")
        elif not today <= due_on <= today + LONGEST_ON_ACCOUNT:
            found.append("DUE_DAY_OUT_OF_RANGE")
    if not reason.strip():
        found.append("REASON_MISSING")
    return found
