"""What a settlement comes to (D12): every part of it comes to its total."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.orders.pricing import Tax
from inspect_app.settlements.sums import (
    KINDS,
    Charge,
    PartOfLine,
    charges_of_line,
    sheet_totals,
    standing,
)

AMOUNTS = st.integers(min_value=0, max_value=50_000_000)
TAXES = st.builds(Tax, st.integers(min_value=0, max_value=3_000), st.booleans())
CHARGES = st.lists(st.builds(Charge, st.sampled_from(KINDS), st.just("Work"), AMOUNTS), max_size=12)


def part(amount: int | None, name: str = "Pads") -> PartOfLine:
    return PartOfLine(name, 100, amount, amount)


def test_labour_is_what_the_price_holds_beside_its_parts() -> None:
    found = charges_of_line("Brakes", 120_000, [part(70_000)], is_package=False)

    assert [(one.kind, one.amount) for one in found] == [("labour", 50_000), ("part", 70_000)]


def test_a_line_that_is_all_parts_has_no_empty_labour() -> None:
    found = charges_of_line("Wipers", 30_000, [part(30_000)], is_package=False)

    assert [(one.kind, one.amount) for one in found] == [("part", 30_000)]


def test_parts_inside_a_package_are_named_and_cost_nothing_more() -> None:
    found = charges_of_line("Brake system", 300_000, [part(90_000)], is_package=True)

    assert [(one.kind, one.amount) for one in found] == [("labour", 300_000), ("part", 0)]


def test_a_price_agreed_below_its_parts_stands_whole() -> None:
    found = charges_of_line("Brakes", 50_000, [part(70_000)], is_package=False)

    assert [(one.kind, one.amount) for one in found] == [("labour", 50_000), ("part", 0)]


@given(
    price=AMOUNTS,
    parts=st.lists(st.one_of(st.none(), AMOUNTS), max_size=4),
    is_package=st.booleans(),
)
def test_the_charges_of_a_line_come_to_its_price(
    price: int, parts: list[int | None], is_package: bool
) -> None:
    found = charges_of_line("Work", price, [part(one) for one in parts], is_package=is_package)

    assert sum(one.amount or 0 for one in found) == price
    assert all(one.amount is not None and one.amount >= 0 for one in found)


def test_a_price_that_nobody_has_told_is_not_nothing() -> None:
    totals = sheet_totals(charges_of_line("Noise", None, [], is_package=True), Tax())

    assert not totals.all_known


@given(charges=CHARGES, tax=TAXES, discount=AMOUNTS, deposit=AMOUNTS, fees=AMOUNTS, paid=AMOUNTS)
def test_the_parts_of_a_sheet_come_to_its_total(
    charges: list[Charge], tax: Tax, discount: int, deposit: int, fees: int, paid: int
) -> None:
    totals = sheet_totals(charges, tax, discount=discount, deposit=deposit, fees=fees)

    assert sum(totals.by_kind.values()) == totals.charges
    assert totals.net + totals.tax == totals.gross
    assert totals.charges - totals.discount == (totals.gross if tax.included else totals.net)
    assert totals.gross - totals.deposit_offset - totals.fee_offset == totals.payable
    assert totals.deposit_offset + totals.fee_offset + totals.left_over == deposit + fees
    for amount in (
        totals.net, totals.tax, totals.gross, totals.payable, totals.left_over,
        totals.deposit_offset, totals.fee_offset,
    ):  # fmt: skip
        assert amount >= 0
        assert isinstance(amount, int)
    open_now = standing(totals, paid)
    assert open_now.outstanding >= 0
    assert open_now.to_give_back >= totals.left_over
    assert totals.payable - paid == open_now.outstanding - (
        open_now.to_give_back - totals.left_over
    )


@given(charges=CHARGES, tax=TAXES, discount=AMOUNTS)
def test_a_larger_discount_is_never_dearer(charges: list[Charge], tax: Tax, discount: int) -> None:
    dearer = sheet_totals(charges, tax, discount=discount)
    cheaper = sheet_totals(charges, tax, discount=discount + 1_000)

    assert cheaper.gross <= dearer.gross


def test_the_order_of_the_lines_changes_nothing() -> None:
    charges = [
        Charge("labour", "A", 33_333), Charge("part", "B", 66_667), Charge("storage", "C", 1),
    ]  # fmt: skip

    found = {repr(sheet_totals(order, Tax(1_000, False))) for order in permutations(charges)}

    assert len(found) == 1


@pytest.mark.parametrize(
    ("tax", "net", "tax_amount", "gross"),
    [
        (Tax(1_000, included=True), 100_000, 10_000, 110_000),
        (Tax(1_000, included=False), 110_000, 11_000, 121_000),
        (Tax(1_300, included=True), 97_345, 12_655, 110_000),
        (Tax(0, included=False), 110_000, 0, 110_000),
    ],
)
def test_tax_is_counted_once_after_the_discount(
    tax: Tax, net: int, tax_amount: int, gross: int
) -> None:
    totals = sheet_totals([Charge("labour", "Work", 130_000)], tax, discount=20_000)

    assert (totals.net, totals.tax, totals.gross) == (net, tax_amount, gross)


def test_a_deposit_larger_than_the_total_leaves_something_to_give_back() -> None:
    totals = sheet_totals([Charge("part", "Gearbox", 80_000)], Tax(), deposit=100_000, fees=5_000)

    assert (totals.deposit_offset, totals.fee_offset, totals.payable) == (80_000, 0, 0)
    assert standing(totals, 0).to_give_back == 25_000
