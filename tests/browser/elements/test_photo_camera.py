"""Photos taken in the page: live, from files, and with the network away."""

from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.browser.elements.shop import Shop

REFUSE = """() => { navigator.mediaDevices.getUserMedia = () =>
    Promise.reject(new DOMException('', 'NotAllowedError')); }"""
SWAP = """() => { const place = document.querySelector('#place');
    const camera = place.firstElementChild; camera.remove(); place.append(camera); }"""
TRACKS = """() => document.querySelector('video').srcObject?.getTracks()
    .map((track) => track.readyState) ?? []"""


@pytest.fixture
def jpeg() -> bytes:
    """A photo larger than what is sent."""
    content = BytesIO()
    Image.new("RGB", (3000, 2000), (90, 110, 130)).save(content, "JPEG")
    return content.getvalue()


def photo(content: bytes, name: str = "1.jpg") -> FilePayload:
    """A file as a person chooses it."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def live(page: Page) -> Page:
    page.goto("/camera.html")
    page.get_by_role("button", name="Camera").click()
    expect(page.locator("photo-camera[data-mode=live]")).to_be_visible()
    return page


def test_one_tap_is_one_photo_and_names_the_next_angle(
    page: Page, shop: Shop, visit_id: str
) -> None:
    live(page)
    expect(page.locator("[data-angle-name]")).to_have_text("Front")
    outline = page.locator("[data-outline] use")
    expect(outline).to_have_attribute("href", "/static/drawings/angles-saloon.svg#front")

    page.get_by_role("button", name="Take").click()

    expect(page.locator("[data-angle-name]")).to_have_text("Rear")
    expect(page.locator("#count")).to_have_text("1 of 1 safe")
    [post] = shop.accepted()
    assert post.path == f"/visits/{visit_id}/photos"
    assert post.fields["angle"] == "front"
    assert post.fields["station"] == "front"
    assert post.fields["_key"] == post.key
    assert post.fields["sha256"] == sha256(post.files["photo"]).hexdigest()
    assert Image.open(BytesIO(post.files["photo"])).format == "JPEG"


def test_photos_taken_offline_are_safe_after_a_reload(
    page: Page, tablet: BrowserContext, shop: Shop
) -> None:
    live(page)
    tablet.set_offline(True)
    page.get_by_role("button", name="Take").click()
    page.get_by_role("button", name="Take").click()
    expect(page.locator("[data-photo-tile][data-state=waiting]")).to_have_count(2)
    expect(page.locator("#count")).to_have_text("0 of 2 safe")

    tablet.set_offline(False)
    shop.next_answers.extend([(503, "busy")] * 2)
    page.reload()

    expect(page.locator("[data-photo-tile]")).to_have_count(2)
    expect(page.locator("#count")).to_have_text("2 of 2 safe")
    assert [post.fields["angle"] for post in shop.accepted()] == ["front", "rear"]


def test_where_no_camera_may_be_had_files_do_the_same(page: Page, shop: Shop, jpeg: bytes) -> None:
    page.goto("/camera.html")
    page.evaluate(REFUSE)
    page.get_by_role("button", name="Camera").click()
    expect(page.locator("photo-camera[data-mode=file]")).to_have_count(1)

    page.get_by_label("Choose photos").set_input_files([photo(jpeg), photo(jpeg, "2.jpg")])

    expect(page.locator("#count")).to_have_text("2 of 2 safe")
    assert [post.fields["angle"] for post in shop.accepted()] == ["front", "rear"]
    assert Image.open(BytesIO(shop.accepted()[0].files["photo"])).size == (2000, 1333)


def test_the_cameras_own_file_is_sent_where_the_site_wants_it(
    page: Page, shop: Shop, jpeg: bytes
) -> None:
    page.goto("/camera.html")
    page.locator("photo-camera").evaluate("camera => { camera.dataset.original = '1' }")

    page.get_by_label("Choose photos").set_input_files([photo(jpeg)])

    expect(page.locator("#count")).to_have_text("1 of 1 safe")
    assert shop.accepted()[0].files["photo"] == jpeg


def test_a_refused_photo_shows_as_such(page: Page, shop: Shop, visit_id: str, jpeg: bytes) -> None:
    shop.refused_paths[f"/visits/{visit_id}/photos"] = 415
    page.goto("/camera.html")

    page.get_by_label("Choose photos").set_input_files([photo(jpeg)])

    expect(page.locator("[data-photo-tile][data-state=parked]")).to_have_count(1)
    expect(page.locator("#count")).to_have_text("0 of 1 safe")
    expect(page.locator("outbox-status")).to_have_text("1 refused, 0 here")


def test_a_swap_keeps_the_camera_and_closing_ends_it(page: Page) -> None:
    live(page)

    page.evaluate(SWAP)
    expect(page.locator("photo-camera[data-mode=live]")).to_be_visible()
    assert page.evaluate(TRACKS) == ["live"]

    page.get_by_role("button", name="Close").click()
    expect(page.locator("photo-camera[data-mode=off]")).to_be_visible()
    assert page.evaluate(TRACKS) == []
