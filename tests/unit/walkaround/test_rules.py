"""Stations, checks and marks."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.catalogues import codes
from inspect_app.walkaround.rules import (
    CATALOGUE_OF,
    MAX_REMARK_CHARS,
    ONLY_FOR,
    QUICK_DAMAGE_TYPES,
    RESULTS_OF,
    SEVERITIES,
    SIZE_CLASSES,
    check_line,
    check_mark,
    checks_for,
    context_of,
    is_exception,
    more_damage_types,
    nearest_zones,
    normal_result,
    quick_damage_types,
    station_of,
    station_of_angle,
    stations,
)


def a_mark(**changes: object) -> list[str]:
    mark: dict[str, object] = {
        "view": "outside",
        "zone": "door_front_left",
        "x": 0.5,
        "y": 0.5,
        "damage_type": "scratch",
        "severity": "minor",
        "size_class": 2,
    }
    return check_mark(**(mark | changes))  # type: ignore[arg-type]  # a dict of mixed values


def test_the_walk_goes_round_the_car_in_order() -> None:
    assert tuple(station.code for station in stations()) == codes("stations")


@pytest.mark.parametrize("kind", CATALOGUE_OF)
def test_every_code_is_looked_at_in_exactly_one_station(kind: str) -> None:
    lines = Counter(
        code for station in stations() for of_kind, code in station.lines() if of_kind == kind
    )

    assert set(lines) == set(codes(CATALOGUE_OF[kind]))
    assert set(lines.values()) == {1}


def test_every_photo_angle_belongs_to_exactly_one_station() -> None:
    angles = [angle for station in stations() for angle in station.photo_angles]

    assert sorted(angles) == sorted(codes("photo_angles"))
    assert station_of_angle("plate") == "front"
    assert station_of("zone", "sunroof_glass") == "roof"
    with pytest.raises(KeyError):
        station_of("zone", "driver_seat")
    with pytest.raises(KeyError):
        station_of_angle("above")


def test_only_a_diesel_is_asked_for_its_glow_plugs() -> None:
    asked = {
        powertrain: checks_for("dashboard", powertrain).indicators
        for powertrain in codes("powertrains")
    }

    assert [name for name, lamps in asked.items() if "glow_plug" in lamps] == ["diesel"]
    assert [name for name, lamps in asked.items() if "charging_connected" in lamps] == [
        "plug_in",
        "ev",
    ]
    assert "low_fuel" not in asked["ev"]
    assert "oil_pressure" not in asked["ev"]
    assert all("airbag" in lamps for lamps in asked.values())


def test_an_unknown_powertrain_is_asked_everything() -> None:
    for station in stations():
        assert checks_for(station.code, "") == station


def test_what_only_some_cars_have_is_a_known_code() -> None:
    known = {code for name in CATALOGUE_OF.values() for code in codes(name)}

    assert set(ONLY_FOR) <= known
    assert all(cars <= set(codes("powertrains")) for cars in ONLY_FOR.values())


def test_all_normal_here_records_results_that_are_no_exception() -> None:
    for station in stations():
        for kind, code in station.lines():
            result = normal_result(kind, code)
            assert check_line(kind, code, result) == []
            assert not is_exception(kind, code, result)


def test_a_burning_fault_lamp_is_an_exception_and_a_pulled_brake_is_none() -> None:
    assert is_exception("indicator", "airbag", "on")
    assert not is_exception("indicator", "parking_brake", "on")
    assert is_exception("function", "horn", "abnormal")
    assert not is_exception("function", "horn", "not_checked")
    assert not is_exception("protection", "floor_paper", "not_used")


def test_the_results_have_names() -> None:
    assert {result for results in RESULTS_OF.values() for result in results} <= set(
        codes("check_results")
    )


def test_a_check_line_names_what_is_wrong_with_it() -> None:
    assert check_line("smell", "odour", "normal") == ["UNKNOWN_CHECK_LIST"]
    assert check_line("interior", "airbag", "on", "x" * (MAX_REMARK_CHARS + 1)) == [
        "UNKNOWN_CHECK",
        "UNKNOWN_RESULT",
        "REMARK_TOO_LONG",
    ]


def test_six_large_types_fit_each_place() -> None:
    for context, quick in QUICK_DAMAGE_TYPES.items():
        assert len(set(quick)) == 6, context
        assert set(quick) <= set(codes("damage_types"))
    assert quick_damage_types("bonnet") == (
        "scratch",
        "dent",
        "stone_chip",
        "crack",
        "scuff",
        "missing",
    )


@pytest.mark.parametrize(
    ("zone", "context"),
    [
        ("bonnet", "body"),
        ("windscreen", "glass"),
        ("glass_front_left", "glass"),
        ("headlamp_left", "lamp"),
        ("front_fog_lamp_right", "lamp"),
        ("high_mount_stop_lamp", "lamp"),
        ("side_repeater_left", "lamp"),
        ("wheel_front_left", "wheel"),
        ("tyre_rear_right", "tyre"),
        ("driver_seat", "interior"),
        ("interior_lamps", "interior"),
    ],
)
def test_a_zone_knows_what_it_is_made_of(zone: str, context: str) -> None:
    assert context_of(zone) == context


def test_behind_the_six_stand_all_other_types() -> None:
    for zone in codes("exterior_zones"):
        both = (*quick_damage_types(zone), *more_damage_types(zone))
        assert sorted(both) == sorted(codes("damage_types"))


def test_sizes_grow_and_have_names() -> None:
    limits = [size.up_to_cm for size in SIZE_CLASSES if size.up_to_cm is not None]

    assert limits == [2.5, 7.5, 15.0, 30.0]
    assert tuple(size.code for size in SIZE_CLASSES) == codes("size_classes")
    assert set(SEVERITIES) < set(codes("severities"))


@given(
    x=st.floats(0, 1),
    y=st.floats(0, 1),
    zone=st.sampled_from(codes("exterior_zones")),
    damage_type=st.sampled_from(codes("damage_types")),
    size_class=st.integers(1, 6),
)
def test_a_good_mark_is_kept(
    x: float, y: float, zone: str, damage_type: str, size_class: int
) -> None:
    mark = {"x": x, "y": y, "zone": zone, "damage_type": damage_type, "size_class": size_class}

    assert a_mark(**mark, remark="seen") == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"view": "below"}, "UNKNOWN_VIEW"),
        ({"zone": "wing"}, "UNKNOWN_ZONE"),
        ({"zone": "driver_seat"}, "UNKNOWN_ZONE"),
        ({"view": "inside"}, "UNKNOWN_ZONE"),
        ({"x": -0.001}, "OUTSIDE_THE_DRAWING"),
        ({"y": 1.001}, "OUTSIDE_THE_DRAWING"),
        ({"x": math.nan}, "OUTSIDE_THE_DRAWING"),
        ({"y": math.inf}, "OUTSIDE_THE_DRAWING"),
        ({"damage_type": "eaten"}, "UNKNOWN_DAMAGE_TYPE"),
        ({"severity": "none"}, "UNKNOWN_SEVERITY"),
        ({"size_class": 0}, "UNKNOWN_SIZE"),
        ({"size_class": 7}, "UNKNOWN_SIZE"),
        ({"remark": "x" * 501}, "REMARK_TOO_LONG"),
        ({"damage_type": "other"}, "REMARK_MISSING"),
        ({"damage_type": "other", "remark": "  "}, "REMARK_MISSING"),
    ],
)
def test_a_bad_mark_is_refused_with_its_reason(changes: dict[str, object], code: str) -> None:
    assert a_mark(**changes) == [code]


def test_several_faults_are_all_named() -> None:
    assert a_mark(zone="wing", x=2.0, size_class=9) == [
        "UNKNOWN_ZONE",
        "OUTSIDE_THE_DRAWING",
        "UNKNOWN_SIZE",
    ]


def test_the_nearest_zones_come_nearest_first() -> None:
    centres = {"near": (0.5, 0.52), "far": (0.9, 0.9), "next": (0.6, 0.5), "last": (0.0, 1.0)}

    assert nearest_zones(0.5, 0.5, centres) == ("near", "next", "far")
    assert nearest_zones(0.5, 0.5, centres, n=1) == ("near",)


def test_a_wide_drawing_makes_sideways_distances_longer() -> None:
    centres = {"beside": (0.6, 0.5), "below": (0.5, 0.65)}

    assert nearest_zones(0.5, 0.5, centres, n=1) == ("beside",)
    assert nearest_zones(0.5, 0.5, centres, n=1, aspect=2.0) == ("below",)
