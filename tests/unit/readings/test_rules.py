"""Odometer, fuel and charge."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.catalogues import codes
from inspect_app.readings.rules import (
    MAX_ODOMETER,
    check_levels,
    check_odometer,
    is_lower_than_last,
    needs_charge,
    needs_fuel,
    to_km,
)

figures = st.integers(0, MAX_ODOMETER)


@given(figures)
def test_miles_become_the_nearest_kilometre(miles: int) -> None:
    exact = miles * Fraction(1_609_344, 1_000_000)

    assert abs(to_km(miles, "mi") - exact) <= Fraction(1, 2)


@given(figures)
def test_the_same_miles_are_never_lower_than_before(miles: int) -> None:
    assert not is_lower_than_last(miles, "mi", to_km(miles, "mi"))


@given(figures, figures)
def test_kilometres_are_compared_as_they_are(now: int, last: int) -> None:
    assert is_lower_than_last(now, "km", last) == (now < last)


def test_an_unknown_unit_is_an_error() -> None:
    with pytest.raises(KeyError):
        to_km(1, "li")


@pytest.mark.parametrize("value", [0, 123_456, 2_000_000])
def test_a_good_figure_is_kept(value: int) -> None:
    assert check_odometer(value, "km", None) == []


@pytest.mark.parametrize(
    ("value", "unit", "code"),
    [
        (-1, "km", "ODOMETER_OUT_OF_RANGE"),
        (10**12, "km", "ODOMETER_OUT_OF_RANGE"),
        (2_000_001, "mi", "ODOMETER_OUT_OF_RANGE"),
        (1, "li", "UNKNOWN_UNIT"),
    ],
)
def test_a_bad_figure_is_refused(value: int, unit: str, code: str) -> None:
    assert check_odometer(value, unit) == [code]


def test_lower_than_last_time_needs_a_reason() -> None:
    assert check_odometer(99, "km", 100) == ["ODOMETER_LOWER_THAN_LAST"]
    assert check_odometer(99, "km", 100, reason=" ") == ["ODOMETER_LOWER_THAN_LAST"]
    assert check_odometer(99, "km", 100, reason="cluster exchanged") == []
    assert check_odometer(99, "km", 100, reason="x" * 501) == ["REASON_TOO_LONG"]


def test_fuel_is_given_in_eighths_or_percent() -> None:
    assert check_levels(powertrain="petrol", fuel_eighths=8) == []
    assert check_levels(powertrain="petrol", fuel_percent=0) == []
    assert check_levels(powertrain="petrol") == ["FUEL_MISSING"]


@pytest.mark.parametrize(
    ("levels", "code"),
    [
        ({"fuel_eighths": 9}, "FUEL_EIGHTHS_OUT_OF_RANGE"),
        ({"fuel_eighths": -1}, "FUEL_EIGHTHS_OUT_OF_RANGE"),
        ({"fuel_percent": 101, "fuel_eighths": 1}, "FUEL_PERCENT_OUT_OF_RANGE"),
        ({"charge_percent": 101, "fuel_eighths": 1}, "CHARGE_OUT_OF_RANGE"),
        ({"range_km": -1, "fuel_eighths": 1}, "RANGE_OUT_OF_RANGE"),
    ],
)
def test_a_level_beyond_its_gauge_is_refused(levels: dict[str, int], code: str) -> None:
    assert check_levels(powertrain="plug_in", **levels) == [code]


def test_an_electric_car_gives_its_charge_instead_of_fuel() -> None:
    assert check_levels(powertrain="ev", charge_percent=80) == []
    assert check_levels(powertrain="ev") == ["CHARGE_MISSING"]


def test_every_car_gives_one_of_the_two() -> None:
    assert all(needs_fuel(car) or needs_charge(car) for car in codes("powertrains"))
