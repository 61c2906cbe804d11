"""Drawing on a photo, and putting one aside."""

import json
from typing import Any

import pytest
from flask import Flask

from inspect_app.db import any_site, db
from inspect_app.photos.models import Annotation, Photo
from inspect_app.sites.models import Site
from tests.conftest import Tablet
from tests.factories import arrive, check_in, new_id
from tests.web.photos.sending import a_jpeg, send, stored

ARROW = {"kind": "arrow", "colour": 1, "points": [[0.1, 0.1], [0.4, 0.5]]}
WORD = {"kind": "word", "colour": 2, "points": [[0.5, 0.5]], "text": " rust <b> "}


def a_photo(tablet: Tablet) -> str:
    photo_id = new_id()
    assert send(tablet, arrive(tablet), a_jpeg(), id=photo_id).status_code == 200
    return photo_id


def draw(tablet: Tablet, photo_id: str, shapes: Any, **fields: Any) -> Any:
    form = {"id": new_id(), "shapes": json.dumps(shapes), **fields}
    return tablet.post(f"/photos/{photo_id}/annotations", form, **headers(fields))


def headers(fields: dict[str, Any]) -> dict[str, Any]:
    at = fields.get("captured_at")
    return {"headers": {"X-Captured-At": at}} if at else {}


def versions(app: Flask) -> list[tuple[int, list[Any]]]:
    with app.app_context(), any_site():
        found = db.session.scalars(db.select(Annotation).order_by(Annotation.version))
        return [(row.version, row.shapes) for row in found]


def test_what_is_drawn_is_a_new_version_and_the_earlier_ones_stay(
    app: Flask, minji: Tablet
) -> None:
    photo_id = a_photo(minji)

    first = draw(minji, photo_id, [ARROW])
    second = draw(minji, photo_id, [ARROW, WORD])

    assert (first.status_code, second.status_code) == (303, 303)
    assert versions(app) == [(1, [ARROW]), (2, [ARROW, {**WORD, "text": "rust <b>"}])]
    assert "rust &lt;b&gt;" in (page := minji.get(f"/photos/{photo_id}").text) or "\\u003c" in page


def test_the_same_drawing_again_is_one_version(app: Flask, minji: Tablet) -> None:
    photo_id, same = a_photo(minji), new_id()

    answers = [draw(minji, photo_id, [ARROW], id=same) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(versions(app)) == 1


def test_a_drawing_made_before_the_newest_does_not_replace_it(app: Flask, minji: Tablet) -> None:
    photo_id = a_photo(minji)
    draw(minji, photo_id, [ARROW, ARROW])

    late = draw(minji, photo_id, [ARROW], captured_at="2026-01-02T10:00:00.000+00:00")

    assert late.status_code == 303
    assert versions(app) == [(1, [ARROW, ARROW])]


@pytest.mark.parametrize(
    "shapes",
    [
        None,
        {},
        {"a": 1},
        [{"kind": "arrow"}],
        [{**ARROW, "kind": "bomb"}],
        [{**ARROW, "kind": ["arrow"]}],
        [{**ARROW, "colour": 3}],
        [{**ARROW, "colour": True}],
        [{**ARROW, "points": [[0.1, 0.1], [1.1, 0]]}],
        [{**ARROW, "points": [[0.1, 0.1], ["0.2", 0]]}],
        [{**ARROW, "points": [[0.1, 0.1]]}],
        [{**ARROW, "points": []}],
        [{**WORD, "text": "x" * 61}],
        [{**WORD, "text": "  "}],
        [{**WORD, "text": "a\u0000b"}],
        [ARROW] * 61,
        [{"kind": "pen", "colour": 1, "points": [[0.1, 0.1]] * 2001}],
    ],
    ids=lambda shapes: str(shapes)[:50],
)
def test_what_is_no_drawing_is_refused(shapes: Any, app: Flask, minji: Tablet) -> None:
    answer = draw(minji, a_photo(minji), shapes)

    assert answer.status_code == 422
    assert versions(app) == []


@pytest.mark.parametrize("text", ["", "[", "[NaN]", "[" * 100_000, '[{"points": 1e999}]'])
def test_what_is_no_json_is_refused(text: str, app: Flask, minji: Tablet) -> None:
    photo_id = a_photo(minji)

    answer = minji.post(f"/photos/{photo_id}/annotations", {"id": new_id(), "shapes": text})

    assert answer.status_code == 422
    assert versions(app) == []


def test_a_removed_photo_leaves_the_visit_and_comes_back(app: Flask, minji: Tablet) -> None:
    photo_id = a_photo(minji)
    with app.app_context(), any_site():
        visit_id = db.session.scalars(db.select(Photo.visit_id)).one()
    before = stored(app)
    walk = f"/visits/{visit_id}/walkaround"

    removed = minji.post(f"/photos/{photo_id}/removal")
    without = minji.get(walk).text
    offered = minji.get(removed.location).text
    minji.post(f"/photos/{photo_id}/return")

    assert removed.status_code == 303
    assert f"photo-{photo_id}" not in without
    assert f"/photos/{photo_id}/return" in offered
    assert f"photo-{photo_id}" in minji.get(walk).text
    assert stored(app) == before


def test_after_the_seal_nothing_is_drawn_or_removed(app: Flask, minji: Tablet, shop: Site) -> None:
    visit_id, photo_id = check_in(minji), new_id()
    send(minji, visit_id, a_jpeg(), id=photo_id)

    drawn = draw(minji, photo_id, [ARROW])
    removed = minji.post(f"/photos/{photo_id}/removal")

    assert (drawn.status_code, removed.status_code) == (409, 409)
    db.session.rollback()
    assert versions(app) == []
