"""Labels of key tags: an upper-case address as QR code beside a number to read at arm's length.

The address is `HTTPS://HOST/K/<16 base32>`: upper case and at most 60 characters, so that the code
stays in alphanumeric mode and its modules stay large (issue 2, point 9).
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import qrcode
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.util import QRData

from inspect_app.sheets.letters import to_print
from inspect_app.sheets.press import PRESS, Job, Press

ADDRESS_LIMIT = 60
ADDRESS = re.compile(r"HTTPS://[A-Z0-9.:-]+/K/[A-Z2-7]{16}")
QUIET_MODULES = 4
"""The quiet zone that the QR standard asks for."""
PER_SHEET = 24
ALPHANUMERIC: Literal[2] = 2
"""The mode's number in the QR standard; qrcode calls it MODE_ALPHA_NUM."""
PNG_DPI = 300
TEMPLATE = "labels.typ"
PRINTED_AT = 0
"""Labels carry no date, so equal labels are equal bytes."""

Correction = Literal["M", "Q"]
LEVELS = {"M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q, "H": ERROR_CORRECT_H}
"""M at least; Q where dirt and light are worse (10 of 20 soiled codes read instead of 5)."""


@dataclass(frozen=True)
class KeyLabel:
    """What stands on one label: `number` large, `slot` below it, `note` such as the plate."""

    address: str
    number: str
    slot: str = ""
    note: str = ""
    kind: str = ""
    """The small word above the number, such as "Key tag", in the shop's language."""


def tag_address(host: str, token: str) -> str:
    """Return the address of a tag's code. Raises ValueError when it is none or too long.

    `host` is the shop's setting and never the address of the moment.
    """
    address = f"HTTPS://{host.upper()}/K/{token.upper()}"
    if len(address) > ADDRESS_LIMIT or not ADDRESS.fullmatch(address):
        raise ValueError("not the address of a key tag")
    return address


def strongest(address: str, correction: Correction = "M") -> tuple[str, qrcode.QRCode[Any]]:
    """Return the strongest correction that makes the code no larger, and the code with it."""
    found: tuple[str, qrcode.QRCode[Any]] = (
        correction,
        _code(address, LEVELS[correction]),
    )
    for name in ("Q", "H"):
        stronger = _code(address, LEVELS[name])
        if stronger.version == found[1].version and LEVELS[name] != LEVELS[correction]:
            found = (name, stronger)
    return found


def _code(address: str, level: int) -> qrcode.QRCode[Any]:
    code = qrcode.QRCode(error_correction=level, border=QUIET_MODULES)
    code.add_data(QRData(address.encode(), mode=ALPHANUMERIC), optimize=0)
    code.make(fit=True)
    return code


@lru_cache(maxsize=4096)
def code_path(address: str, correction: Correction = "M") -> tuple[int, str]:
    """Return a code's width in modules, quiet zone included, and its dark modules as an SVG path.

    `correction` is the least: where a stronger one fits into as many modules, the code is printed
    with that. A matrix takes 2 ms and never changes, so it is kept: about 4 KB each.
    """
    matrix = strongest(address, correction)[1].get_matrix()
    path: list[str] = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                path.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
            x += 1
    return len(matrix), "".join(path)


def label_pdf(
    label: KeyLabel, locale: str = "en", correction: Correction = "M", press: Press = PRESS
) -> bytes:
    """Return one label as a PDF page of 62 x 29 mm."""
    return press.set(_job([label], locale, correction, layout="one"))


def label_png(
    label: KeyLabel, locale: str = "en", correction: Correction = "M", press: Press = PRESS
) -> bytes:
    """Return one label as PNG at 300 dpi (732 x 343 px)."""
    return press.set(_job([label], locale, correction, layout="one", output="png"))


def label_sheet_pdf(
    labels: Sequence[KeyLabel],
    locale: str = "en",
    correction: Correction = "M",
    skip: int = 0,
    press: Press = PRESS,
) -> bytes:
    """Return labels on A4 sheets of 24; `skip` leaves used places of a begun sheet free."""
    if not 0 <= skip < PER_SHEET:
        raise ValueError("a sheet has 24 places")
    return press.set(_job(labels, locale, correction, layout="sheet", skip=skip))


def _job(
    labels: Sequence[KeyLabel],
    locale: str,
    correction: Correction,
    layout: str,
    skip: int = 0,
    output: str = "pdf",
) -> Job:
    if not labels:
        raise ValueError("no label to print")
    data = {
        "title": to_print(" ".join(label.number for label in labels[:3])),
        "locale": locale,
        "layout": layout,
        "skip": skip,
        "labels": [printed(label, correction) for label in labels],
    }
    return Job(
        template=TEMPLATE,
        data=json.dumps(data, ensure_ascii=False),
        timestamp=PRINTED_AT,
        output=output,
        ppi=PNG_DPI if output == "png" else None,
    )


def printed(label: KeyLabel, correction: Correction) -> dict[str, str]:
    """The label as its template reads it."""
    width, path = code_path(label.address, correction)
    return {
        "code": (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {width}">'
            f'<path d="{path}"/></svg>'
        ),
        "alt": label.address,
        "number": to_print(label.number),
        "slot": to_print(label.slot),
        "note": to_print(label.note),
        "kind": to_print(label.kind),
    }
