"""Reading what another system sent: JSON field by field, and questions in the address."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from inspect_app.errors import Invalid, Words
from inspect_app.exchange import rules
from inspect_app.exchange.queries import Asked
from inspect_app.fields import Fields, Form
from inspect_app.vehicles.rules import normalise_plate

FIELDS = ("external_number", "plate", "promised_at", "concern", "pay_type", "old_parts_wanted",
          "lines")  # fmt: skip
MAX_AMOUNT = 2_000_000_000
FURTHEST = timedelta(days=366)


class NoJson(ValueError):
    """The body is no JSON object."""


def read_body(raw: bytes) -> dict[str, Any]:
    """The body as an object. Raises NoJson."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        raise NoJson from None
    if not isinstance(found, dict):
        raise NoJson
    return found


def read_pushed(body: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What was pushed, each field checked. Raises Invalid with all that is wrong."""
    problems: dict[str, Words] = {
        name: _l("There is no such field.") for name in body if name not in FIELDS
    }
    read: dict[str, Any] = {
        "external_number": _text(body, "external_number", 60, problems, required=True),
        "plate": _text(body, "plate", 24, problems, required=True),
        "concern": _text(body, "concern", 4000, problems),
    }
    if read["plate"] and not normalise_plate(read["plate"]):
        problems["plate"] = _l("This is no plate.")
    promised = body.get("promised_at")
    if promised is not None:
        read["promised_at"] = _moment(promised, now, problems)
    if body.get("pay_type") is not None:
        read["payer"] = _pay_type(body["pay_type"], problems)
    wanted = body.get("old_parts_wanted")
    if wanted is not None:
        if not isinstance(wanted, bool):
            problems["old_parts_wanted"] = _l("true or false")
        read["old_parts_back"] = wanted
    read["lines"] = _lines(body.get("lines", []), problems)
    if problems:
        raise Invalid(problems)
    return read


def _text(
    body: Mapping[str, Any],
    name: str,
    longest: int,
    problems: dict[str, Words],
    *,
    required: bool = False,
) -> str:
    value = body.get(name, "")
    if not isinstance(value, str) or len(value) > longest or _has_controls(value):
        problems[name] = _l("Text of at most %(n)s characters.", n=longest)
        return ""
    if required and not value.strip():
        problems[name] = _l("This is needed.")
    return value.strip()


def _has_controls(text: str) -> bool:
    return any(not sign.isprintable() and sign not in "\n\t" and sign != " " for sign in text)


def _moment(value: Any, now: datetime, problems: dict[str, Words]) -> str:
    try:
        moment = datetime.fromisoformat(value)
        is_near = abs(moment.astimezone(UTC) - now) < FURTHEST
    except (TypeError, ValueError, OverflowError):
        problems["promised_at"] = _l("A time such as 2026-11-25T18:00:00+09:00.")
        return ""
    if moment.tzinfo is None or not is_near:
        problems["promised_at"] = _l("A time with its zone, within a year.")
        return ""
    return moment.astimezone(UTC).isoformat()


def _pay_type(value: Any, problems: dict[str, Words]) -> str:
    if not isinstance(value, str) or value not in rules.PAY_TYPES:
        problems["pay_type"] = _l("One of: %(all)s.", all=", ".join(rules.PAY_TYPES))
        return ""
    return rules.PAY_TYPES[value]


def _lines(value: Any, problems: dict[str, Words]) -> list[dict[str, Any]]:
    if not isinstance(value, list) or len(value) > rules.MAX_PUSHED_LINES:
        problems["lines"] = _l("A list of at most %(n)s lines.", n=rules.MAX_PUSHED_LINES)
        return []
    read = []
    for place, line in enumerate(value):
        name = f"lines.{place}"
        if not isinstance(line, dict) or not set(line) <= {"description", "price_amount"}:
            problems[name] = _l("A description and a price_amount.")
            continue
        own: dict[str, Words] = {}
        words = _text(line, "description", 300, own, required=True)
        problems.update({f"{name}.{field}": said for field, said in own.items()})
        amount = line.get("price_amount")
        is_whole = isinstance(amount, int) and not isinstance(amount, bool)
        if amount is not None and not (is_whole and 0 <= amount <= MAX_AMOUNT):
            problems[f"{name}.price_amount"] = _l("Whole minor units, from 0 to 2,000,000,000.")
            continue
        read.append({"description": words, "price_amount": amount})
    return read


def read_asked(form: Form) -> Asked:
    """Which orders are asked for. Raises Invalid."""
    fields = Fields(form)
    asked = Asked(
        status=fields.one_of("status", rules.STATUSES),
        plate=fields.line("plate", 24),
        limit=fields.whole("limit", 1, rules.MAX_PAGE) or 50,
        after=fields.line("after", 20),
    )
    fields.check()
    return asked


def read_token(form: Form) -> tuple[str, str]:
    """The name of a token and what it may do. Raises Invalid."""
    fields = Fields(form)
    name = fields.line("name", 80)
    scope = fields.one_of("scope", rules.SCOPES, "read")
    if not name:
        fields.problems.setdefault("name", _l("Say which system it is for."))
    fields.check()
    return name, scope


def read_template(form: Form) -> str:
    """The address of an order in the other system, or none. Raises Invalid."""
    fields = Fields(form)
    text = fields.line("template", rules.TEMPLATE_CHARS)
    if text and not rules.is_link_template(text):
        fields.problems.setdefault(
            "template", _l("An address with {number} in it: https://other.example/orders/{number}")
        )
    fields.check()
    return text


def read_number(form: Form) -> str:
    """The order's number in the other system. Raises Invalid."""
    fields = Fields(form)
    number = fields.line("number", 60)
    if not number:
        fields.problems.setdefault("number", _l("Type the number of the order there."))
    fields.check()
    return number
