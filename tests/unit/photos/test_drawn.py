"""What was drawn on a photo, for pages that only show it."""

from inspect_app.photos.drawn import Drawn, drawn


def test_a_line_goes_through_its_points_in_pixels() -> None:
    shape = {"kind": "pen", "colour": 1, "points": [[0, 0], [0.5, 0.5], [1, 0.25]]}

    assert drawn([shape], 200, 100) == [Drawn(1, "M0.00 0.00L100.00 50.00L200.00 25.00")]


def test_an_arrow_has_two_wings_at_its_tip() -> None:
    shape = {"kind": "arrow", "colour": 2, "points": [[0, 0.5], [1, 0.5]]}

    (arrow,) = drawn([shape], 1300, 100)

    assert arrow.path == "M0.00 50.00L1300.00 50.00M1256.12 73.97L1300.00 50.00L1256.12 26.03"


def test_a_circle_fills_the_box_of_its_corners() -> None:
    shape = {"kind": "circle", "colour": 1, "points": [[0.75, 1], [0.25, 0]]}

    (circle,) = drawn([shape], 100, 50)

    assert circle.path.startswith("M25.00 25.00a25.00 25.00")


def test_a_word_stands_at_its_place() -> None:
    shape = {"kind": "word", "colour": 1, "points": [[0.5, 0.5]], "text": "rust <b>"}

    assert drawn([shape], 100, 50) == [Drawn(1, word="rust <b>", x=50.0, y=25.0)]
