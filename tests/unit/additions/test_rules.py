"""What an answer is worth, and what is still to be done (9.01–9.06)."""

from datetime import UTC, datetime, timedelta

import pytest

from inspect_app.additions import rules
from inspect_app.additions.rules import CallFacts, Said

PRICE = 80_000


@pytest.mark.parametrize(
    ("answers", "price", "status"),
    [
        ([], None, "unpriced"),
        ([], PRICE, "unasked"),
        ([Said("yes", PRICE)], PRICE, "yes"),
        ([Said("no", PRICE)], PRICE, "no"),
        ([Said("later", PRICE)], PRICE, "later"),
        ([Said("yes", PRICE, is_relayed=True)], PRICE, "approved"),
        ([Said("no", PRICE, is_relayed=True)], PRICE, "declined"),
        ([Said("yes", PRICE)], PRICE + 1, "voided"),
        ([Said("yes", PRICE, is_relayed=True)], PRICE + 1, "voided"),
        ([Said("no", PRICE), Said("yes", PRICE + 1)], PRICE + 1, "yes"),
    ],
)
def test_an_answer_counts_for_the_price_that_was_told(
    answers: list[Said], price: int | None, status: str
) -> None:
    assert rules.line_status(answers, price) == status


def test_t22_waits_for_item_reason_price_and_delay() -> None:
    def codes(prices: list[int | None], reason: str, minutes: int | None) -> list[str]:
        found = rules.missing_to_state(prices=prices, reason=reason, added_minutes=minutes)
        return [one.code for one in found]

    assert codes([PRICE], "Worn to the metal", 0) == []
    assert codes([], "Worn", 0) == ["ITEM_MISSING"]
    assert codes([PRICE, None], " ", None) == ["REASON_MISSING", "PRICE_MISSING", "DELAY_MISSING"]


def _codes(**facts: object) -> list[str]:
    known = {"is_reached": True, "is_told": True, "who_answered": "Sora", "answers": ("yes",)}
    found = rules.missing_for_answer(CallFacts(**(known | facts)))  # type: ignore[arg-type]
    return [one.code for one in found]


def test_an_answer_needs_a_person_who_was_told_first() -> None:
    assert _codes() == []
    assert _codes(is_told=False) == ["NOT_TOLD"]
    assert _codes(who_answered=" ") == ["WHO_ANSWERED_MISSING"]
    assert _codes(answers=("",)) == ["ANSWER_MISSING"]


def test_an_unanswered_call_decides_nothing() -> None:
    assert _codes(is_reached=False) == ["NOT_REACHED_DECIDES_NOTHING"]
    assert _codes(is_reached=False, answers=("",), who_answered="", is_told=False) == []


def test_a_no_to_a_safety_item_comes_after_what_is_at_stake() -> None:
    assert _codes(is_safety=True, answers=("no",)) == ["STAKE_NOT_TOLD"]
    assert _codes(is_safety=True, answers=("no",), is_stake_told=True) == []
    assert _codes(is_safety=True, answers=("yes",)) == []


@pytest.mark.parametrize(
    ("statuses", "act"),
    [
        (["unpriced"], "price"),
        (["unasked", "later"], "call"),
        (["voided"], "call"),
        (["later", "approved"], "call_again"),
        (["yes", "unasked"], "relay"),
        (["approved", "declined"], ""),
    ],
)
def test_the_next_act_is_the_most_urgent(statuses: list[str], act: str) -> None:
    assert rules.next_act(statuses) == act


def test_the_car_goes_back_by_t24_where_anything_was_approved() -> None:
    assert rules.closing_transition(["declined", "approved"]) == "T24"
    assert rules.closing_transition(["declined"]) == "T23"


def test_only_a_yes_moves_the_promise_and_never_to_earlier() -> None:
    promised = datetime(2026, 11, 24, 9, tzinfo=UTC)
    later = promised + timedelta(hours=3)

    assert rules.new_promise(promised, later, ["yes"]) == later
    assert rules.new_promise(promised, later, ["no"]) == promised
    assert rules.new_promise(promised, promised - timedelta(hours=1), ["yes"]) == promised
    assert rules.new_promise(promised, None, ["yes"]) == promised
