"""What lines and orders cost, proven for every order of the lines and every rounding."""

from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from inspect_app.orders.pricing import (
    PartPrice,
    Tax,
    divided,
    labour_amount,
    line_total,
    totals,
)

amounts = st.integers(0, 2_000_000_000)
rates = st.integers(0, 10_000)


def test_a_system_is_a_package_whatever_is_fitted_inside_it() -> None:
    part = PartPrice(100, 70_000)

    assert line_total("system", base_amount=300_000, parts=[part]) == 300_000
    assert line_total("system", base_amount=None, parts=[part]) is None


def test_a_symptom_costs_its_base_and_the_allowance() -> None:
    assert line_total("symptom", base_amount=200_000, risk_amount=50_000) == 250_000
    assert line_total("symptom", base_amount=200_000) == 200_000
    assert line_total("symptom", risk_amount=50_000) is None


def test_an_item_costs_labour_by_the_hour_and_its_parts() -> None:
    parts = [PartPrice(400, 9_500), PartPrice(100, 12_000)]

    total = line_total("item", hours_hundredths=50, rate_amount=60_000, parts=parts)

    assert total == 30_000 + 38_000 + 12_000


def test_an_item_may_have_a_fixed_price_for_its_labour_or_none_at_all() -> None:
    wiper = PartPrice(100, 30_000)

    assert line_total("item", base_amount=45_000) == 45_000
    assert line_total("item", base_amount=10_000, parts=[wiper]) == 40_000
    assert line_total("item", parts=[wiper]) == 30_000
    assert line_total("item") is None


def test_a_part_without_a_price_leaves_the_line_unknown_and_a_customers_own_is_free() -> None:
    assert line_total("item", base_amount=10_000, parts=[PartPrice(100, None)]) is None
    own = PartPrice(100, None, is_customers=True)
    assert line_total("item", base_amount=10_000, parts=[own]) == 10_000


@given(amounts, st.integers(1, 10_000))
def test_rounding_is_half_up_and_exact(amount: int, by: int) -> None:
    exact = Fraction(amount, by)

    rounded = divided(amount, by)

    assert isinstance(rounded, int)
    assert Fraction(-1, 2) < rounded - exact <= Fraction(1, 2)


@given(st.integers(0, 10_000), st.integers(0, 10_000_000))
def test_labour_is_hours_times_rate(hours: int, rate: int) -> None:
    assert abs(labour_amount(hours, rate) * 100 - hours * rate) <= 50


@given(st.lists(st.none() | amounts, max_size=40), rates, st.booleans(), st.randoms())
def test_the_order_of_the_lines_changes_nothing(
    lines: list[int | None], rate: int, included: bool, dice: Random
) -> None:
    shuffled = list(lines)
    dice.shuffle(shuffled)

    assert totals(lines, Tax(rate, included)) == totals(shuffled, Tax(rate, included))


@given(st.lists(st.none() | amounts, max_size=40), rates, st.booleans())
def test_net_and_tax_are_the_gross_to_the_last_unit(
    lines: list[int | None], rate: int, included: bool
) -> None:
    found = totals(lines, Tax(rate, included))
    known = sum(amount for amount in lines if amount is not None)

    assert all(type(value) is int for value in (found.net, found.tax, found.gross))
    assert found.net + found.tax == found.gross
    assert (found.gross if included else found.net) == known
    assert found.all_known == (None not in lines)
    assert abs(Fraction(found.net * rate, 10_000) - found.tax) <= 1


def test_ten_percent_in_and_on_top() -> None:
    inside, on_top = totals([110_000], Tax(1000, True)), totals([110_000], Tax(1000, False))

    assert (inside.net, inside.tax, inside.gross) == (100_000, 10_000, 110_000)
    assert (on_top.net, on_top.tax, on_top.gross) == (110_000, 11_000, 121_000)
    assert totals([], Tax(1000, False)).gross == 0
