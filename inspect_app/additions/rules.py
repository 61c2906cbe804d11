"""What a customer's answer to added work is worth, and what is still to be done about it
(9.01–9.06, Q14; guards of T22–T25)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from inspect_app.visits.rules import Missing

ANSWERS: Final = ("yes", "no", "later")
CLEAR: Final = ("yes", "no")
"""A later is no answer yet: the line stays blocked and the customer is called again."""
REPORTABLE: Final = frozenset({"in_workshop", "awaiting_approval"})
MAX_LINES: Final = 20
MAX_REASON_CHARS: Final = 1_000


@dataclass(frozen=True)
class Said:
    """One answer to one line, with the price that was told."""

    answer: str
    price_amount: int | None
    is_relayed: bool = False


def standing(answers: Sequence[Said], price_amount: int | None) -> Said | None:
    """The last answer where it still counts. A yes to another price is none; a no needs no
    price, and stays one as long as nothing new is asked."""
    if not answers or answers[-1].price_amount != price_amount:
        return None
    return answers[-1]


def line_status(answers: Sequence[Said], price_amount: int | None) -> str:
    """Where a line stands: unpriced, unasked, voided (the price changed since the answer), later,
    yes or no (to be passed on), approved or declined (passed on)."""
    said = standing(answers, price_amount)
    if said is None:
        if answers:
            return "voided"
        return "unpriced" if price_amount is None else "unasked"
    if said.is_relayed:
        return {"yes": "approved", "no": "declined"}[said.answer]
    return said.answer


CLOSED: Final = frozenset({"approved", "declined"})
TO_RELAY: Final = frozenset(CLEAR)
TO_ASK: Final = frozenset({"unpriced", "unasked", "voided", "later"})


def missing_to_state(
    *, prices: Iterable[int | None], reason: str, added_minutes: int | None
) -> list[Missing]:
    """What T22 waits for: item, reason, price and delay."""
    found = []
    amounts = list(prices)
    if not amounts:
        found.append(Missing("ITEM_MISSING", "additions"))
    if not reason.strip():
        found.append(Missing("REASON_MISSING", "additions"))
    if None in amounts:
        found.append(Missing("PRICE_MISSING", "additions"))
    if added_minutes is None:
        found.append(Missing("DELAY_MISSING", "additions"))
    return found


@dataclass(frozen=True, kw_only=True)
class CallFacts:
    """What was done in one call. `is_told`: price and new time were read out."""

    is_reached: bool
    is_told: bool = False
    is_safety: bool = False
    is_stake_told: bool = False
    who_answered: str = ""
    answers: tuple[str, ...] = ()


def missing_for_answer(facts: CallFacts) -> list[Missing]:
    """What makes an answer no answer: an unanswered call decides nothing (9.01), price and delay
    are told first (9.02), and a no to a safety item comes after what is at stake (9.06)."""
    given = [one for one in facts.answers if one]
    found = []
    if not facts.is_reached:
        return [Missing("NOT_REACHED_DECIDES_NOTHING", "additions")] if given else []
    if not facts.who_answered.strip():
        found.append(Missing("WHO_ANSWERED_MISSING", "additions"))
    if not given:
        found.append(Missing("ANSWER_MISSING", "additions"))
    if given and not facts.is_told:
        found.append(Missing("NOT_TOLD", "additions"))
    if facts.is_safety and "no" in given and not facts.is_stake_told:
        found.append(Missing("STAKE_NOT_TOLD", "additions"))
    return found


def next_act(statuses: Iterable[str]) -> str:
    """What is to be done about an addition now: price, call, relay, call_again, or nothing more
    (an empty text)."""
    found = set(statuses)
    if found & TO_RELAY:
        return "relay"
    if "unpriced" in found:
        return "price"
    if found & {"unasked", "voided"}:
        return "call"
    return "call_again" if "later" in found else ""


def closing_transition(statuses: Iterable[str]) -> str:
    """The line of the table by which the car leaves `awaiting_approval`: T24 where anything was
    approved, else T23."""
    return "T24" if "approved" in set(statuses) else "T23"


def new_promise(
    promised_at: datetime | None, told_at: datetime | None, statuses: Iterable[str]
) -> datetime | None:
    """The promised time after an answer: the later one that was told, once anything is approved."""
    if told_at is None or not set(statuses) & {"yes", "approved"}:
        return promised_at
    return told_at if promised_at is None else max(promised_at, told_at)
