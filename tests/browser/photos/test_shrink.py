"""The tablet shrinks a photo before it sends it: upright, bare, and named by its own hash."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from inspect_app.photos.pictures import make_pictures
from inspect_app.photos.rules import ANGLES, next_angle
from tests.unit.photos.material import (
    BLUE,
    GREY,
    RED,
    as_stored,
    cornered,
    exif,
    flat,
    jpeg_segments,
    near,
    saved,
    shown,
)

STATIC = Path(__file__).parents[3] / "static"
SHRINK = """async (sent) => {
  const { shrink, sha256Hex } = await import('/js/lib/shrink.js');
  const bytes = Uint8Array.from(atob(sent), (letter) => letter.charCodeAt(0));
  try {
    const made = await shrink(new Blob([bytes]));
    const text = Array.from(new Uint8Array(made.bytes), (b) => String.fromCharCode(b)).join('');
    return { ...made, bytes: btoa(text), hash: await sha256Hex(made.bytes) };
  } catch (problem) {
    return { refused: problem.name };
  }
}"""


def static_file(route: Route) -> None:
    """Answers from `static/`, or with an empty page."""
    path = STATIC / urlsplit(route.request.url).path.lstrip("/")
    if path.is_file():
        route.fulfill(body=path.read_bytes(), content_type="text/javascript")
    else:
        route.fulfill(body="", content_type="text/html")


@pytest.fixture(scope="module", params=["offscreen canvas", "canvas in the page"])
def tablet(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in Chromium, with and without OffscreenCanvas."""
    page = chromium.new_page()
    if request.param == "canvas in the page":
        page.add_init_script("delete globalThis.OffscreenCanvas")
    page.route("**/*", static_file)
    page.goto("https://shop.example/")
    yield page
    page.close()


def shrunk(page: Page, data: bytes) -> dict[str, Any]:
    made: dict[str, Any] = page.evaluate(SHRINK, base64.b64encode(data).decode())
    if "bytes" in made:
        made["bytes"] = base64.b64decode(made["bytes"])
    return made


@pytest.mark.parametrize("orientation", [1, 3, 6, 7])
def test_a_photo_is_sent_upright_small_and_bare(tablet: Page, orientation: int) -> None:
    photo = as_stored(cornered(4000, 3000), orientation)

    made = shrunk(tablet, saved(photo, "JPEG", exif=exif(orientation)))

    assert (made["width"], made["height"], made["type"]) == (2000, 1500, "image/jpeg")
    sent = shown(made["bytes"])
    assert sent.size == (2000, 1500)
    assert near(sent.getpixel((50, 50)), RED, 25)
    assert near(sent.getpixel((1950, 50)), BLUE, 25)
    assert near(sent.getpixel((50, 1450)), GREY, 25)
    assert 0xE1 not in jpeg_segments(made["bytes"])
    assert b"SECRET" not in made["bytes"]


def test_what_is_sent_is_named_by_the_hash_the_shop_will_find(tablet: Page) -> None:
    made = shrunk(tablet, saved(cornered(), "JPEG"))

    assert made["hash"] == hashlib.sha256(made["bytes"]).hexdigest()
    assert make_pictures(made["bytes"]).sha256 == made["hash"]


def test_a_small_picture_is_not_made_larger_and_transparency_is_white(tablet: Page) -> None:
    made = shrunk(tablet, saved(flat((0, 0, 0, 0), "RGBA"), "PNG"))

    assert (made["width"], made["height"]) == (64, 48)
    assert near(shown(made["bytes"]).getpixel((30, 20)), (255, 255, 255))


def test_what_the_browser_cannot_read_is_refused(tablet: Page) -> None:
    assert shrunk(tablet, b"no picture") == {"refused": "InvalidStateError"}


@pytest.mark.parametrize(
    ("taken", "after"),
    [
        ([], None),
        (["front"], "front_left"),
        (["boot"], "boot"),
        ([], "free"),
        (ANGLES, None),
    ],
)
def test_the_next_angle_is_the_one_the_server_names(
    tablet: Page, taken: list[str], after: str | None
) -> None:
    named = tablet.evaluate(
        "async ([taken, after]) => (await import('/js/lib/angles.js')).nextAngle(taken, after)",
        [list(taken), after],
    )

    assert named == next_angle(taken, after)
