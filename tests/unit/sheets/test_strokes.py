"""Drawings on paper are made from numbers alone."""

import math

import pytest

from inspect_app.sheets.facts import Annotation, Point
from inspect_app.sheets.strokes import MAX_POINTS, annotation_svg, signature_svg
from tests.unit.sheets.material import DRAWN, signature


def test_a_drawn_name_is_cut_to_its_own_bounds() -> None:
    svg, aspect = signature_svg(signature().strokes)

    assert svg.startswith(b"<svg")
    assert svg.count(b"<path") == 2
    assert svg.count(b"<circle") == 1
    assert 2 < aspect < 5


def test_a_single_dot_is_a_drawing() -> None:
    svg, aspect = signature_svg(((Point(10, 10),),))

    assert b"<circle" in svg
    assert aspect == pytest.approx(1)


@pytest.mark.parametrize(
    "strokes",
    [
        (),
        ((),),
        ((Point(math.nan, 1),),),
        ((Point(1, math.inf),),),
        (tuple(Point(i, i) for i in range(MAX_POINTS + 1)),),
    ],
)
def test_what_is_no_drawing_is_refused(strokes: tuple[tuple[Point, ...], ...]) -> None:
    with pytest.raises(ValueError, match=r"drawing|number"):
        signature_svg(strokes)


def test_lines_over_a_photo_are_drawn_in_its_pixels_with_a_casing() -> None:
    svg = annotation_svg(DRAWN, 800, 600)

    assert svg is not None
    assert b'viewBox="0 0 800 600"' in svg
    assert b'cx="400.00"' in svg
    assert svg.count(b"#e4002b") == 2
    assert b"scratch" not in svg


def test_words_alone_need_no_lines() -> None:
    assert annotation_svg((Annotation("text", (Point(0, 0),), text="x"),), 10, 10) is None
