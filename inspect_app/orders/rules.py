"""What the head and the lines of a repair order must say (3.01-3.03, 5.02, D1)."""

from datetime import datetime, timedelta
from typing import Final

from inspect_app.catalogues import is_code

MAX_PRICE: Final = 2_000_000_000
"""In minor units: 2,000 million won or 20 million dollars; more is a slip of the finger.

It also fits the four bytes of an INTEGER column.
"""
MAX_DESCRIPTION_CHARS: Final = 300
MAX_WORDS_CHARS: Final = 4_000
MAX_WISHES_CHARS: Final = 2_000
MAX_LINES: Final = 200
MAX_PARTS: Final = 50
MAX_HOURS_HUNDREDTHS: Final = 100_000
"""A thousand hours in one line is a slip of the finger."""
MAX_QUANTITY_HUNDREDTHS: Final = 999_900
FURTHEST_PROMISE: Final = timedelta(days=366)
"""A promise a year ahead is a wrong year; one leap year is allowed."""


def check_price(amount: int | None) -> list[str]:
    """What is wrong with a price in minor units: codes; None says "not yet known"."""
    if amount is None or 0 <= amount <= MAX_PRICE:
        return []
    return ["PRICE_NEGATIVE" if amount < 0 else "PRICE_TOO_LARGE"]


def check_line(description: str, amount: int | None) -> list[str]:
    """What is wrong with an order line: codes, none if it may be kept (3.01)."""
    problems = []
    if not description.strip():
        problems.append("DESCRIPTION_MISSING")
    if len(description) > MAX_DESCRIPTION_CHARS:
        problems.append("DESCRIPTION_TOO_LONG")
    return problems + check_price(amount)


def check_details(
    method: str,
    *,
    base_amount: int | None = None,
    risk_amount: int | None = None,
    hours_hundredths: int | None = None,
    rate_amount: int | None = None,
) -> list[str]:
    """What does not fit together in a line's price: codes (5.1)."""
    problems = []
    if method == "symptom" and risk_amount is not None and base_amount is None:
        problems.append("RISK_WITHOUT_PRICE")
    if method == "item" and hours_hundredths is not None:
        if base_amount is not None:
            problems.append("PRICE_OR_HOURS")
        if rate_amount is None:
            problems.append("RATE_MISSING")
    return problems


def check_promised_time(promised_at: datetime, now: datetime) -> list[str]:
    """What is wrong with the promised time: codes. Both times are UTC-aware (5.02)."""
    if promised_at <= now:
        return ["PROMISED_TIME_PAST"]
    if promised_at - now > FURTHEST_PROMISE:
        return ["PROMISED_TIME_TOO_FAR"]
    return []


def check_head(
    *,
    category: str,
    payer: str,
    customer_words: str = "",
    other_wishes: str = "",
    call_limit_amount: int | None = None,
) -> list[str]:
    """What is wrong with the order's head: codes, none if it may be kept (D1)."""
    problems = []
    if not is_code("repair_categories", category):
        problems.append("UNKNOWN_CATEGORY")
    if not is_code("payers", payer):
        problems.append("UNKNOWN_PAYER")
    if len(customer_words) > MAX_WORDS_CHARS:
        problems.append("CUSTOMER_WORDS_TOO_LONG")
    if len(other_wishes) > MAX_WISHES_CHARS:
        problems.append("WISHES_TOO_LONG")
    if check_price(call_limit_amount):
        problems.append("CALL_LIMIT_OUT_OF_RANGE")
    return problems
