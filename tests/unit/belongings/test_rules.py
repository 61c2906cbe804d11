"""Things in the car and valuables."""

import pytest

from inspect_app.belongings.rules import (
    QUICK_LIST,
    VALUABLE_CODES,
    check_belonging,
    check_nothing_left,
    check_valuables,
    quick_list,
)
from inspect_app.catalogues import codes


def test_the_tiles_are_known_things_and_no_valuables() -> None:
    assert len(set(QUICK_LIST)) == len(QUICK_LIST) == 16
    assert set(QUICK_LIST) <= set(codes("belongings"))
    assert set(codes("belongings")) >= VALUABLE_CODES
    assert not VALUABLE_CODES & set(QUICK_LIST)


def test_what_was_there_last_time_comes_first_and_once() -> None:
    tiles = quick_list(["golf_bag", "jack", "no longer a code"])

    assert tiles[:3] == ("golf_bag", "jack", "spare_wheel")
    assert tiles.count("jack") == 1
    assert "no longer a code" not in tiles


def test_a_charging_cable_is_offered_to_cars_with_a_plug() -> None:
    assert "charging_cable" in quick_list(powertrain="ev")
    assert "charging_cable" not in quick_list(powertrain="diesel")
    assert "charging_cable" in quick_list(["charging_cable"], powertrain="diesel")


@pytest.mark.parametrize("quantity", [0, 1, 99])
def test_a_good_line_is_kept(quantity: int) -> None:
    assert check_belonging(code="jack", quantity=quantity, place="in_box") == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "elephant"}, "UNKNOWN_BELONGING"),
        ({"quantity": -1}, "QUANTITY_OUT_OF_RANGE"),
        ({"quantity": 100}, "QUANTITY_OUT_OF_RANGE"),
        ({"place": "at_home"}, "UNKNOWN_PLACE"),
        ({"name": "x" * 81}, "TEXT_TOO_LONG"),
        ({"remark": "x" * 501}, "REMARK_TOO_LONG"),
        ({"code": "other_item"}, "NAME_MISSING"),
    ],
)
def test_a_bad_line_is_refused_with_its_reason(change: dict[str, object], code: str) -> None:
    line: dict[str, object] = {"code": "jack", "quantity": 1, "place": "in_car"}

    found = check_belonging(**(line | change))  # type: ignore[arg-type]  # a dict of mixed values

    assert found == [code]


@pytest.mark.parametrize(
    ("answer", "told", "counted", "found"),
    [
        ("none", True, [], []),
        ("removed", True, ["jack"], []),
        ("listed", True, ["cash"], []),
        ("", True, [], ["VALUABLES_UNANSWERED"]),
        ("perhaps", True, [], ["VALUABLES_UNANSWERED"]),
        ("listed", True, ["jack"], ["VALUABLES_NOT_LISTED"]),
        ("none", True, ["cash"], ["VALUABLES_ARE_LISTED"]),
        ("none", False, [], ["VALUABLES_NOTICE_NOT_TOLD"]),
    ],
)
def test_valuables_are_answered_after_the_notice(
    answer: str, told: bool, counted: list[str], found: list[str]
) -> None:
    assert check_valuables(answer, notice_told=told, counted=counted) == found


def test_nothing_left_is_said_and_is_true() -> None:
    assert check_nothing_left(nothing_left=True, line_count=0) == []
    assert check_nothing_left(nothing_left=False, line_count=3) == []
    assert check_nothing_left(nothing_left=True, line_count=1) == ["NOTHING_LEFT_BUT_LISTED"]
    assert check_nothing_left(nothing_left=False, line_count=0) == ["LIST_IS_EMPTY"]
