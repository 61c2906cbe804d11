"""Leaving without a repair (T13, T14, T40)."""

import pytest

from inspect_app.exits.rules import (
    DECLINES,
    WITHDRAWS,
    fee_status,
    missing_for_clearance,
    missing_for_decline,
    missing_for_withdrawal,
)
from inspect_app.visits.rules import Missing, transition

NOT_DRAFTED = [Missing("NO_ITEM", "order")]
NOT_BACK = [Missing("KEY_NOT_RETURNED", "returns")]


def test_the_states_are_those_of_the_transition_table() -> None:
    assert DECLINES - {"arrived"} == set(transition("T13").origins)
    assert set(transition("T40").origins) == WITHDRAWS


@pytest.mark.parametrize(
    ("state", "codes"), [("arrived", ["NO_ITEM"]), ("quoted", []), ("diagnosed", [])]
)
def test_only_from_arrival_the_order_must_be_drafted_first(state: str, codes: list[str]) -> None:
    assert [one.code for one in missing_for_decline(state, NOT_DRAFTED)] == codes
    assert missing_for_decline("arrived", []) == []


def test_an_open_fee_holds_the_exit() -> None:
    assert [one.code for one in missing_for_clearance(1)] == ["FEE_OPEN"]
    assert missing_for_clearance(0) == []


def test_a_withdrawal_needs_its_reason_and_everything_back() -> None:
    found = missing_for_withdrawal("", NOT_BACK)

    assert [one.code for one in found] == ["REASON_MISSING", "KEY_NOT_RETURNED"]
    assert missing_for_withdrawal("price", []) == []


@pytest.mark.parametrize(
    ("codes", "status"),
    [
        ([], "none_due"),
        (["NOT_TOLD"], "none_due"),
        (["WAIVED"], "waived"),
        (["PAID", "WAIVED"], "paid"),
    ],
)
def test_the_pass_says_what_became_of_the_fees(codes: list[str], status: str) -> None:
    assert fee_status(codes) == status
