"""From the bytes of a CSV file to its cells, with encodings and delimiters of spreadsheets."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import Final

ENCODINGS: Final = ("utf-8", "utf-16", "cp949", "gb18030")
DELIMITERS: Final = (",", ";", "\t", "|")
MAX_BYTES: Final = 2 * 1024 * 1024
MAX_ROWS: Final = 5_000
MAX_CELL_CHARS: Final = 1_000


class Unreadable(ValueError):
    """The file is no table; `code` says why: EMPTY, TOO_LARGE, ENCODING, NO_TABLE, TOO_MANY."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Table:
    """A file's cells. `rows`: line number in the file, and the cells of that line."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_table(content: bytes, encoding: str = "") -> Table:
    """The table of a file; without `encoding` it is found out. Raises Unreadable."""
    if not content.strip():
        raise Unreadable("EMPTY")
    if len(content) > MAX_BYTES:
        raise Unreadable("TOO_LARGE")
    text, found = _text(content, encoding)
    text = text.lstrip("\ufeff")
    if not text.strip():
        raise Unreadable("EMPTY")
    if "\x00" in text:
        raise Unreadable("ENCODING")
    delimiter = _delimiter(text)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise Unreadable("NO_TABLE") from None
    numbered = [
        (number, tuple(cell.strip() for cell in line))
        for number, line in enumerate(lines, 1)
        if any(cell.strip() for cell in line)
    ]
    if len(numbered) < 2:
        raise Unreadable("NO_TABLE")
    if len(numbered) - 1 > MAX_ROWS:
        raise Unreadable("TOO_MANY")
    return Table(found, delimiter, numbered[0][1], tuple(numbered[1:]))


def _text(content: bytes, encoding: str) -> tuple[str, str]:
    wanted = encoding or _guess(content)
    try:
        return content.decode("utf-8-sig" if wanted == "utf-8" else wanted), wanted
    except (UnicodeDecodeError, LookupError):
        raise Unreadable("ENCODING") from None


def _guess(content: bytes) -> str:
    """A mark at the beginning, else UTF-8 if it fits; else Korean or Chinese by what they look
    like. Korean text read as Korean is all syllables; Chinese text read so is half ideographs."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if _fits(content, "utf-8") is not None:
        return "utf-8"
    korean = _fits(content, "cp949")
    if korean is not None:
        syllables = sum("\uac00" <= sign <= "\ud7a3" for sign in korean)
        ideographs = sum("\u4e00" <= sign <= "\u9fff" for sign in korean)
        if syllables > 9 * ideographs:
            return "cp949"
    return "gb18030"


def _fits(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _delimiter(text: str) -> str:
    """The sign that stands most often in the first line."""
    first = next(line for line in text.splitlines() if line.strip())
    counted = Counter({sign: first.count(sign) for sign in DELIMITERS})
    sign, times = counted.most_common(1)[0]
    return sign if times else ","
