"""How a car's plate is painted on the screen."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from inspect_app.vehicles.rules import plate_face

PAINTS = {
    "kr": ("white", "KR"),
    "kr_ev": ("sky", "KR"),
    "kr_hire": ("yellow", "KR"),
    "cn_blue": ("blue", "CN"),
    "cn_green": ("green", "CN"),
    "cn_yellow": ("yellow", "CN"),
    "plain": ("plain", ""),
}
"""`data-paint` of `.plate` and the country of its band, by the style of the rules."""


class Plated(Protocol):
    """Whatever says how a car is recognised."""

    plate: str
    vin: str
    powertrain: str


@dataclass(frozen=True, slots=True)
class ShownPlate:
    """A plate as the screen draws it; a car without one shows its VIN."""

    text: str
    paint: str
    country: str


def shown_plate_of(car: Plated) -> ShownPlate:
    """The plate of a car, or a plain one with its VIN."""
    return _shown(car.plate or car.vin, car.powertrain)


@lru_cache(maxsize=4096)
def _shown(text: str, powertrain: str) -> ShownPlate:
    face = plate_face(text, powertrain)
    return ShownPlate(face.text, *PAINTS[face.style])
