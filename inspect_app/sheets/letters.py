"""Which letters the paper can print, and what becomes of those it cannot.

With PDF/A or UA one character without a glyph fails the whole document, and without a standard it
prints as nothing at all, so both are prevented here: U+25A1 stands for what no font has.
"""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

COVERAGE = Path(__file__).parent / "fonts" / "coverage.json"
MISSING = "\u25a1"
BREAK_HERE = "\u200b"
LONG_RUN = 20
"""Letters without a place to break after which one is offered: a column holds about as many."""
LONG_RUNS = re.compile(rf"[^\s\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef]{{{LONG_RUN},}}")
NEW_LINES = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
PIECE = 10
TEXT_LIMIT = 4000
"""Characters of one field on paper; a form takes fewer, so this only stops a runaway page count."""


@cache
def printable() -> frozenset[int]:
    """Return every code point for which one of the paper's fonts has a glyph."""
    ranges: list[tuple[int, int]] = json.loads(COVERAGE.read_text())
    return frozenset(point for first, last in ranges for point in range(first, last + 1))


def to_print(text: str) -> str:
    """Return text in NFC without controls, invisible format signs and letters no font has."""
    lines = NEW_LINES.sub("\n", unicodedata.normalize("NFC", text[:TEXT_LIMIT]))
    kept = "".join(map(_letter, lines))
    return LONG_RUNS.sub(_with_breaks, kept)


def _letter(letter: str) -> str:
    if letter == "\n":
        return letter
    if letter == "\t":
        return " "
    point = ord(letter)
    category = unicodedata.category(letter)
    if category in {"Cc", "Cf"} or 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF:
        return ""
    return letter if point in printable() else MISSING


def _with_breaks(run: re.Match[str]) -> str:
    text = run.group()
    return BREAK_HERE.join(text[start : start + PIECE] for start in range(0, len(text), PIECE))
