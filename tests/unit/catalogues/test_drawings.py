"""The drawings show what the catalogue says, where it says it, and nothing that is forbidden."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from inspect_app.catalogues import codes, drawings
from inspect_app.catalogues.drawings import Drawing
from tests.unit.catalogues.svg_shapes import SVG, Point, Shape, shapes_of

STATIC = Path(__file__).parents[3] / "static"
WIDTH, HEIGHT = 1200, 800
DRAWING_BYTES = 45_000
ICON_BYTES = 3_000
OUTLINES_BYTES = 26_000
ALLOWED_TAGS = {"svg", "g", "path", "circle", "rect", "symbol"}
FORBIDDEN_ATTRIBUTES = {"style", "href", "{http://www.w3.org/1999/xlink}href", "transform"}
BODIES = drawings.body_types()
ALL_DRAWINGS = [*BODIES, "interior"]


def _shapes(path: str) -> tuple[Shape, ...]:
    return shapes_of(STATIC / path)


def _drawing(name: str) -> Drawing:
    return drawings.interior() if name == "interior" else drawings.body(name)


def _centre(drawing: Drawing, code: str) -> Point:
    x, y = drawing.places[code].centre
    return x * WIDTH, y * HEIGHT


def _boxes(path: str, view: str, zone: str) -> list[tuple[float, float, float, float]]:
    return sorted(shape.box for shape in _shapes(path) if shape.view == view and shape.zone == zone)


@pytest.mark.parametrize("body_type", BODIES)
def test_every_exterior_zone_is_a_shape_or_a_known_exception(body_type: str) -> None:
    drawing = drawings.body(body_type)

    drawn = {shape.zone for shape in _shapes(drawing.path)}

    assert drawn == set(drawing.places)
    assert drawn | set(drawing.absent) == set(codes("exterior_zones"))
    assert not drawn & set(drawing.absent)


def test_only_rear_wipers_are_missing_and_only_where_no_such_car_has_one() -> None:
    absent = {name: drawings.body(name).absent for name in BODIES}

    assert absent == {
        "saloon": ("rear_wiper",),
        "estate": (),
        "suv": (),
        "van": (),
        "pickup": ("rear_wiper",),
    }


def test_every_interior_point_but_the_smell_has_a_place() -> None:
    plan = drawings.interior()

    drawn = {shape.zone for shape in _shapes(plan.path)}

    assert drawn == set(plan.places)
    assert plan.absent == ("odour",)
    assert drawn | {"odour"} == set(codes("interior_points"))


@pytest.mark.parametrize("name", ALL_DRAWINGS)
def test_a_tap_on_the_centre_of_a_zone_finds_that_zone(name: str) -> None:
    drawing = _drawing(name)
    shapes = _shapes(drawing.path)

    found = {
        code: [shape.zone for shape in shapes if shape.holds(_centre(drawing, code))][-1]
        for code in drawing.places
    }

    assert found == {code: code for code in drawing.places}


@pytest.mark.parametrize("name", ALL_DRAWINGS)
def test_a_centre_lies_in_its_own_view_and_on_a_shape_seen_there(name: str) -> None:
    drawing = _drawing(name)

    for code, place in drawing.places.items():
        x, y, width, height = drawing.views[place.view]
        assert x <= place.centre[0] <= x + width, code
        assert y <= place.centre[1] <= y + height, code
        px, py = _centre(drawing, code)
        boxes = _boxes(drawing.path, place.view, code)
        assert any(b[0] <= px <= b[2] and b[1] <= py <= b[3] for b in boxes), code


@pytest.mark.parametrize("name", ALL_DRAWINGS)
def test_the_views_hold_their_shapes_and_stand_apart(name: str) -> None:
    drawing = _drawing(name)

    for shape in _shapes(drawing.path):
        x, y, width, height = drawing.views[shape.view]
        left, top, right, bottom = shape.box
        assert x * WIDTH - 8 <= left, shape.zone
        assert right <= (x + width) * WIDTH + 8, shape.zone
        assert y * HEIGHT - 8 <= top, shape.zone
        assert bottom <= (y + height) * HEIGHT + 8, shape.zone
    names = sorted(drawing.views)
    for one in names:
        for other in names[names.index(one) + 1 :]:
            assert not _overlap(drawing.views[one], drawing.views[other]), (one, other)


def _overlap(one: drawings.Box, other: drawings.Box) -> bool:
    """Whether two views cover each other by more than the margin around each."""
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return across * WIDTH > 16 and down * HEIGHT > 16


@pytest.mark.parametrize("name", ALL_DRAWINGS)
def test_every_place_has_one_of_the_stations(name: str) -> None:
    drawing = _drawing(name)

    found = {place.station for place in drawing.places.values()}

    assert found <= set(codes("stations"))
    inside = {"interior", "dashboard", "boot"}
    assert found == (inside if name == "interior" else set(codes("stations")) - inside)


@pytest.mark.parametrize("body_type", BODIES)
def test_left_and_right_are_mirror_images(body_type: str) -> None:
    drawing = drawings.body(body_type)
    left, right = drawing.views["left"], drawing.views["right"]
    shift_x = (left[0] + right[0] + right[2]) * WIDTH
    shift_y = (right[1] - left[1]) * HEIGHT

    for code in drawing.places:
        if not code.endswith("_left"):
            continue
        twin = code.removesuffix("left") + "right"
        for view in ("left", "front", "rear", "top"):
            boxes = _boxes(drawing.path, view, code)
            if view == "left":
                mirrored = [
                    (shift_x - x1, y0 + shift_y, shift_x - x0, y1 + shift_y)
                    for x0, y0, x1, y1 in boxes
                ]
                found = _boxes(drawing.path, "right", twin)
            elif view == "top":
                mirrored = [(x0, HEIGHT - y1, x1, HEIGHT - y0) for x0, y0, x1, y1 in boxes]
                found = _boxes(drawing.path, view, twin)
            else:
                x, _, width, _ = drawing.views[view]
                middle = (2 * x + width) * WIDTH
                mirrored = [(middle - x1, y0, middle - x0, y1) for x0, y0, x1, y1 in boxes]
                found = _boxes(drawing.path, view, twin)
            for one, other in zip(sorted(mirrored), found, strict=True):
                assert one == pytest.approx(other, abs=0.6), (code, view)


@pytest.mark.parametrize("body_type", BODIES)
def test_the_left_of_the_car_is_the_drivers_left_in_every_view(body_type: str) -> None:
    drawing = drawings.body(body_type)
    left, right = _centre(drawing, "headlamp_left"), _centre(drawing, "headlamp_right")
    tail_left, tail_right = _centre(drawing, "tail_lamp_left"), _centre(drawing, "tail_lamp_right")
    mirror = {side: _boxes(drawing.path, "top", f"mirror_{side}")[0] for side in ("left", "right")}

    assert left[0] > right[0], "seen from ahead, the car's left is on the right"
    assert tail_left[0] < tail_right[0]
    assert mirror["left"][1] > mirror["right"][1], "seen from above, the nose points left"


@pytest.mark.parametrize("name", ALL_DRAWINGS)
def test_what_is_touched_is_as_large_as_half_a_fingertip_one_way(name: str) -> None:
    drawing = _drawing(name)

    for code, place in drawing.places.items():
        boxes = _boxes(drawing.path, place.view, code)
        assert max(max(b[2] - b[0], b[3] - b[1]) for b in boxes) >= 14, code


@pytest.mark.parametrize("path", sorted((STATIC / "drawings").glob("*.svg")), ids=lambda p: p.name)
def test_a_drawing_is_plain_shapes_within_the_strict_content_policy(path: Path) -> None:
    root = ElementTree.parse(path).getroot()

    for element in root.iter():
        assert element.tag.removeprefix(SVG) in ALLOWED_TAGS
        assert not (element.text or "").strip(), "no words"
        names = set(element.keys())
        assert not names & FORBIDDEN_ATTRIBUTES
        assert not any(name.startswith("on") for name in names)
        assert not any("url(" in value for value in element.attrib.values())


@pytest.mark.parametrize("name", ALL_DRAWINGS)
def test_a_drawing_is_light_and_of_one_size(name: str) -> None:
    path = STATIC / _drawing(name).path

    assert path.stat().st_size < DRAWING_BYTES
    assert ElementTree.parse(path).getroot().attrib["viewBox"] == f"0 0 {WIDTH} {HEIGHT}"


@pytest.mark.parametrize("body_type", BODIES)
def test_every_body_has_a_small_icon_and_an_outline_for_each_angle(body_type: str) -> None:
    body = drawings.body(body_type)

    outlines = [drawings.outline(body_type, angle) for angle in drawings.photo_angles()]

    assert (STATIC / body.icon).stat().st_size < ICON_BYTES
    assert len(outlines) == 11
    for path, _, symbol in (outline.partition("#") for outline in outlines):
        file = STATIC / path
        assert file.stat().st_size < OUTLINES_BYTES
        ids = {found.get("id") for found in ElementTree.parse(file).getroot().iter(f"{SVG}symbol")}
        assert symbol in ids
