"""The page as a whole: what it weighs, what it asks, what it lets in."""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import html5lib
import pytest
from flask import Flask
from sqlalchemy import event

from inspect_app.db import db
from inspect_app.sites.models import Site
from tests.conftest import Tablet, corpus, sign_in
from tests.factories import arrive, new_id
from tests.web.photos.sending import a_jpeg, send
from tests.web.walkaround.test_marks import mark_form

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}
MADE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE marks;--",
    "한글 汉字 🚗",
    "\u202eright",
    "{{7*7}}",
]


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Every SQL statement but BEGIN and its end."""
    said: list[str] = []

    def hear(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            said.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    yield said
    event.remove(engine, "before_cursor_execute", hear)


@pytest.mark.parametrize("station", ["front", "interior", "dashboard"])
def test_page_and_fragment_are_whole_html(station: str, minji: Tablet) -> None:
    visit_id = arrive(minji)
    minji.post(f"/visits/{visit_id}/marks", mark_form())
    url = f"/visits/{visit_id}/walkaround?station={station}"

    page, fragment = minji.get(url), minji.get(url, headers=FRAGMENT)

    html5lib.HTMLParser(strict=True).parse(page.text)
    assert fragment.text.lstrip().startswith("<section")
    assert "<html" not in fragment.text
    ids = re.findall(r'\sid="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))


def test_the_page_asks_the_database_ten_times_at_most_however_much_there_is(
    app: Flask, minji: Tablet
) -> None:
    visit_id, content = arrive(minji), a_jpeg(64, 48)
    counts = []
    for more in (1, 49):
        for _ in range(more):
            send(minji, visit_id, content)
            minji.post(f"/visits/{visit_id}/marks", mark_form())
        with statements(app) as said:
            page = minji.get(f"/visits/{visit_id}/walkaround?station=dashboard")
        counts.append(len(said))
        assert page.status_code == 200

    assert counts[0] == counts[1] <= 10
    assert page.text.count("data-photo-tile data-photo=") == 50


def test_the_page_is_light(minji: Tablet) -> None:
    page = minji.get(f"/visits/{arrive(minji)}/walkaround?station=dashboard")

    assert len(gzip.compress(page.data)) < 20_000


def hostile() -> list[str]:
    """Strings that break careless pages: the corpus where it is, a few of our own anyway."""
    root = corpus()
    place = root / "text" / "blns.json" if root else None
    found = re.findall(r'"((?:[^"\\]|\\.)*)"', place.read_text("utf-8")) if place else []
    return [*MADE, *found[::12]]


def test_whatever_is_typed_as_a_remark_is_kept_or_refused_and_never_run(minji: Tablet) -> None:
    visit_id = arrive(minji)
    for remark in hostile():
        answer = minji.post(f"/visits/{visit_id}/marks", mark_form(remark=remark))
        assert answer.status_code in (303, 422), remark

    page = minji.get(f"/visits/{visit_id}/walkaround").text

    html5lib.HTMLParser(strict=True).parse(page)
    assert "<script>alert" not in page
    assert "{{7*7}}" in page


def test_a_new_mark_has_a_page_without_the_drawing(minji: Tablet) -> None:
    visit_id = arrive(minji)

    page = minji.get(f"/visits/{visit_id}/marks/new?view=inside")

    assert page.status_code == 200
    assert page.text.count("<option") > 90
    html5lib.HTMLParser(strict=True).parse(page.text)


def test_a_mark_opens_as_a_page_and_as_a_sheet(minji: Tablet) -> None:
    visit_id, form = arrive(minji), mark_form(remark="old")
    minji.post(f"/visits/{visit_id}/marks", form)
    url = f"/visits/{visit_id}/marks/{form['id']}"

    page, sheet = minji.get(url), minji.get(url, headers=FRAGMENT)

    assert 'value="old"' in page.text
    assert sheet.text.lstrip().startswith("<open-sheet")
    html5lib.HTMLParser(strict=True).parse(page.text)
    assert minji.get(f"/visits/{visit_id}/marks/{new_id()}").status_code == 404


def test_a_photo_opens_large_with_the_tools_to_draw(minji: Tablet) -> None:
    visit_id, photo_id = arrive(minji), new_id()
    send(minji, visit_id, a_jpeg(), id=photo_id)

    page = minji.get(f"/photos/{photo_id}")

    assert page.status_code == 200
    assert "<photo-annotator" in page.text
    html5lib.HTMLParser(strict=True).parse(page.text)


def test_those_who_only_read_see_no_forms_to_fill_in(app: Flask, minji: Tablet) -> None:
    visit_id = arrive(minji)

    assert sign_in(app, "Daniel").get(f"/visits/{visit_id}/walkaround").status_code == 403
    assert app.test_client().get(f"/visits/{visit_id}/walkaround").status_code == 303


def test_a_site_may_ask_for_the_cameras_own_file(minji: Tablet, shop: Site) -> None:
    visit_id = arrive(minji)
    smaller = minji.get(f"/visits/{visit_id}/walkaround").text
    shop.settings = {**shop.settings, "original_photos": True}
    db.session.commit()

    original = minji.get(f"/visits/{visit_id}/walkaround").text

    assert 'data-original="1"' not in smaller
    assert 'data-original="1"' in original
