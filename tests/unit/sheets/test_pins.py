"""Numbers on a drawing stay readable beside each other."""

import itertools
import math

import pytest

from inspect_app.sheets.pins import place_pins

SHARE = 5 / 174


def test_a_mark_that_stands_alone_keeps_its_place() -> None:
    (pin,) = place_pins([(0.5, 0.5)], 1.5, SHARE)

    assert (pin.badge_x, pin.badge_y) == pytest.approx((0.5, 0.5), abs=1e-3)
    assert not pin.is_moved


def test_thirty_marks_on_one_spot_do_not_hide_each_other() -> None:
    pins = place_pins([(0.02, 0.02)] * 30, 1.5, SHARE)

    gaps = [
        math.hypot(a.badge_x - b.badge_x, (a.badge_y - b.badge_y) / 1.5)
        for a, b in itertools.combinations(pins, 2)
    ]
    assert min(gaps) > SHARE * 0.8
    assert all(0 <= pin.badge_x <= 1 and 0 <= pin.badge_y <= 1 for pin in pins)
    assert {(pin.x, pin.y) for pin in pins} == {(0.02, 0.02)}


def test_a_place_outside_the_drawing_is_shown_at_its_edge() -> None:
    (pin,) = place_pins([(-3.0, 9.0)], 1.5, SHARE)

    assert (pin.x, pin.y) == (0.0, 1.0)
