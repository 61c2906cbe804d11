"""Many labels at once: on A4 sheets of common formats by name, on a roll, for a Zebra printer, or
one as SVG."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from inspect_app.key_tags.labels import (
    PRINTED_AT,
    TEMPLATE,
    KeyLabel,
    code_path,
    printed,
    strongest,
)
from inspect_app.sheets.letters import to_print
from inspect_app.sheets.press import PRESS, Job, Press

MM_PER_INCH = 25.4
ROLL_MM: Final = (62.0, 29.0)
ZPL_DPI: Final = (203, 300)
ZPL_DOTS_PER_MODULE: Final = {203: 6, 300: 9}
"""A code of version 3 has 37 modules with its quiet zone: 222 of 232 dots, 333 of 343."""
ZPL_RESERVED: Final = {"^": "_5E", "~": "_7E", "_": "_5F", "\\": "_5C"}


@dataclass(frozen=True)
class SheetFormat:
    """An A4 sheet of labels, in mm; `gap` lies between two columns, rows touch."""

    name: str
    columns: int
    rows: int
    across: float
    down: float
    left: float
    top: float
    gap: float

    @property
    def places(self) -> int:
        """How many labels a sheet holds."""
        return self.columns * self.rows


SHEETS: Final = {
    "l7159": SheetFormat("Avery L7159", 3, 8, 63.5, 33.9, 7.25, 12.9, 2.5),
    "l7160": SheetFormat("Avery L7160", 3, 7, 63.5, 38.1, 7.25, 15.15, 2.5),
    "l7163": SheetFormat("Avery L7163", 2, 7, 99.1, 38.1, 4.65, 15.15, 2.5),
    "3474": SheetFormat("Avery 3474", 3, 8, 70.0, 37.0, 0.0, 0.5, 0.0),
    "3475": SheetFormat("Avery 3475", 3, 8, 70.0, 36.0, 0.0, 4.5, 0.0),
}


def sheet_pdf(
    labels: Sequence[KeyLabel],
    sheet: SheetFormat,
    *,
    locale: str = "en",
    skip: int = 0,
    press: Press = PRESS,
) -> bytes:
    """Labels on as many sheets as they need; `skip` leaves used places of the first one free.

    Raises ValueError where the sheet has no such place.
    """
    if not 0 <= skip < sheet.places:
        raise ValueError(f"a sheet has {sheet.places} places")
    shape = {
        "layout": "named", "skip": skip, "columns": sheet.columns, "across": sheet.across,
        "down": sheet.down, "left": sheet.left, "top": sheet.top, "gap": sheet.gap,
    }  # fmt: skip
    return press.set(_job(labels, shape, locale))


def roll_pdf(labels: Sequence[KeyLabel], *, locale: str = "en", press: Press = PRESS) -> bytes:
    """A page of 62 x 29 mm for each label."""
    shape = {"layout": "roll", "across": ROLL_MM[0], "down": ROLL_MM[1]}
    return press.set(_job(labels, shape, locale))


def _job(labels: Sequence[KeyLabel], shape: dict[str, object], locale: str) -> Job:
    if not labels:
        raise ValueError("no label to print")
    data = {
        "title": to_print(" ".join(label.number for label in labels[:3])),
        "locale": locale,
        "labels": [printed(label, "M") for label in labels],
        **shape,
    }
    return Job(TEMPLATE, json.dumps(data, ensure_ascii=False), timestamp=PRINTED_AT)


def zpl(labels: Sequence[KeyLabel], dpi: int) -> str:
    """Labels of 62 x 29 mm in the language of Zebra printers.

    Every text is sent in hex where it could be taken for a command. The printer's own font knows
    Latin letters and digits; other scripts need a font in the printer.
    """
    if dpi not in ZPL_DPI:
        raise ValueError("printers of 203 and 300 dpi are known")
    return "".join(_zpl_label(label, dpi) for label in labels)


def _zpl_label(label: KeyLabel, dpi: int) -> str:
    def dots(millimetres: float) -> int:
        return round(millimetres * dpi / MM_PER_INCH)

    width, height = (dots(side) for side in ROLL_MM)
    module = ZPL_DOTS_PER_MODULE[dpi]
    quiet = 4 * module
    beside = quiet + 29 * module + quiet
    lines = [
        (label.kind, 2.2, 3.0),
        (label.number, 12.0, 6.0),
        (label.slot, 4.5, 19.0),
        (label.note, 3.4, 24.3),
    ]
    texts = "".join(
        f"^FO{beside},{dots(top)}^A0N,{dots(size)},{dots(size)}"
        f"^FB{width - beside - dots(1)},1,0,L^FH_^FD{zpl_text(words)}^FS\n"
        for words, size, top in lines
        if words
    )
    return (
        f"^XA^CI28^PW{width}^LL{height}^LH0,0\n"
        f"^FO{quiet},{(height - 29 * module) // 2}^BQN,2,{module}^FH_"
        f"^FD{strongest(label.address)[0]}A,{zpl_text(label.address)}^FS\n{texts}^XZ\n"
    )


def zpl_text(words: str) -> str:
    """A text that holds no command: reserved characters in hex, line breaks as blanks, no others
    that can't be printed."""
    plain = " ".join(words.split())
    return "".join(ZPL_RESERVED.get(sign, sign) for sign in plain if sign.isprintable())


def label_svg(label: KeyLabel) -> str:
    """One label of 62 x 29 mm as SVG; its texts stay texts."""
    width, path = code_path(label.address)
    texts = [(label.kind, 2.3, 5.0, 400), (label.number, 13.0, 16.5, 700),
             (label.slot, 4.6, 22.0, 700), (label.note, 3.4, 27.0, 400)]  # fmt: skip
    drawn = "".join(
        f'<text x="29.5" y="{y}" font-size="{size}" font-weight="{weight}">{escape(words)}</text>'
        for words, size, y, weight in texts
        if words
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="62mm" height="29mm" viewBox="0 0 62 29" '
        'font-family="sans-serif"><path fill="#fff" d="M0 0h62v29H0z"/>'
        f'<path transform="translate(1 1) scale({27 / width:.6f})" d="{path}"/>{drawn}</svg>'
    )
