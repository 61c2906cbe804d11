"""Signatures and annotations as SVG made here from numbers alone: nothing of it comes as markup."""

import math
from collections.abc import Sequence
from itertools import pairwise

from inspect_app.sheets.facts import Annotation, PaperColour, Point

INK = "#14222b"
COLOURS: dict[PaperColour, str] = {"first": "#e4002b", "second": "#ffd400"}
"""Two colours that show on any paint, each over a casing of its opposite brightness."""
CASINGS: dict[PaperColour, str] = {"first": "#ffffff", "second": "#14222b"}
PEN_SHARE = 1 / 130
"""Width of an annotation's line as a share of the photo's longer side."""
SIGNATURE_PAD = 0.04
ARROW_HEAD = 5.0
"""Length of an arrow's head in widths of its line."""
MAX_POINTS = 20_000


def signature_svg(strokes: Sequence[Sequence[Point]]) -> tuple[bytes, float]:
    """Return a drawn name cut to its own bounds, and its width by height.

    A stroke of a single point is a dot. Raises ValueError for no point, too many, or no number.
    """
    points = [point for stroke in strokes for point in stroke]
    _check(points)
    left, top = min(p.x for p in points), min(p.y for p in points)
    width = max(p.x for p in points) - left
    height = max(p.y for p in points) - top
    pen = max(width, height, 40.0) / 90
    pad = max(width, height, 40.0) * SIGNATURE_PAD + pen
    body = "".join(_stroke(stroke, pen) for stroke in strokes if stroke)
    box_width, box_height = width + 2 * pad, height + 2 * pad
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left - pad:.2f} {top - pad:.2f} '
        f'{box_width:.2f} {box_height:.2f}" fill="none" stroke="{INK}" stroke-width="{pen:.2f}" '
        f'stroke-linecap="round" stroke-linejoin="round">{body}</svg>'
    )
    return svg.encode(), box_width / box_height


def annotation_svg(annotations: Sequence[Annotation], width: int, height: int) -> bytes | None:
    """Return the lines drawn over a photo of that size in pixels; None when there are none.

    Words are not in it: the template sets them in the paper's own fonts.
    """
    drawn = [a for a in annotations if a.kind != "text"]
    if not drawn:
        return None
    _check([point for a in drawn for point in a.points])
    pen = max(width, height) * PEN_SHARE
    body = "".join(_annotation(a, width, height, pen) for a in drawn)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'fill="none" stroke-linecap="round" stroke-linejoin="round">{body}</svg>'
    )
    return svg.encode()


def _annotation(annotation: Annotation, width: int, height: int, pen: float) -> str:
    at = [Point(p.x * width, p.y * height) for p in annotation.points]
    if annotation.kind == "circle" and len(at) == 2:
        shape = _ellipse(at[0], at[1])
    elif annotation.kind == "arrow" and len(at) == 2:
        shape = _arrow(at[0], at[1], pen)
    else:
        shape = f'<path d="{_smooth(at)}"/>'
    casing, colour = CASINGS[annotation.colour], COLOURS[annotation.colour]
    return (
        f'<g stroke="{casing}" stroke-width="{pen * 1.9:.2f}">{shape}</g>'
        f'<g stroke="{colour}" stroke-width="{pen:.2f}">{shape}</g>'
    )


def _ellipse(one: Point, other: Point) -> str:
    return (
        f'<ellipse cx="{(one.x + other.x) / 2:.2f}" cy="{(one.y + other.y) / 2:.2f}" '
        f'rx="{abs(one.x - other.x) / 2:.2f}" ry="{abs(one.y - other.y) / 2:.2f}"/>'
    )


def _arrow(tail: Point, tip: Point, pen: float) -> str:
    angle = math.atan2(tip.y - tail.y, tip.x - tail.x)
    wings = [
        (
            tip.x - pen * ARROW_HEAD * math.cos(angle + turn),
            tip.y - pen * ARROW_HEAD * math.sin(angle + turn),
        )
        for turn in (-0.5, 0.5)
    ]
    (ax, ay), (bx, by) = wings
    return (
        f'<path d="M{tail.x:.2f} {tail.y:.2f}L{tip.x:.2f} {tip.y:.2f}'
        f'M{ax:.2f} {ay:.2f}L{tip.x:.2f} {tip.y:.2f}L{bx:.2f} {by:.2f}"/>'
    )


def _stroke(stroke: Sequence[Point], pen: float) -> str:
    if len(stroke) == 1:
        dot = stroke[0]
        return (
            f'<circle cx="{dot.x:.2f}" cy="{dot.y:.2f}" r="{pen * 0.9:.2f}" '
            f'fill="{INK}" stroke="none"/>'
        )
    return f'<path d="{_smooth(stroke)}"/>'


def _smooth(points: Sequence[Point]) -> str:
    """Return a path through the middles of neighbours, as a hand would draw it."""
    first, last = points[0], points[-1]
    path = [f"M{first.x:.2f} {first.y:.2f}"]
    for here, after in pairwise(points[1:]):
        middle_x, middle_y = (here.x + after.x) / 2, (here.y + after.y) / 2
        path.append(f"Q{here.x:.2f} {here.y:.2f} {middle_x:.2f} {middle_y:.2f}")
    path.append(f"L{last.x:.2f} {last.y:.2f}")
    return "".join(path)


def _check(points: Sequence[Point]) -> None:
    if not points:
        raise ValueError("a drawing without a point")
    if len(points) > MAX_POINTS:
        raise ValueError(f"a drawing of {len(points)} points")
    if not all(math.isfinite(p.x) and math.isfinite(p.y) for p in points):
        raise ValueError("a point that is no number")
