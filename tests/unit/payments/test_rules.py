"""Fees and what money counts for (3.05, 5.2, T14)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.payments.rules import (
    FeeFacts,
    FeeState,
    Taken,
    balance,
    fee_state,
    open_fees,
    rounded_for_cash,
)

BEGAN = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
BEFORE, LATER = BEGAN - timedelta(minutes=1), BEGAN + timedelta(seconds=1)


def _fee(**changes: Any) -> FeeFacts:
    known: dict[str, Any] = {"kind": "diagnosis", "amount": 30_000, "told_at": BEFORE}
    return FeeFacts(**{**known, "began_at": BEGAN, **changes})


@pytest.mark.parametrize(
    ("changes", "korean", "repair", "state"),
    [
        ({}, True, False, FeeState("DUE", 30_000)),
        ({"told_at": BEGAN}, True, False, FeeState("DUE", 30_000)),
        ({"began_at": None}, True, False, FeeState("DUE", 30_000)),
        ({"told_at": None}, True, False, FeeState("NOT_TOLD")),
        ({"told_at": LATER}, False, False, FeeState("TOLD_LATE")),
        ({"is_waived": True, "told_at": None}, True, False, FeeState("WAIVED")),
        ({"paid_amount": 30_000}, True, False, FeeState("PAID")),
        ({"paid_amount": 10_000}, True, False, FeeState("DUE", 20_000)),
        ({}, True, True, FeeState("REPAIR_CHARGED")),
        ({}, False, True, FeeState("DUE", 30_000)),
        ({"kind": "valuation"}, True, False, FeeState("ESTIMATE_OF_REPAIR")),
        ({"kind": "valuation", "for_accident": True}, True, False, FeeState("DUE", 30_000)),
        ({"kind": "valuation"}, False, False, FeeState("DUE", 30_000)),
    ],
)
def test_a_fee_is_charged_only_where_it_was_told_before(
    changes: dict[str, Any], korean: bool, repair: bool, state: FeeState
) -> None:
    assert fee_state(_fee(**changes), korean=korean, repair_is_charged=repair) == state


def test_the_exit_waits_for_what_is_due_of_all_fees_together() -> None:
    states = [FeeState("DUE", 20_000), FeeState("WAIVED"), FeeState("DUE", 500)]

    assert open_fees(states) == 20_500
    assert open_fees([]) == 0


def test_a_reversed_payment_counts_for_nothing_and_a_reversed_refund_counts_again() -> None:
    rows = [
        Taken("payment", "deposit", 50_000),
        Taken("refund", "deposit", 20_000),
        Taken("reversal", "deposit", 20_000, reverses="refund"),
        Taken("payment", "settlement", 7_000),
        Taken("reversal", "settlement", 7_000, reverses="payment"),
    ]

    found = balance(rows)

    assert found.held == {"deposit": 50_000, "settlement": 0}
    assert found.of("deposit", "settlement") == found.total == 50_000


def test_coins_that_do_not_exist_settle_the_bill_all_the_same() -> None:
    found = balance([Taken("payment", "settlement", 12_340, rounding_amount=5)])

    assert found.held["settlement"] == 12_340
    assert found.of("settlement") == 12_345


@given(st.integers(0, 2_000_000_000), st.sampled_from([1, 5, 10, 50, 100]))
def test_cash_is_rounded_to_a_coin_and_never_by_more_than_half_of_it(
    amount: int, coin: int
) -> None:
    rounded = rounded_for_cash(amount, coin)

    assert rounded % coin == 0
    assert abs(rounded - amount) * 2 <= coin


@given(
    st.lists(st.tuples(st.sampled_from(["payment", "refund"]), st.integers(1, 10**6))),
    st.randoms(),
)
def test_the_order_of_rows_changes_no_balance(rows: list[tuple[str, int]], chance: Any) -> None:
    taken = [Taken(kind, "deposit", amount) for kind, amount in rows]
    mixed = list(taken)
    chance.shuffle(mixed)

    assert balance(taken) == balance(mixed)
