"""Signature strokes: read from a pad, judged, and drawn again by us.

A drawing is what signature_pad's `toData()` gives, plus the CSS size of its canvas. Colours and
pen widths sent by a browser are ignored, and no picture is ever taken from one.
Keep in step with static/js/lib/strokes.js; tests/data/vectors/strokes.json compares them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeGuard

MAX_GROUPS = 200
MAX_POINTS = 20_000
# CSS pixels a canvas side may have.
SMALLEST_SIDE_PX = 50
LARGEST_SIDE_PX = 10_000
# A pointer that slides off the pad is still followed, over a whole screen at most.
OVERSHOOT_PX = 5_000
# Ink this far outside the canvas still counts as seen (half a pen's width and rounding).
EDGE_PX = 5
# A stroke counts as drawn once its bounding box has this diagonal. Measured 2026-11-23 over 92
# human drawings: the longest stroke of the smallest one has 36; a tap jitters by 4 at most.
REAL_STROKE_PX = 6
# A tablet's clock may be put right while somebody signs.
BACKWARD_STEP_MS = 60_000
# Ink of a ball pen on the pad, as a part of the pad's width.
INK_PER_WIDTH = 1 / 200
# End of the year 9999.
LATEST_TIME_MS = 253_402_300_799_999


class StrokesRefused(ValueError):
    """The drawing cannot be a signature; `code` says why.

    BAD_SHAPE, BAD_BOX, TOO_MANY, OUT_OF_RANGE, TIME_BACKWARDS, or for a drawing that is well
    formed but no mark: BLANK, DOTS_ONLY.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Point:
    """One sample: x right and y down in CSS px (0.1), Unix time in ms, pressure 0..1 (0.01)."""

    x: float
    y: float
    time: int
    pressure: float


@dataclass(frozen=True)
class Strokes:
    """A drawing: the canvas box in CSS px and the strokes in the order they were made."""

    width: float
    height: float
    groups: tuple[tuple[Point, ...], ...]

    def as_drawing(self) -> dict[str, Any]:
        """The `drawing` of a sealed document: points as [x, y, time, pressure]."""
        return {
            "width": self.width,
            "height": self.height,
            "groups": [[[p.x, p.y, p.time, p.pressure] for p in group] for group in self.groups],
        }

    def as_point_groups(self) -> list[dict[str, Any]]:
        """The form signature_pad's `fromData()` takes."""
        return [
            {
                "points": [
                    {"x": p.x, "y": p.y, "time": p.time, "pressure": p.pressure} for p in group
                ]
            }
            for group in self.groups
        ]


def read_strokes(groups: Any, width: Any, height: Any) -> Strokes:
    """The drawing in signature_pad point groups; raises StrokesRefused unless it is a real mark."""
    strokes = clean_strokes(groups, width, height)
    problem = mark_problem(strokes)
    if problem is not None:
        raise StrokesRefused(problem)
    return strokes


def read_drawing(drawing: Any) -> Strokes:
    """The drawing of a sealed document; raises StrokesRefused, also if not rounded as we round."""
    if not isinstance(drawing, Mapping) or set(drawing) != {"width", "height", "groups"}:
        raise StrokesRefused("BAD_SHAPE")
    if not isinstance(drawing["groups"], list):
        raise StrokesRefused("BAD_SHAPE")
    point_groups = [{"points": _named_points(group)} for group in drawing["groups"]]
    strokes = read_strokes(point_groups, drawing["width"], drawing["height"])
    if strokes.as_drawing() != drawing:
        raise StrokesRefused("BAD_SHAPE")
    return strokes


def clean_strokes(groups: Any, width: Any, height: Any) -> Strokes:
    """The rounded, range-checked drawing, be it a mark or not; raises StrokesRefused."""
    box = (_side(width), _side(height))
    if not isinstance(groups, Sequence) or isinstance(groups, str | bytes):
        raise StrokesRefused("BAD_SHAPE")
    if len(groups) > MAX_GROUPS:
        raise StrokesRefused("TOO_MANY")
    point_lists = [_points_in(group) for group in groups]
    if sum(map(len, point_lists)) > MAX_POINTS:
        raise StrokesRefused("TOO_MANY")
    cleaned = tuple(tuple(_point(point, box) for point in points) for points in point_lists)
    _refuse_backward_time([point.time for group in cleaned for point in group])
    return Strokes(*box, tuple(group for group in cleaned if group))


def mark_problem(strokes: Strokes) -> str | None:
    """None for a real mark, else BLANK (no ink seen) or DOTS_ONLY (taps, no stroke)."""
    seen = [[point for point in group if _is_seen(point, strokes)] for group in strokes.groups]
    if not any(seen):
        return "BLANK"
    return None if any(_is_stroke(points) for points in seen if points) else "DOTS_ONLY"


def is_real_mark(strokes: Strokes) -> bool:
    """Whether somebody has drawn something: one short stroke is enough, taps are not."""
    return mark_problem(strokes) is None


def to_svg(strokes: Strokes) -> str:
    """Our own picture of the strokes: one smooth line each, the canvas as its view box."""
    width, height = _text(strokes.width), _text(strokes.height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<path d="{to_path(strokes, strokes.width, strokes.height)}" fill="none" stroke="#000" '
        f'stroke-width="{strokes.width * INK_PER_WIDTH:.2f}" stroke-linecap="round" '
        'stroke-linejoin="round"/></svg>'
    )


def to_path(strokes: Strokes, width: float, height: float) -> str:
    """SVG path data of the strokes, scaled into width × height (any unit) and centred there."""
    scale = min(width / strokes.width, height / strokes.height)
    left = (width - strokes.width * scale) / 2
    top = (height - strokes.height * scale) / 2
    return " ".join(
        _smooth_line([(left + p.x * scale, top + p.y * scale) for p in group])
        for group in strokes.groups
    )


def _smooth_line(points: Sequence[tuple[float, float]]) -> str:
    # Quadratic curves through the middles: every sample bends the line, no corner is left.
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(points)]
    if not middles:
        # A round cap needs some length, or no renderer draws the dot.
        return f"M{_pair(points[0])}l0.01 0"
    curves = "".join(
        f"Q{_pair(point)} {_pair(middle)}"
        for point, middle in zip(points[1:-1], middles[1:], strict=True)
    )
    return f"M{_pair(points[0])}L{_pair(middles[0])}{curves}L{_pair(points[-1])}"


def _pair(point: tuple[float, float]) -> str:
    return f"{_text(point[0])} {_text(point[1])}"


def _text(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _is_seen(point: Point, box: Strokes) -> bool:
    return (
        -EDGE_PX <= point.x <= box.width + EDGE_PX and -EDGE_PX <= point.y <= box.height + EDGE_PX
    )


def _is_stroke(points: Sequence[Point]) -> bool:
    across = max(p.x for p in points) - min(p.x for p in points)
    down = max(p.y for p in points) - min(p.y for p in points)
    return across * across + down * down >= REAL_STROKE_PX * REAL_STROKE_PX


def _side(value: Any) -> float:
    if not _is_number(value) or not SMALLEST_SIDE_PX <= value <= LARGEST_SIDE_PX:
        raise StrokesRefused("BAD_BOX")
    return _rounded(value, 10)


def _points_in(group: Any) -> Sequence[Any]:
    points = group.get("points") if isinstance(group, Mapping) else None
    if not isinstance(points, Sequence) or isinstance(points, str | bytes):
        raise StrokesRefused("BAD_SHAPE")
    return points


def _point(point: Any, box: tuple[float, float]) -> Point:
    if not isinstance(point, Mapping):
        raise StrokesRefused("BAD_SHAPE")
    x, y, time = _number(point, "x"), _number(point, "y"), _number(point, "time")
    pressure = _number(point, "pressure") if "pressure" in point else 0
    if not (_near(x, box[0]) and _near(y, box[1])):
        raise StrokesRefused("OUT_OF_RANGE")
    if not (0 <= time <= LATEST_TIME_MS and 0 <= pressure <= 1):
        raise StrokesRefused("OUT_OF_RANGE")
    return Point(_rounded(x, 10), _rounded(y, 10), math.floor(time + 0.5), _rounded(pressure, 100))


def _near(value: float, side: float) -> bool:
    return -OVERSHOOT_PX <= value <= side + OVERSHOOT_PX


def _refuse_backward_time(times: Sequence[int]) -> None:
    if any(later < earlier - BACKWARD_STEP_MS for earlier, later in pairwise(times)):
        raise StrokesRefused("TIME_BACKWARDS")


def _named_points(group: Any) -> list[dict[str, Any]]:
    if not isinstance(group, list) or not group:
        raise StrokesRefused("BAD_SHAPE")
    if not all(isinstance(point, list) and len(point) == 4 for point in group):
        raise StrokesRefused("BAD_SHAPE")
    return [dict(zip(("x", "y", "time", "pressure"), point, strict=True)) for point in group]


def _number(point: Mapping[str, Any], name: str) -> float:
    value = point.get(name)
    if not _is_number(value):
        raise StrokesRefused("BAD_SHAPE")
    return value


def _is_number(value: Any) -> TypeGuard[float]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, int) or math.isfinite(value)


def _rounded(value: float, per_unit: int) -> float:
    # Python's round() goes to the even neighbour, JavaScript's does not; this is both's floor.
    return math.floor(value * per_unit + 0.5) / per_unit
