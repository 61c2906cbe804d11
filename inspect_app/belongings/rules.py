"""Counting what is in the car, and what is asked about valuables (6.06-6.07, D2, D10, P8)."""

from collections.abc import Iterable
from typing import Final

from inspect_app.catalogues import is_code

MAX_QUANTITY: Final = 99
MAX_TEXT_CHARS: Final = 80
MAX_REMARK_CHARS: Final = 500

QUICK_LIST: Final = (
    "spare_wheel",
    "jack",
    "wheel_wrench",
    "tool_kit",
    "warning_triangle",
    "fire_extinguisher",
    "floor_mats",
    "dashcam",
    "memory_card",
    "toll_device",
    "toll_card",
    "phone_charger",
    "charging_cable",
    "child_seat",
    "umbrella",
    "sunglasses",
)
"""The tiles shown first: what sheets of the trade list (6.1), and what is asked after most."""

VALUABLE_CODES: Final = frozenset(
    {"cash", "valuables", "wallet_cards", "mobile_phone", "laptop_tablet", "camera"}
)
_PLUGGED: Final = frozenset({"ev", "plug_in"})
_NEEDS_A_PLUG: Final = frozenset({"charging_cable", "charging_adapter", "v2l_adapter"})


def quick_list(last_time: Iterable[str] = (), powertrain: str = "") -> tuple[str, ...]:
    """The tiles shown first: what was in the car last time, then the defaults that fit the car."""
    usual = [
        code
        for code in QUICK_LIST
        if code not in _NEEDS_A_PLUG or powertrain in _PLUGGED or not powertrain
    ]
    known = [code for code in last_time if is_code("belongings", code)]
    return tuple(dict.fromkeys([*known, *usual]))


def check_belonging(
    *,
    code: str,
    quantity: int,
    place: str,
    name: str = "",
    condition: str = "",
    location: str = "",
    remark: str = "",
) -> list[str]:
    """What is wrong with one line: codes, none if it may be kept.

    Quantity 0 takes the line away. `other_item` needs a name of its own.
    """
    problems = []
    if not is_code("belongings", code):
        problems.append("UNKNOWN_BELONGING")
    if not 0 <= quantity <= MAX_QUANTITY:
        problems.append("QUANTITY_OUT_OF_RANGE")
    if not is_code("belonging_places", place):
        problems.append("UNKNOWN_PLACE")
    if any(len(text) > MAX_TEXT_CHARS for text in (name, condition, location)):
        problems.append("TEXT_TOO_LONG")
    if len(remark) > MAX_REMARK_CHARS:
        problems.append("REMARK_TOO_LONG")
    if code == "other_item" and not name.strip():
        problems.append("NAME_MISSING")
    return problems


def check_valuables(answer: str, *, notice_told: bool, counted: Iterable[str] = ()) -> list[str]:
    """What is wrong with the answer about valuables: codes, none if it may be kept (P8).

    It is never left unanswered, and the notice P8 is shown first. `listed` needs a valuable in
    the counted list, the other two answers must have none.
    """
    problems = []
    listed = not VALUABLE_CODES.isdisjoint(counted)
    if not is_code("valuables", answer):
        problems.append("VALUABLES_UNANSWERED")
    elif answer == "listed" and not listed:
        problems.append("VALUABLES_NOT_LISTED")
    elif answer != "listed" and listed:
        problems.append("VALUABLES_ARE_LISTED")
    if not notice_told:
        problems.append("VALUABLES_NOTICE_NOT_TOLD")
    return problems


def check_nothing_left(*, nothing_left: bool, line_count: int) -> list[str]:
    """Whether "nothing left" and the list say the same; an empty list needs it said (T17)."""
    if nothing_left and line_count:
        return ["NOTHING_LEFT_BUT_LISTED"]
    if not nothing_left and not line_count:
        return ["LIST_IS_EMPTY"]
    return []
