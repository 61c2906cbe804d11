"""Which drawings are a signature, and how they are drawn again."""

import json
import math
import os
import re
from pathlib import Path
from typing import Any

import pytest

from inspect_app.signatures.strokes import (
    MAX_POINTS,
    StrokesRefused,
    is_real_mark,
    read_drawing,
    read_strokes,
    to_path,
    to_svg,
)

VECTORS = json.loads(
    (Path(__file__).parents[2] / "data" / "vectors" / "strokes.json").read_text("utf-8")
)
REAL_MARKS = [case for case in VECTORS["cases"] if case["problem"] is None]
REFUSED = [case for case in VECTORS["cases"] if case["problem"] is not None]
CORPUS = os.environ.get("CORPUS", "")


def stroke(*points: tuple[float, float]) -> dict[str, Any]:
    return {"points": [{"x": x, "y": y, "time": 1000 + i} for i, (x, y) in enumerate(points)]}


@pytest.mark.parametrize("case", REAL_MARKS, ids=lambda case: case["name"])
def test_a_real_mark_passes(case: dict[str, Any]) -> None:
    strokes = read_strokes(case["groups"], case["box"]["width"], case["box"]["height"])

    assert is_real_mark(strokes)
    assert strokes.as_drawing() == case["drawing"]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["name"])
def test_what_is_no_mark_is_refused_with_its_reason(case: dict[str, Any]) -> None:
    with pytest.raises(StrokesRefused) as refused:
        read_strokes(case["groups"], case["box"]["width"], case["box"]["height"])

    assert refused.value.code == case["problem"]


@pytest.mark.parametrize("value", [math.nan, math.inf, 10**400, None, [1], {"x": 1}])
def test_a_coordinate_that_is_no_number_on_the_pad_is_refused(value: Any) -> None:
    with pytest.raises(StrokesRefused):
        read_strokes([stroke((10, 10), (value, 20))], 600, 200)


def test_more_points_than_a_hand_draws_are_refused() -> None:
    endless = stroke(*[(x % 600, 50) for x in range(MAX_POINTS + 1)])

    with pytest.raises(StrokesRefused, match="TOO_MANY"):
        read_strokes([endless], 600, 200)


def test_a_sealed_drawing_reads_back_as_it_was() -> None:
    for case in REAL_MARKS:
        assert read_drawing(case["drawing"]).as_drawing() == case["drawing"]


def test_a_drawing_goes_back_to_the_pad_and_comes_out_the_same() -> None:
    strokes = read_drawing(REAL_MARKS[0]["drawing"])

    again = read_strokes(strokes.as_point_groups(), strokes.width, strokes.height)

    assert again == strokes


@pytest.mark.parametrize(
    "change",
    [
        {"width": 600.04},
        {"groups": [[[10, 10, 0, 0], [50.55, 50.123, 1, 0]]]},
        {"groups": [[]]},
        {"groups": [[[10, 10, 0]]]},
        {"groups": "none"},
        {"colour": "red"},
    ],
)
def test_a_sealed_drawing_of_another_form_is_refused(change: dict[str, Any]) -> None:
    drawing = {"width": 600, "height": 200, "groups": [[[10, 10, 0, 0], [50, 50, 1, 0]]]}

    with pytest.raises(StrokesRefused):
        read_drawing({**drawing, **change})


def test_the_picture_is_made_of_numbers_and_our_own_words_only() -> None:
    hostile = {**stroke((10, 10), (60, 40), (90, 20)), "penColor": '"/><script>alert(1)</script>'}

    svg = to_svg(read_strokes([hostile], 600, 200))

    assert re.fullmatch(
        r'<svg xmlns="http://www\.w3\.org/2000/svg" viewBox="0 0 600 200">'
        r'<path d="[-MLQl0-9. ]+" fill="none" stroke="#000" stroke-width="3\.00" '
        r'stroke-linecap="round" stroke-linejoin="round"/></svg>',
        svg,
    )


def test_a_line_of_two_points_and_a_dot_are_both_drawn() -> None:
    strokes = read_strokes([stroke((10, 10), (60, 40)), stroke((100, 50))], 600, 200)

    assert to_path(strokes, 600, 200) == "M10 10L35 25L60 40 M100 50l0.01 0"


def test_a_path_keeps_its_shape_in_another_box_and_stands_in_the_middle() -> None:
    strokes = read_strokes([stroke((0, 0), (600, 200))], 600, 200)

    assert to_path(strokes, 300, 300) == "M0 100L150 150L300 200"


@pytest.mark.skipif(not CORPUS, reason="CORPUS is not set; the made strokes above prove the same")
def test_every_drawing_by_a_real_hand_passes() -> None:
    folder = Path(CORPUS) / "signatures"
    pads = [json.loads(path.read_text()) for path in sorted(folder.glob("signature_pad-*.json"))]
    pads += [
        drawing["pointGroups"]
        for drawing in json.loads((folder / "omniglot-korean-pointgroups.json").read_text())
    ]
    pads += [_omniglot(path) for path in sorted(folder.glob("omniglot-*/*.txt"))]

    refused = [groups for groups in pads if not _passes(groups)]

    assert len(pads) > 80
    assert refused == []


def _passes(groups: list[dict[str, Any]]) -> bool:
    try:
        return is_real_mark(read_strokes(groups, 400, 320))
    except StrokesRefused:
        return False


def _omniglot(path: Path) -> list[dict[str, Any]]:
    """Strokes of x, -y, t lines in a box of 105; BREAK ends a stroke."""
    groups = []
    for part in path.read_text().replace("START\n", "").split("BREAK"):
        samples = [[float(value) for value in line.split(",")] for line in part.split()]
        points = [{"x": x, "y": -y, "time": time} for x, y, time in samples]
        groups.append({"points": points})
    return groups
