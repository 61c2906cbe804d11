"""Our codes in the numbers of the transport trade."""

import pytest

from inspect_app.catalogues import codes
from inspect_app.catalogues.m22 import (
    APPROXIMATE,
    AREAS,
    BELONGING_AREAS,
    EDITION,
    EDITION_NOTE,
    NO_AREA,
    NO_TYPE,
    TYPES,
    belonging_area,
    m22,
    m22_text,
)

UNUSED_AREAS = {32, 43, 58, 67, 60, 85}


def test_every_zone_and_point_has_a_number_or_a_reason() -> None:
    ours = {*codes("exterior_zones"), *codes("interior_points")}

    assert set(AREAS) | set(NO_AREA) == ours
    assert not set(AREAS) & set(NO_AREA)
    assert all(NO_AREA.values())
    assert set(APPROXIMATE) <= set(AREAS)


def test_every_damage_type_has_a_number_or_a_reason() -> None:
    assert set(TYPES) | set(NO_TYPE) == set(codes("damage_types"))
    assert not set(TYPES) & set(NO_TYPE)
    assert all(NO_TYPE.values())


def test_every_triple_is_within_the_five_digits() -> None:
    for zone in (*AREAS, *NO_AREA):
        for damage_type in codes("damage_types"):
            for size_class in range(1, 7):
                triple = m22(zone, damage_type, size_class)
                if triple is None:
                    assert zone in NO_AREA or damage_type in NO_TYPE
                    continue
                assert len(m22_text(triple)) == 5
                assert triple[0] not in UNUSED_AREAS


@pytest.mark.parametrize(
    ("zone", "damage_type", "size_class", "triple"),
    [
        ("door_front_left", "scratch", 2, (10, 12, 2)),
        ("door_front_left", "dent", 3, (10, 14, 3)),
        ("bonnet", "stone_chip", 1, (27, 5, 1)),
        ("windscreen", "crack", 4, (20, 20, 4)),
        ("windscreen", "broken", 5, (20, 21, 5)),
        ("windscreen", "stone_chip", 1, (20, 22, 1)),
        ("glass_rear_right", "scratch", 2, (13, 23, 2)),
        ("sunroof_glass", "crack", 2, (53, 20, 2)),
        ("side_repeater_left", "crack", 1, (14, 24, 1)),
        ("front_badge", "missing", 1, (22, 19, 6)),
        ("handles_trim_right", "scratch", 1, (12, 18, 1)),
        ("mirror_left", "broken", 2, (30, 37, 2)),
        ("wheel_rear_left", "kerb_rash", 3, (75, 9, 3)),
        ("tyre_front_right", "puncture", 1, (78, 11, 1)),
        ("rear_seats", "stain", 3, (96, 10, 3)),
        ("roof_panel", "stain", 3, (37, 29, 3)),
    ],
)
def test_a_mark_is_told_in_its_context(
    zone: str, damage_type: str, size_class: int, triple: tuple[int, int, int]
) -> None:
    assert m22(zone, damage_type, size_class) == triple


def test_a_dent_with_broken_paint_has_its_own_type() -> None:
    assert m22("bonnet", "dent", 2, paint_broken=True) == (27, 4, 2)
    assert m22("bonnet", "scratch", 2, paint_broken=True) == (27, 12, 2)


def test_left_and_right_never_share_an_area() -> None:
    for zone in codes("exterior_zones"):
        other = zone.replace("left", "right")
        if zone != other and "lamp" not in zone:
            assert AREAS[zone] != AREAS[other], zone


def test_unknown_codes_are_errors() -> None:
    with pytest.raises(KeyError):
        m22("wing", "scratch", 1)
    with pytest.raises(KeyError):
        m22("bonnet", "eaten", 1)
    with pytest.raises(KeyError):
        m22("mudguards", "eaten", 1)
    with pytest.raises(ValueError, match="7"):
        m22("bonnet", "scratch", 7)


def test_things_of_the_car_have_an_area_and_the_customers_own_have_none() -> None:
    assert set(BELONGING_AREAS) <= set(codes("belongings"))
    assert belonging_area("spare_wheel") == 40
    assert belonging_area("mobile_phone") is None


def test_the_edition_fits_its_column_and_says_that_it_is_unverified() -> None:
    assert len(EDITION) <= 40
    assert "unverified" in EDITION_NOTE
