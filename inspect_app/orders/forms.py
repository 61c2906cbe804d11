"""Reading what was typed into the head of an order, part by part; its lines: line_forms."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from inspect_app.amounts import read_amount
from inspect_app.errors import Words
from inspect_app.fields import Fields, Form
from inspect_app.i18n import read_local
from inspect_app.orders import rules

ODOMETER_REPAIR = (
    "odometer_repair_reason",
    "odometer_repair_issuer",
    "odometer_repair_number",
    "odometer_repair_on",
)
"""What Korea asks for where the odometer itself is repaired (D1)."""

PARTS = {
    "words": ("customer_words",),
    "start": ("diagnosis_first",),
    "promise": ("promised_at",),
    "wishes": ("old_parts_back", "wash", "road_test", "call_limit_amount", "other_wishes"),
    "rare": ("category", "payer", "flood_declared", *ODOMETER_REPAIR),
}
"""The parts of the head, each a form that saves itself, with its fields."""

SENTENCES: dict[str, Words] = {
    "PROMISED_TIME_PAST": _l("This time has passed. Promise a time that is still to come."),
    "PROMISED_TIME_TOO_FAR": _l("This is more than a year ahead; check the year."),
    "UNKNOWN_CATEGORY": _l("Choose one of the offered answers."),
    "UNKNOWN_PAYER": _l("Choose one of the offered answers."),
    "CUSTOMER_WORDS_TOO_LONG": _l("At most 4,000 characters fit here; shorten it."),
    "WISHES_TOO_LONG": _l("At most 2,000 characters fit here; shorten it."),
    "CALL_LIMIT_OUT_OF_RANGE": _l("This amount is too large to be right; check the zeros."),
}
_TRI_STATE = {"yes": True, "no": False, "": None}


@dataclass(frozen=True)
class HeadDraft:
    """One part of the head as it was typed. `version` is that of the order which was on the screen,
    0 where the form said none: then nothing is compared."""

    part: str
    values: dict[str, Any]
    version: int = 0


@dataclass
class _Head:
    fields: Fields
    currency: str
    at: datetime
    values: dict[str, Any] = field(default_factory=dict)

    def refuse(self, codes: list[str], name: str) -> None:
        for code in codes:
            self.fields.problems.setdefault(name, SENTENCES[code])


def read_head(form: Form, *, currency: str, at: datetime) -> HeadDraft:
    """One part of the head. `at`: when it was captured; a promise lies after that."""
    fields = Fields(form)
    part = fields.one_of("part", tuple(PARTS))
    version = fields.whole("version", 0, 2**31 - 1) or 0
    head = _Head(fields, currency, at)
    if part:
        _READERS[part](head)
    else:
        fields.problems.setdefault("part", _l("Choose one of the offered answers."))
    fields.check()
    return HeadDraft(part, head.values, version)


def _words(head: _Head) -> None:
    head.values["customer_words"] = head.fields.text("customer_words", rules.MAX_WORDS_CHARS)


def _start(head: _Head) -> None:
    head.values["diagnosis_first"] = head.fields.yes("diagnosis_first")


def _promise(head: _Head) -> None:
    text = head.fields.raw("promised_at")
    head.values["promised_at"] = None
    if not text:
        return
    try:
        moment = read_local(text)
    except (ValueError, OverflowError):
        head.fields.problems["promised_at"] = _l("Give the day and the time.")
        return
    head.values["promised_at"] = moment
    head.refuse(rules.check_promised_time(moment, head.at), "promised_at")


def _wishes(head: _Head) -> None:
    for name in ("old_parts_back", "wash", "road_test"):
        head.values[name] = _TRI_STATE[head.fields.one_of(name, ("yes", "no"))]
    head.values["call_limit_amount"] = read_amount(head.fields, "call_limit_amount", head.currency)
    head.values["other_wishes"] = head.fields.text("other_wishes", rules.MAX_WISHES_CHARS)


def _rare(head: _Head) -> None:
    head.values["category"] = head.fields.code("category", "repair_categories", "maintenance")
    head.values["payer"] = head.fields.code("payer", "payers", "customer")
    head.values["flood_declared"] = _TRI_STATE[head.fields.one_of("flood_declared", ("yes", "no"))]
    for name, longest in zip(ODOMETER_REPAIR, (200, 120, 60), strict=False):
        head.values[name] = head.fields.text(name, longest)
    today = head.at.date()
    head.values["odometer_repair_on"] = head.fields.day(
        "odometer_repair_on", today.replace(year=today.year - 30, day=1), today + timedelta(days=1)
    )


_READERS = {
    "words": _words,
    "start": _start,
    "promise": _promise,
    "wishes": _wishes,
    "rare": _rare,
}
