"""A paper with a head, values, tables and sums: the settlement sheet, the guarantee card."""

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inspect_app.sheets.letters import to_print
from inspect_app.sheets.press import PRESS, Job, Press, PressFailed
from inspect_app.sheets.render import ARCHIVAL

log = logging.getLogger(__name__)

TEMPLATE = "document.typ"
Pair = tuple[str, str]


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs, or a table of one to three columns."""

    title: str
    paragraphs: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Sum:
    """A line of the sums; the strong one is drawn large."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True)
class Drawn:
    """The drawn name under a paper: an SVG made here, and what stands beside it."""

    svg: bytes
    words: str


@dataclass(frozen=True)
class Document:
    """Everything that one paper says, in one language; empty values are left out. `stamp`: what
    stands at the place for the shop's stamp."""

    locale: str
    shop: str
    shop_lines: tuple[str, ...]
    title: str
    number: str
    plate: str
    car: str
    page: str
    fields: tuple[Pair, ...] = ()
    sections: tuple[Section, ...] = ()
    sums: tuple[Sum, ...] = ()
    closing: tuple[str, ...] = ()
    signature: Drawn | None = None
    stamp: str = ""
    demo: str = ""


def document_pdf(document: Document, made_at: datetime, press: Press = PRESS) -> bytes:
    """The paper as PDF/A; one that can't be that is printed without a standard. Equal facts give
    equal bytes."""
    data, timestamp = json.dumps(_data(document), ensure_ascii=False), int(made_at.timestamp())
    try:
        return press.set(Job(TEMPLATE, data, timestamp, ARCHIVAL))
    except PressFailed as problem:
        log.warning("paper without standard: %s", problem.reason)
    return press.set(Job(TEMPLATE, data, timestamp))


def _data(document: Document) -> dict[str, Any]:
    names = ("locale", "shop", "title", "number", "plate", "car", "page", "stamp", "demo")
    drawn = document.signature
    return {
        **{name: to_print(getattr(document, name)) for name in names},
        "shop_lines": [to_print(line) for line in document.shop_lines if line],
        "fields": [
            {"label": to_print(label), "value": to_print(value)}
            for label, value in document.fields
            if value
        ],
        "sections": [
            {
                "title": to_print(part.title),
                "paragraphs": [to_print(words) for words in part.paragraphs if words],
                "heads": [to_print(head) for head in part.heads],
                "rows": [[to_print(cell) for cell in row] for row in part.rows],
            }
            for part in document.sections
            if part.rows or any(part.paragraphs)
        ],
        "sums": [
            {"label": to_print(one.label), "value": to_print(one.value), "strong": one.strong}
            for one in document.sums
        ],
        "closing": [to_print(words) for words in document.closing if words],
        "signature": {"drawn": drawn.svg.decode(), "words": to_print(drawn.words)}
        if drawn
        else None,
    }
