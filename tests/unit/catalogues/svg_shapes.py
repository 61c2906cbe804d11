"""Reads the shapes of a drawing: just as much of SVG as our own files use."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
# Cubics are followed in so many straight steps: exact to a tenth of a unit at these sizes.
STEPS = 12

Point = tuple[float, float]
Ring = list[Point]

TOKEN = re.compile(r"[MmLlCcAaZz]|-?(?:\d+\.?\d*|\.\d+)")
ARGUMENTS = {"m": 2, "l": 2, "c": 6, "a": 7}


@dataclass(frozen=True)
class Shape:
    """One touchable shape, in units of the drawing."""

    zone: str
    view: str
    css_class: str
    rings: tuple[tuple[Point, ...], ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        points = [point for ring in self.rings for point in ring]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)

    def holds(self, point: Point) -> bool:
        """Whether a tap there hits the shape (even-odd)."""
        return sum(_crossings(ring, point) for ring in self.rings) % 2 == 1


def _crossings(ring: tuple[Point, ...], point: Point) -> int:
    x, y = point
    count = 0
    for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            count += 1
    return count


def _cubic(p: list[Point]) -> Iterator[Point]:
    for step in range(1, STEPS + 1):
        t = step / STEPS
        k = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        yield (
            sum(a * q[0] for a, q in zip(k, p, strict=True)),
            sum(a * q[1] for a, q in zip(k, p, strict=True)),
        )


def _half_circle(start: Point, end: Point) -> Iterator[Point]:
    """From one side to the other: below when going right, above when going left."""
    radius = (end[0] - start[0]) / 2
    for step in range(1, STEPS + 1):
        turn = math.pi * step / STEPS
        x = start[0] + radius - radius * math.cos(turn)
        yield x, start[1] + radius * math.sin(turn)


def _rings(data: str) -> list[Ring]:
    """The lines of path data made of M, l, c, a and z; arcs are half circles, side to side."""
    tokens = TOKEN.findall(data)
    rings: list[Ring] = []
    pen, command, at = (0.0, 0.0), "", 0
    while at < len(tokens):
        if tokens[at].isalpha():
            command = tokens[at]
            at += 1
        if command == "z":
            continue
        count = ARGUMENTS[command.lower()]
        values = [float(token) for token in tokens[at : at + count]]
        at += count
        if command == "M":
            pen = (values[0], values[1])
            rings.append([pen])
            continue
        steps = [(pen[0] + dx, pen[1] + dy) for dx, dy in zip(values[::2], values[1::2])]  # noqa: B905
        if command == "a":
            end = (pen[0] + values[5], pen[1] + values[6])
            rings[-1] += _half_circle(pen, end)
            pen = end
        else:
            rings[-1] += [steps[0]] if command == "l" else _cubic([pen, *steps])
            pen = steps[-1]
    return rings


def _rings_of(element: ElementTree.Element) -> list[Ring]:
    number = {name: float(value) for name, value in element.items() if _is_number(value)}
    match element.tag.removeprefix(SVG):
        case "circle":
            x, y, r = number["cx"], number["cy"], number["r"]
            return [[*_half_circle((x - r, y), (x + r, y)), *_half_circle((x + r, y), (x - r, y))]]
        case "rect":
            x, y, w, h = (number[name] for name in ("x", "y", "width", "height"))
            return [[(x, y), (x + w, y), (x + w, y + h), (x, y + h)]]
        case _:
            return _rings(element.attrib["d"])


def _is_number(value: str) -> bool:
    return re.fullmatch(r"-?[\d.]+", value) is not None


@cache
def shapes_of(path: Path) -> tuple[Shape, ...]:
    """Every shape that can be touched, in the order of painting."""
    root = ElementTree.parse(path).getroot()
    return tuple(
        Shape(
            zone=element.attrib["data-zone"],
            view=group.attrib["data-view"],
            css_class=element.get("class", "body"),
            rings=tuple(tuple(ring) for ring in _rings_of(element)),
        )
        for group in root
        for element in group
        if "data-zone" in element.attrib
    )
