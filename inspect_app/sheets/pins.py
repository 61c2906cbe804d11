"""Where the numbers stand on a drawing, so that neighbours stay readable."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

ROUNDS = 80


@dataclass(frozen=True)
class Pin:
    """A mark's exact place and where its number stands, all as fractions of the drawing."""

    x: float
    y: float
    badge_x: float
    badge_y: float
    is_moved: bool


def place_pins(places: Sequence[tuple[float, float]], aspect: float, share: float) -> list[Pin]:
    """Push overlapping numbers apart, inside the drawing; the places themselves never move.

    `aspect` is width by height, `share` a disc's diameter by the drawing's width.
    Places outside 0..1 are shown at the nearest edge.
    """
    inside = [(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)) for x, y in places]
    # One unit in both directions: the drawing's width. Equal places get a first nudge of their own.
    badges = [
        [x + 1e-4 * math.cos(2.4 * i), y / aspect + 1e-4 * math.sin(2.4 * i)]
        for i, (x, y) in enumerate(inside)
    ]
    for _ in range(ROUNDS):
        if not _push_apart(badges, share * 1.06):
            break
        for badge in badges:
            badge[0] = min(max(badge[0], share / 2), 1 - share / 2)
            badge[1] = min(max(badge[1], share / 2), 1 / aspect - share / 2)
    return [
        Pin(x, y, bx, by * aspect, math.hypot(bx - x, by - y / aspect) > share / 4)
        for (x, y), (bx, by) in zip(inside, badges, strict=True)
    ]


def _push_apart(badges: list[list[float]], apart: float) -> bool:
    moved = False
    for i, one in enumerate(badges):
        for other in badges[i + 1 :]:
            dx, dy = other[0] - one[0], other[1] - one[1]
            distance = math.hypot(dx, dy) or 1e-9
            lacking = apart - distance
            if lacking > 1e-6:
                moved = True
                push = lacking / 2 / distance
                one[0] -= dx * push
                one[1] -= dy * push
                other[0] += dx * push
                other[1] += dy * push
    return moved
