"""Papers of A4 made of blocks: order, job card, estimate, diagnosis report (leaf.typ).

A noun says what stands on its paper; every text is only printed, never read as markup.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from inspect_app.sheets.letters import to_print
from inspect_app.sheets.paper_photos import for_paper
from inspect_app.sheets.press import PRESS, Job, Press, PressFailed
from inspect_app.sites.models import Site
from inspect_app.vehicles.models import Vehicle

TEMPLATE = "leaf.typ"
ARCHIVAL = ("a-2a", "ua-1")
REST = 0
"""The width of the one column that takes what the others leave."""

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Cell:
    """One cell of a table: a text, and small lines below it."""

    text: str
    details: Sequence[str] = ()
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """Columns of `widths` in millimetres (REST: what is left), those at `right` are figures; `sums`
    stand below: label, value, and whether it is the one that counts."""

    widths: Sequence[int]
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    right: Sequence[int] = ()
    sums: Sequence[tuple[str, str, bool]] = ()


@dataclass(frozen=True)
class Block:
    """A part of the paper under its title: exactly one of the others is given. `words` are said by
    somebody and set apart; `sign` are the names below lines to sign on; `photos` are JPEGs by what
    they show."""

    title: str = ""
    pairs: Pairs = ()
    lines: Sequence[str] = ()
    words: Sequence[str] = ()
    table: Table | None = None
    sign: Sequence[str] = ()
    photos: Sequence[tuple[str, bytes]] = ()
    columns: int = 3


@dataclass(frozen=True)
class Leaf:
    """A whole paper. `glance`: the one value that is looked for first; `form_name`: the name of the
    statutory form where this is one."""

    locale: str
    site: Site
    vehicle: Vehicle
    title: str
    number: str
    head: Pairs
    blocks: Sequence[Block]
    glance: tuple[str, str] | None = None
    form_name: str = ""


@dataclass
class _Tray:
    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, jpeg: bytes) -> str:
        name = f"photo-{len(self.files)}.jpg"
        self.files[name] = jpeg
        return name


def leaf_pdf(leaf: Leaf, made_at: datetime, press: Press = PRESS) -> bytes:
    """The paper as PDF/A; equal facts give equal bytes. One that cannot be that is printed all the
    same, without a standard."""
    tray = _Tray()
    data = json.dumps(_data(leaf, tray), ensure_ascii=False)
    made = int(made_at.timestamp())
    try:
        return press.set(Job(TEMPLATE, data, made, ARCHIVAL, tray.files))
    except PressFailed:
        return press.set(Job(TEMPLATE, data, made, (), tray.files))


def _data(leaf: Leaf, tray: _Tray) -> dict[str, Any]:
    site, car = leaf.site, leaf.vehicle
    plain = {
        "locale": leaf.locale,
        "shop": site.name,
        "shop_lines": [line for line in (site.address, site.phone) if line],
        "title": leaf.title,
        "number": leaf.number,
        "form_name": leaf.form_name,
        "plate": car.plate or car.vin,
        "car": " ".join(part for part in (car.make, car.model) if part),
        "head": _pairs(leaf.head),
        "glance": _pair(*leaf.glance) if leaf.glance else None,
        "page": _("Page"),
        "demo": _("Demo: not a real order") if site.demo else "",
    }
    blocks = [_block(block, tray) for block in leaf.blocks]
    return {**_printable(plain), "blocks": [block for block in blocks if block is not None]}


def _pair(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": value}


def _pairs(pairs: Pairs) -> list[dict[str, str]]:
    return [_pair(label, value) for label, value in pairs if value]


def _block(block: Block, tray: _Tray) -> dict[str, Any] | None:
    """A block as values, None for one with nothing in it."""
    body = _body(block, tray)
    return _printable({"title": block.title, **body}) if body is not None else None


def _body(block: Block, tray: _Tray) -> dict[str, Any] | None:
    if block.table is not None:
        return {"kind": "table", **_table(block.table)} if block.table.rows else None
    if pairs := _pairs(block.pairs):
        return {"kind": "fields", "pairs": pairs, "columns": block.columns}
    for kind, lines in (("words", block.words), ("lines", block.lines), ("sign", block.sign)):
        if lines:
            return {"kind": kind, "lines": list(lines)}
    shrunk = [(words, for_paper(jpeg)) for words, jpeg in block.photos]
    photos = [{"alt": words or "–", "file": tray.add(jpeg)} for words, jpeg in shrunk if jpeg]
    return {"kind": "photos", "photos": photos} if photos else None


def _table(table: Table) -> dict[str, Any]:
    return {
        "widths": list(table.widths),
        "heads": list(table.heads),
        "right": list(table.right),
        "rows": [
            [
                {
                    "text": cell.text,
                    "details": [d for d in cell.details if d],
                    "strong": cell.strong,
                }
                for cell in row
            ]
            for row in table.rows
        ],
        "sums": [
            {"label": label, "value": value, "strong": strong}
            for label, value, strong in table.sums
        ],
    }


def _printable(value: Any) -> Any:
    """Every text made printable."""
    if isinstance(value, str):
        return to_print(value)
    if isinstance(value, Mapping):
        return {name: _printable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_printable(inner) for inner in value]
    return value
