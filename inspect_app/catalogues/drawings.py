"""Where everything is on the drawings in `static/drawings/`, kept in `drawings.json`.

All places are fractions 0 to 1 of the whole drawing, right and down, as the marks are. Left and
right are the driver's, looking ahead. Marks are kept by fraction: redraw a body only so that every
part stays where it is, or give the new drawing a new name.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

Box = tuple[float, float, float, float]
"""Left, top, width, height."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a zone or point is best seen, the middle of what is seen, and the station for it."""

    view: str
    centre: tuple[float, float]
    station: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing: its file under `static/`, its views, and the place of every code it shows."""

    path: str
    views: Mapping[str, Box]
    places: Mapping[str, Place]
    absent: tuple[str, ...]
    """Codes of the list that this drawing cannot show."""


@dataclass(frozen=True, slots=True)
class Body(Drawing):
    """The unfolded car of one body type, with its small picture and camera outlines."""

    icon: str
    angles: str


@cache
def _catalogue() -> Mapping[str, Any]:
    text = files(__package__).joinpath("drawings.json").read_text(encoding="utf-8")
    return MappingProxyType(json.loads(text))


def _places(rows: Mapping[str, Any]) -> Mapping[str, Place]:
    return MappingProxyType(
        {
            code: Place(row["view"], (row["centre"][0], row["centre"][1]), row["station"])
            for code, row in rows.items()
        }
    )


def _views(rows: Mapping[str, Any]) -> Mapping[str, Box]:
    return MappingProxyType({name: (x, y, w, h) for name, (x, y, w, h) in rows.items()})


def body_types() -> tuple[str, ...]:
    """The body types that have a drawing."""
    return tuple(_catalogue()["bodies"])


@cache
def body(body_type: str) -> Body:
    """The drawing of a body type; raises KeyError for an unknown one."""
    row = _catalogue()["bodies"][body_type]
    return Body(
        path=row["drawing"],
        views=_views(row["views"]),
        places=_places(row["zones"]),
        absent=tuple(row["absent"]),
        icon=row["icon"],
        angles=row["angles"],
    )


@cache
def interior() -> Drawing:
    """The plan of the inside, the same for every body type."""
    row = _catalogue()["interior"]
    return Drawing(
        path=row["drawing"],
        views=_views(row["views"]),
        places=_places(row["points"]),
        absent=tuple(row["placeless"]),
    )


def photo_angles() -> tuple[str, ...]:
    """The guided set in walking order; each is the id of a symbol in the outline files."""
    return tuple(_catalogue()["angles"]["order"])


def outline(body_type: str, angle: str) -> str:
    """File and symbol of the outline laid over the camera, as `drawings/angles-suv.svg#front`."""
    angles = _catalogue()["angles"]
    path = angles["common"] if angle in angles["shared"] else body(body_type).angles
    return f"{path}#{angle}"
