"""What was drawn on a photo, as SVG paths for pages that only show it.

Keep in step with static/js/lib/shapes.js, which draws the same while a person draws.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PEN_SHARE = 1 / 130
"""Width of a line as a share of the photo's longer side."""
ARROW_HEAD = 5
HEAD_TURN = 0.5


@dataclass(frozen=True)
class Drawn:
    """One shape in pixels of the upright picture: a path, or a word at x, y (its middle height)."""

    colour: int
    path: str = ""
    word: str = ""
    x: float = 0.0
    y: float = 0.0


def drawn(shapes: Sequence[dict[str, Any]], width: int, height: int) -> list[Drawn]:
    """The shapes of an annotation over a picture of this size."""
    return [_drawn(shape, width, height) for shape in shapes]


def _drawn(shape: dict[str, Any], width: int, height: int) -> Drawn:
    at = [(x * width, y * height) for x, y in shape["points"]]
    colour = int(shape["colour"])
    if shape["kind"] == "word":
        x, y = at[0]
        return Drawn(colour, word=str(shape.get("text", "")), x=round(x, 2), y=round(y, 2))
    if shape["kind"] == "arrow":
        return Drawn(colour, _arrow(at[0], at[-1], max(width, height) * PEN_SHARE))
    if shape["kind"] == "circle":
        return Drawn(colour, _ellipse(at[0], at[-1]))
    return Drawn(colour, "M" + "L".join(_spot(x, y) for x, y in at))


def _arrow(tail: tuple[float, float], tip: tuple[float, float], pen: float) -> str:
    angle = math.atan2(tip[1] - tail[1], tip[0] - tail[0])
    one, other = (
        _spot(
            tip[0] - pen * ARROW_HEAD * math.cos(angle + turn),
            tip[1] - pen * ARROW_HEAD * math.sin(angle + turn),
        )
        for turn in (-HEAD_TURN, HEAD_TURN)
    )
    return f"M{_spot(*tail)}L{_spot(*tip)}M{one}L{_spot(*tip)}L{other}"


def _ellipse(one: tuple[float, float], other: tuple[float, float]) -> str:
    across, down = abs(one[0] - other[0]) / 2, abs(one[1] - other[1]) / 2
    left = _spot(min(one[0], other[0]), (one[1] + other[1]) / 2)
    half = f"a{across:.2f} {down:.2f} 0 1 0"
    return f"M{left}{half} {2 * across:.2f} 0{half} {-2 * across:.2f} 0"


def _spot(x: float, y: float) -> str:
    return f"{x:.2f} {y:.2f}"
