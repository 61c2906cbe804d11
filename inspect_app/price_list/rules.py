"""Limits of the price list, and how it is searched."""

import unicodedata
from typing import Final

MOST_HOURS_HUNDREDTHS: Final = 100_000
"""A thousand hours of labour in one line is a slip of the finger."""
MOST_FOUND: Final = 6
"""As many as stand above a tablet's keyboard."""
LEAST_TYPED: Final = 2
"""One letter finds half the list; a Korean or Chinese word of two syllables finds a few lines."""


def searchable(*texts: str) -> str:
    """Texts as they are searched: small letters, one form of each sign, single blanks."""
    joined = unicodedata.normalize("NFKC", " ".join(texts)).casefold()
    return " ".join(joined.split())


def check_item(*, kind: str, name: str, price_amount: int | None, hours: int | None) -> list[str]:
    """What is wrong with an item of the list: codes, none if it may be kept."""
    problems = []
    if not name.strip():
        problems.append("NAME_MISSING")
    if kind == "part" and hours is not None:
        problems.append("PART_WITHOUT_HOURS")
    if price_amount is not None and hours is not None:
        problems.append("PRICE_OR_HOURS")
    return problems
