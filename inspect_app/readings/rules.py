"""Odometer, fuel and charge at check-in (6.09, process 6.1)."""

from typing import Final

MAX_ODOMETER: Final = 2_000_000
"""More than any car has run, in either unit; beyond it a figure is a slip of the finger."""
MAX_RANGE_KM: Final = 5_000
FUEL_EIGHTHS: Final = 8
MAX_REASON_CHARS: Final = 500

UNITS: Final = ("km", "mi")
MICROKM_PER_MILE: Final = 1_609_344
"""A mile is exactly 1.609344 km (international agreement of 1959)."""

_NO_FUEL: Final = frozenset({"ev"})
_ASKED_CHARGE: Final = frozenset({"ev", "plug_in"})
_MUST_CHARGE: Final = frozenset({"ev"})


def to_km(value: int, unit: str) -> int:
    """A reading in whole kilometres, half a kilometre rounded up; KeyError for an unknown unit."""
    if unit == "km":
        return value
    if unit != "mi":
        raise KeyError(unit)
    return (value * MICROKM_PER_MILE + 500_000) // 1_000_000


def needs_fuel(powertrain: str) -> bool:
    """Whether the car has a fuel gauge, which must then be read."""
    return powertrain not in _NO_FUEL


def asks_charge(powertrain: str) -> bool:
    """Whether the page asks for charge and range."""
    return powertrain in _ASKED_CHARGE


def needs_charge(powertrain: str) -> bool:
    """Whether the state of charge must be read; for an electric car it stands for the fuel."""
    return powertrain in _MUST_CHARGE


def is_lower_than_last(value: int, unit: str, last_km: int | None) -> bool:
    """Whether the odometer runs backwards.

    A figure in miles is compared with a kilometre of tolerance, because both were rounded.
    """
    if last_km is None:
        return False
    return to_km(value, unit) < last_km - (1 if unit == "mi" else 0)


def check_odometer(
    value: int, unit: str, last_km: int | None = None, reason: str = ""
) -> list[str]:
    """What is wrong with an odometer figure: codes, none if it may be kept.

    Lower than last time is accepted with a reason (6.09, odometer repair in D1).
    """
    if unit not in UNITS:
        return ["UNKNOWN_UNIT"]
    if not 0 <= value <= MAX_ODOMETER:
        return ["ODOMETER_OUT_OF_RANGE"]
    problems = []
    if is_lower_than_last(value, unit, last_km) and not reason.strip():
        problems.append("ODOMETER_LOWER_THAN_LAST")
    if len(reason) > MAX_REASON_CHARS:
        problems.append("REASON_TOO_LONG")
    return problems


def check_levels(
    *,
    powertrain: str,
    fuel_eighths: int | None = None,
    fuel_percent: int | None = None,
    charge_percent: int | None = None,
    range_km: int | None = None,
) -> list[str]:
    """What is wrong with fuel and charge: codes, none if they may be kept.

    Fuel is given in eighths (0 to 8) or percent; either is enough.
    """
    problems = []
    if fuel_eighths is not None and not 0 <= fuel_eighths <= FUEL_EIGHTHS:
        problems.append("FUEL_EIGHTHS_OUT_OF_RANGE")
    if fuel_percent is not None and not 0 <= fuel_percent <= 100:
        problems.append("FUEL_PERCENT_OUT_OF_RANGE")
    if charge_percent is not None and not 0 <= charge_percent <= 100:
        problems.append("CHARGE_OUT_OF_RANGE")
    if range_km is not None and not 0 <= range_km <= MAX_RANGE_KM:
        problems.append("RANGE_OUT_OF_RANGE")
    if needs_fuel(powertrain) and fuel_eighths is None and fuel_percent is None:
        problems.append("FUEL_MISSING")
    if needs_charge(powertrain) and charge_percent is None:
        problems.append("CHARGE_MISSING")
    return problems
