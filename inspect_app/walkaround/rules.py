"""Stations, their checks, and what a mark must say (6.05, process 6.1, D3)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from inspect_app.catalogues import codes, is_code
from inspect_app.catalogues.stations import ONLY_FOR as ONLY_FOR
from inspect_app.catalogues.stations import STATIONS
from inspect_app.catalogues.stations import Station as Station

MAX_REMARK_CHARS: Final = 500

CATALOGUE_OF: Final[dict[str, str]] = {
    "zone": "exterior_zones",
    "interior": "interior_points",
    "indicator": "dashboard_indicators",
    "function": "functional_checks",
    "protection": "protection_items",
}
"""The kind of a check line and the list its codes come from."""

RESULTS_OF: Final[dict[str, tuple[str, ...]]] = {
    "zone": ("normal", "abnormal", "not_fitted", "not_checked"),
    "interior": ("normal", "abnormal", "not_fitted", "not_checked"),
    "indicator": ("off", "on", "not_checked", "not_fitted"),
    "function": ("normal", "abnormal", "not_fitted", "not_checked"),
    "protection": ("on", "not_used"),
}

# With the ignition on and the car standing these burn, and nothing is wrong with it.
_BURNS_WHEN_PARKED: Final = frozenset({"parking_brake", "seat_belt"})
# These tell a state, not a fault, so neither answer is an exception.
_STATE_INDICATORS: Final = _BURNS_WHEN_PARKED | {"door_ajar", "immobiliser", "charging_connected"}


_BY_CODE: Final = {station.code: station for station in STATIONS}


def stations() -> tuple[Station, ...]:
    """The ten stations in walking order, whole."""
    return STATIONS


def station_of(kind: str, code: str) -> str:
    """The one station where a line of a list is looked at; raises KeyError where there is none."""
    for station in STATIONS:
        if (kind, code) in station.lines():
            return station.code
    raise KeyError(code)


def station_of_angle(angle: str) -> str:
    """The station where a photo angle is next; raises KeyError for an unknown angle."""
    for station in STATIONS:
        if angle in station.photo_angles:
            return station.code
    raise KeyError(angle)


def checks_for(station: str, powertrain: str) -> Station:
    """The station with only what this powertrain has; raises KeyError for an unknown station.

    A powertrain that is not known (`""`) is asked everything.
    """
    whole = _BY_CODE[station]

    def fitting(found: tuple[str, ...]) -> tuple[str, ...]:
        if not is_code("powertrains", powertrain):
            return found
        return tuple(code for code in found if powertrain in ONLY_FOR.get(code, {powertrain}))

    return replace(
        whole,
        zones=fitting(whole.zones),
        interior_points=fitting(whole.interior_points),
        indicators=fitting(whole.indicators),
        functions=fitting(whole.functions),
    )


def normal_result(kind: str, code: str) -> str:
    """What "all normal here" records for a line; raises KeyError for an unknown kind."""
    if kind == "indicator":
        return "on" if code in _BURNS_WHEN_PARKED else "off"
    return {"zone": "normal", "interior": "normal", "function": "normal", "protection": "on"}[kind]


def is_exception(kind: str, code: str, result: str) -> bool:
    """Whether a result is an abnormality, which is written down and offered a photo (6.05)."""
    if kind == "indicator":
        return result == "on" and code not in _STATE_INDICATORS
    return kind != "protection" and result == "abnormal"


def check_line(kind: str, code: str, result: str, remark: str = "") -> list[str]:
    """What is wrong with an answer to one check line: codes, none if it may be kept."""
    if kind not in CATALOGUE_OF:
        return ["UNKNOWN_CHECK_LIST"]
    problems = []
    if not is_code(CATALOGUE_OF[kind], code):
        problems.append("UNKNOWN_CHECK")
    if result not in RESULTS_OF[kind]:
        problems.append("UNKNOWN_RESULT")
    if len(remark) > MAX_REMARK_CHARS:
        problems.append("REMARK_TOO_LONG")
    return problems


@dataclass(frozen=True, slots=True)
class SizeClass:
    """A size of damage; `up_to_cm` is its upper limit (inclusive), None where there is none."""

    number: int
    up_to_cm: float | None

    @property
    def code(self) -> str:
        """The code of its name in the list `size_classes`."""
        return str(self.number)


SIZE_CLASSES: Final = (
    SizeClass(1, 2.5),
    SizeClass(2, 7.5),
    SizeClass(3, 15.0),
    SizeClass(4, 30.0),
    SizeClass(5, None),
    SizeClass(6, None),
)
"""The severities of the trade's standard (see `catalogues/m22.py`); 6 is missing or major."""

MISSING_SIZE: Final = 6
SEVERITIES: Final = ("minor", "moderate", "severe", "safety_critical")

QUICK_DAMAGE_TYPES: Final[dict[str, tuple[str, ...]]] = {
    "body": ("scratch", "dent", "stone_chip", "crack", "scuff", "missing"),
    "glass": ("stone_chip", "crack", "scratch", "broken", "loose", "missing"),
    "lamp": ("scratch", "crack", "broken", "fogged", "inoperative", "missing"),
    "wheel": ("kerb_rash", "scratch", "dent", "crack", "deformation", "missing"),
    "tyre": ("worn", "cut", "bulge", "puncture", "crack", "missing"),
    "interior": ("stain", "tear", "scratch", "burn", "broken", "missing"),
}
"""The six large pictures of each context; all other types stand behind them."""

_GLASS: Final = frozenset({"windscreen", "rear_window", "sunroof_glass"})


def context_of(zone: str) -> str:
    """What a zone or interior point is made of: a key of `QUICK_DAMAGE_TYPES`."""
    if is_code("interior_points", zone):
        return "interior"
    if zone in _GLASS or zone.startswith("glass_"):
        return "glass"
    if "_lamp" in zone or zone.startswith(("headlamp_", "side_repeater_")):
        return "lamp"
    if zone.startswith("wheel_"):
        return "wheel"
    return "tyre" if zone.startswith("tyre_") else "body"


def quick_damage_types(zone: str) -> tuple[str, ...]:
    """The six types shown first for a zone."""
    return QUICK_DAMAGE_TYPES[context_of(zone)]


def more_damage_types(zone: str) -> tuple[str, ...]:
    """All other types, in the order of the list."""
    quick = quick_damage_types(zone)
    return tuple(code for code in codes("damage_types") if code not in quick)


def zones_of_view(view: str) -> tuple[str, ...]:
    """The zones of the outside drawing or the points of the inside plan; KeyError for any other."""
    return codes({"outside": "exterior_zones", "inside": "interior_points"}[view])


def check_mark(
    *,
    view: str,
    zone: str,
    x: float,
    y: float,
    damage_type: str,
    severity: str,
    size_class: int,
    remark: str = "",
) -> list[str]:
    """What is wrong with a mark: codes, none if it may be kept (6.05, D3).

    `x` and `y` are fractions of the whole drawing, right and down.
    """
    problems = []
    if not is_code("mark_views", view):
        problems.append("UNKNOWN_VIEW")
    elif zone not in zones_of_view(view):
        problems.append("UNKNOWN_ZONE")
    if not all(math.isfinite(part) and 0 <= part <= 1 for part in (x, y)):
        problems.append("OUTSIDE_THE_DRAWING")
    if not is_code("damage_types", damage_type):
        problems.append("UNKNOWN_DAMAGE_TYPE")
    if severity not in SEVERITIES:
        problems.append("UNKNOWN_SEVERITY")
    if not 1 <= size_class <= MISSING_SIZE:
        problems.append("UNKNOWN_SIZE")
    if len(remark) > MAX_REMARK_CHARS:
        problems.append("REMARK_TOO_LONG")
    if damage_type == "other" and not remark.strip():
        problems.append("REMARK_MISSING")
    return problems


def nearest_zones(
    x: float, y: float, centres: Mapping[str, tuple[float, float]], n: int = 3, aspect: float = 1.0
) -> tuple[str, ...]:
    """The `n` zones whose centres are nearest to a point, nearest first.

    Points are fractions of the drawing; `aspect` is its width divided by its height.
    """

    def distance(zone: str) -> tuple[float, str]:
        across, down = centres[zone]
        return ((across - x) * aspect) ** 2 + (down - y) ** 2, zone

    return tuple(sorted(centres, key=distance)[:n])
