"""Amounts as people type them, in whole minor units of the site's currency."""

import re
import unicodedata
from decimal import Decimal

from flask import g
from flask_babel import lazy_gettext as _l

from inspect_app.errors import Words
from inspect_app.fields import Fields
from inspect_app.i18n import minor_digits
from inspect_app.orders.rules import check_price

_AMOUNT = re.compile(r"\d+(\.\d+)?|\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)

SENTENCES: dict[str, Words] = {
    "PRICE_NEGATIVE": _l("A price is not below zero."),
    "PRICE_TOO_LARGE": _l("This price is too large to be right; check the zeros."),
}


def read_amount(fields: Fields, name: str, currency: str) -> int | None:
    """An amount typed in the currency's units, in whole minor units; None for an empty field."""
    text = unicodedata.normalize("NFKC", fields.raw(name)).replace("\u2212", "-")
    text = "".join(sign for sign in text if not sign.isspace() and sign not in "₩¥$€'원元")
    if not text:
        return None
    if text.startswith("-"):
        fields.problems[name] = SENTENCES["PRICE_NEGATIVE"]
        return None
    digits = minor_digits(currency)
    if len(text) > 40 or not _AMOUNT.fullmatch(text):
        fields.problems[name] = _l("Type the price as a number, such as 45,000.")
        return None
    amount = Decimal(text.replace(",", "")).scaleb(digits)
    if amount != amount.to_integral_value():
        fields.problems[name] = _l("%(currency)s has no such small coins.", currency=currency)
        return None
    if problems := check_price(int(amount)):
        fields.problems[name] = SENTENCES[problems[0]]
        return None
    return int(amount)


def typed_amount(amount: int | None) -> str:
    """An amount as it is typed: in the currency's units, thousands in groups."""
    if amount is None:
        return ""
    digits = minor_digits(g.currency)
    return f"{Decimal(amount).scaleb(-digits):,.{digits}f}"
