"""The drawings that marks stand on: a car of each body type, unfolded, and the plan of the inside.

`catalogues/drawings.json` is made together with the drawings in `static/drawings/`.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Drawing:
    """One drawing. `centres`, `views`: fractions of it, right and down; a view is a side of the
    car as (x, y, width, height)."""

    src: str
    aspect: float
    centres: dict[str, tuple[float, float]]
    views: dict[str, Box]

    def centre_of(self, zone: str) -> tuple[float, float]:
        """The middle of a zone; that of the drawing for a zone it does not show."""
        return self.centres.get(zone, (0.5, 0.5))


@cache
def _all() -> dict[str, Any]:
    text = files("inspect_app.catalogues").joinpath("drawings.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def drawing_of(view: str, body_type: str) -> Drawing:
    """The drawing of a view of this body type; a saloon where the type is not known."""
    width, height = _all()["view_box"]
    if view == "inside":
        found = _all()["interior"]
        shown = found["points"]
    else:
        bodies = _all()["bodies"]
        found = bodies.get(body_type) or bodies["saloon"]
        shown = found["zones"]
    return Drawing(
        src=found["drawing"],
        aspect=width / height,
        centres={zone: tuple(about["centre"]) for zone, about in shown.items()},
        views={name: tuple(box) for name, box in found["views"].items()},
    )


@cache
def outline_of(angle: str, body_type: str) -> str:
    """The file of the outline that is laid over the live camera for an angle of the guided set."""
    if angle in _all()["angles"]["shared"]:
        return str(_all()["angles"]["common"])
    bodies = _all()["bodies"]
    return str((bodies.get(body_type) or bodies["saloon"])["angles"])
