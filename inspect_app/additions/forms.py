"""Reading what was found, what it costs, and what the customer said."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from inspect_app.additions import rules
from inspect_app.additions.actions import CallDraft, FindingDraft, Reply, StateDraft
from inspect_app.amounts import read_amount
from inspect_app.contact_log.rules import SPOKEN, SPOKEN_RESULTS
from inspect_app.fields import Fields, Form
from inspect_app.i18n import read_local
from inspect_app.orders.rules import MAX_DESCRIPTION_CHARS

MOST_MINUTES = 100_000


def read_finding(form: Form) -> FindingDraft:
    """What was found: items one a line, why, whether it is about safety. Raises Invalid."""
    fields = Fields(form)
    row_id = fields.id()
    text = fields.text("items", rules.MAX_LINES * MAX_DESCRIPTION_CHARS)
    items = [line.strip() for line in text.splitlines() if line.strip()]
    if not items:
        fields.problems.setdefault("items", _l("Say what has to be done; one or two words do."))
    if len(items) > rules.MAX_LINES or any(len(one) > MAX_DESCRIPTION_CHARS for one in items):
        fields.problems.setdefault("items", _l("At most 20 items of 300 characters; make two."))
    reason = fields.text("reason", rules.MAX_REASON_CHARS)
    if not reason:
        fields.problems.setdefault("reason", _l("Say why it has to be done."))
    is_safety = fields.yes("is_safety")
    stake = fields.text("stake", rules.MAX_REASON_CHARS)
    if is_safety and not stake:
        fields.problems.setdefault("stake", _l("Say what may happen if it is left."))
    minutes = fields.whole("added_minutes", 0, MOST_MINUTES)
    fields.check()
    return FindingDraft(row_id, items, reason, is_safety, stake, minutes)


def read_statement(form: Form, line_ids: Iterable[uuid.UUID], *, currency: str) -> StateDraft:
    """Price of each item, delay and new time. Raises Invalid."""
    fields = Fields(form)
    prices = {
        line_id: read_amount(fields, f"price-{line_id}", currency)
        for line_id in line_ids
        if fields.has(f"price-{line_id}")
    }
    minutes = fields.whole("added_minutes", 0, MOST_MINUTES)
    promised_at = _moment(fields, "promised_at")
    stake = fields.text("stake", rules.MAX_REASON_CHARS)
    fields.check()
    return StateDraft(prices, minutes, promised_at, stake)


def _moment(fields: Fields, name: str) -> datetime | None:
    text = fields.raw(name)
    if not text:
        return None
    try:
        return read_local(text)
    except (ValueError, OverflowError):
        fields.problems[name] = _l("Give the day and the time.")
        return None


def read_call(form: Form, line_ids: Iterable[uuid.UUID]) -> CallDraft:
    """A call or talk with its answers, line by line. Raises Invalid."""
    fields = Fields(form)
    replies = {
        line_id: Reply(
            fields.one_of(f"answer-{line_id}", rules.ANSWERS),
            fields.whole(f"seen-{line_id}", 0, 10_000) or 0,
        )
        for line_id in line_ids
    }
    draft = CallDraft(
        id=fields.id(),
        channel=fields.one_of("channel", SPOKEN, "phone"),
        result=fields.one_of("result", SPOKEN_RESULTS, "reached"),
        number=fields.line("number", 40),
        who_answered=fields.line("who_answered", 120),
        is_told=fields.yes("told"),
        is_stake_told=fields.yes("stake_told"),
        replies=replies,
        call_again_at=_moment(fields, "call_again_at"),
    )
    if draft.channel == "phone" and not draft.number:
        fields.problems.setdefault("number", _l("Write down the number that was called."))
    fields.check()
    return draft


@dataclass(frozen=True)
class RelayDraft:
    """To whom an answer is passed on."""

    id: uuid.UUID
    receiver_id: uuid.UUID


def read_relay(form: Form) -> RelayDraft:
    """Who in the workshop took it (9.04, 9.05). Raises Invalid."""
    fields = Fields(form)
    try:
        receiver_id = uuid.UUID(fields.raw("receiver"))
    except ValueError:
        receiver_id = uuid.UUID(int=0)
        fields.problems["receiver"] = _l("Say who in the workshop took it.")
    row_id = fields.id()
    fields.check()
    return RelayDraft(row_id, receiver_id)
