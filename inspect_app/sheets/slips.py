"""Slips of 80 mm, as the counter's printer takes them: receipts (D15), gate passes (D14)."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from inspect_app.sheets.letters import to_print
from inspect_app.sheets.press import PRESS, Job, Press

TEMPLATE = "slip.typ"


@dataclass(frozen=True)
class Slip:
    """The shop, a title, a large figure, a code if there is one, labelled values, a closing line.

    `code` is an SVG made here; all else is text.
    """

    locale: str
    shop: str
    shop_lines: tuple[str, ...]
    title: str
    number: str
    figure: str
    values: tuple[tuple[str, str], ...]
    closing: str = ""
    demo: str = ""
    code: str = ""
    code_words: str = ""


def slip_pdf(slip: Slip, made_at: datetime, press: Press = PRESS) -> bytes:
    """The slip as PDF; equal facts give equal bytes."""
    data = {
        name: to_print(value) if isinstance(value, str) and name != "code" else value
        for name, value in asdict(slip).items()
    }
    data["shop_lines"] = [to_print(line) for line in slip.shop_lines if line]
    data["values"] = [
        {"label": to_print(label), "value": to_print(value)}
        for label, value in slip.values
        if value
    ]
    job = Job(
        template=TEMPLATE,
        data=json.dumps(data, ensure_ascii=False),
        timestamp=int(made_at.timestamp()),
    )
    return press.set(job)
