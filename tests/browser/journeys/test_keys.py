"""Keys: a label in the camera, a hand-held scanner at its own speed, and the wall of hooks."""

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LANDSCAPE, NewTablet
from tests.browser.hand import Hand
from tests.browser.pages.sign_in import SignIn
from tests.browser.serving import LiveShop

SCANNER_MS_PER_KEY = 8
PLATES = iter(f"{number}하 {number}77" for number in range(21, 90))

TAKE_IN = """async (plate) => {
  const id = () => crypto.randomUUID();
  const send = async (url, fields) => {
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams(fields) });
    if (!answer.ok) throw new Error(`${url} ${answer.status} ${await answer.text()}`);
  };
  const visit = id();
  await send("/visits", { id: visit, order_id: id(), vehicle_id: id(), customer_id: id(), plate,
    body_type: "saloon", powertrain: "petrol", make: "Kia", model: "K5", purpose: "repair",
    bay: "Bay 1", customer_name: "Sora Kim", customer_phone: "010-1234-5678",
    customer_locale: "en", bringer_relation: "owner", consent_data: "yes",
    consent_contact: "yes", consent_promotion: "no" });
  await send(`/visits/${visit}/key`,
    { id: id(), tag: "", slot: "", keys_count: 1, remotes_count: 0 });
  return visit;
}"""


@dataclass
class Key:
    """A key as it lies on the counter: its plate, and the label on its tag."""

    plate: str
    label: bytes
    code: str


def hand_in(page: Page) -> Key:
    """Takes a car in and registers its key; the label is the one that the shop prints."""
    plate = next(PLATES)
    visit = page.evaluate(TAKE_IN, plate)
    label = page.request.get(f"/visits/{visit}/key/label.png").body()
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(label)))
    return Key(plate, label, found.text)


def sign_in(page: Page, name: str = "Minji") -> Hand:
    hand = Hand(page)
    page.goto("/")
    SignIn(hand).sign_in(name)
    expect(page.get_by_role("heading", name="Board")).to_be_visible()
    return hand


def open_scanner(page: Page) -> None:
    page.goto("/scan")
    expect(page.locator("html[data-ready]")).to_be_attached()
    expect(page.locator("code-scanner:defined")).to_be_attached()


def held_into_the_camera(label: bytes, path: Path) -> None:
    """A film of the label in a hand: nearer and farther, turned, a little out of focus."""
    with Image.open(io.BytesIO(label)) as opened:
        tag = opened.convert("RGB")
    with path.open("wb") as film:
        for number in range(24):
            frame = Image.new("RGB", (1280, 720), (96, 92, 88))
            width = 560 + 6 * number
            shown = tag.resize((width, width * tag.height // tag.width)).convert("RGBA")
            shown = shown.rotate(number - 12, expand=True, resample=Image.Resampling.BICUBIC)
            # The code stands on the left half of a label, and is held into the middle.
            frame.paste(shown, (640 - shown.width // 4, 360 - shown.height // 2), shown)
            content = io.BytesIO()
            frame.filter(ImageFilter.GaussianBlur(1)).save(content, "JPEG", quality=80)
            film.write(content.getvalue())


@pytest.fixture
def camera(
    chromium: Browser, live_shop: LiveShop, tmp_path: Path
) -> Iterator[tuple[Page, Path, list[str]]]:
    """A tablet whose camera sees the film at the path, once there is one; and every address that
    it asked for."""
    film = tmp_path / "label.mjpeg"
    browser = chromium.browser_type.launch(
        executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium",
        args=[
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ],
    )
    context = browser.new_context(viewport=LANDSCAPE, base_url=live_shop.url, has_touch=True)
    context.grant_permissions(["camera"], origin=live_shop.url)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    yield context.new_page(), film, asked
    browser.close()


def test_a_label_held_into_the_camera_brings_the_key_out_in_two_taps(
    camera: tuple[Page, Path, list[str]], live_shop: LiveShop
) -> None:
    page, film, asked = camera
    hand = sign_in(page)
    key = hand_in(page)
    held_into_the_camera(key.label, film)
    open_scanner(page)
    page.get_by_role("button", name="Scan with the camera").tap()
    card = page.locator("[data-scanned]")
    expect(card).to_contain_text(key.plate)
    page.get_by_role("button", name="hangs on").first.tap()
    expect(card).to_contain_text("It hangs on hook")

    before = hand.taps
    hand.tap(card.locator("label.choice", has_text="Wash"))
    hand.tap(card.get_by_role("button", name="Take it out"))

    expect(card).to_contain_text("Minji has it since")
    assert hand.taps - before == 2
    assert all(url.startswith((live_shop.url, "blob:", "data:")) for url in asked)
    page.get_by_role("button", name="Stop the camera").tap()
    assert page.evaluate("document.querySelector('video').srcObject") is None


@pytest.mark.parametrize("ending", ["Enter", ""])
def test_a_hand_held_scanner_types_and_no_camera_is_asked_for(
    new_tablet: NewTablet, ending: str
) -> None:
    page = new_tablet().new_page()
    sign_in(page)
    key = hand_in(page)
    open_scanner(page)
    page.evaluate(
        "() => { navigator.mediaDevices.getUserMedia = () => { throw new Error('asked') } }"
    )

    page.keyboard.type(key.code, delay=SCANNER_MS_PER_KEY)
    if ending:
        page.keyboard.press(ending)

    expect(page.locator("[data-scanned]")).to_contain_text(key.plate)
    expect(page.get_by_label("Number on the tag")).to_have_value("")


@pytest.mark.parametrize("ending", ["Enter", ""])
def test_two_scans_in_one_second_are_two_keys(new_tablet: NewTablet, ending: str) -> None:
    page = new_tablet().new_page()
    sign_in(page)
    one, other = hand_in(page), hand_in(page)
    open_scanner(page)
    page.get_by_label("Number on the tag").focus()

    for key in (one, other):
        page.keyboard.type(key.code, delay=2)
        if ending:
            page.keyboard.press(ending)

    shown = page.locator("[data-scanned]")
    expect(shown).to_have_count(2)
    expect(shown.filter(has_text=one.plate)).to_have_count(1)
    expect(shown.filter(has_text=other.plate)).to_have_count(1)
    expect(page.get_by_label("Number on the tag")).to_have_value("")


def test_a_person_types_at_a_persons_speed(new_tablet: NewTablet) -> None:
    page = new_tablet().new_page()
    sign_in(page)
    key = hand_in(page)
    open_scanner(page)

    page.keyboard.type(key.plate.replace(" ", ""), delay=120)
    expect(page.get_by_label("Number on the tag")).to_have_value(key.plate.replace(" ", ""))
    page.keyboard.press("Enter")

    page.wait_for_url("**/visits/*")


def test_the_wall_changes_on_every_tablet_within_seconds(new_tablet: NewTablet) -> None:
    page, other = new_tablet().new_page(), new_tablet().new_page()
    sign_in(page)
    sign_in(other, "Haoran")
    key = hand_in(page)
    page.goto("/cabinet")
    hook = page.locator(".hook", has_text=key.plate)
    expect(hook).to_have_attribute("data-state", "to_put_in")
    other.goto("/cabinet")
    other.locator(".hook", has_text=key.plate).tap()

    other.get_by_role("button", name="hangs on").first.tap()

    expect(hook).to_have_attribute("data-state", "in")


def test_a_key_that_is_taken_out_of_reach_of_the_shop_is_placed_in_time(
    new_tablet: NewTablet,
) -> None:
    """The card is open already; what happens in the bay waits on the tablet."""
    tablet = new_tablet()
    page, other = tablet.new_page(), new_tablet().new_page()
    sign_in(page)
    key = hand_in(page)
    page.goto("/cabinet")
    page.locator(".hook", has_text=key.plate).tap()
    page.get_by_role("button", name="hangs on").first.tap()
    page.get_by_role("dialog").get_by_text("It hangs on hook").wait_for()

    tablet.set_offline(True)
    page.get_by_role("dialog").locator("label.choice", has_text="Wash").tap()
    page.get_by_role("dialog").get_by_role("button", name="Take it out").tap()
    expect(page.locator("outbox-status")).to_have_text(re.compile(r"1\s+here"))
    tablet.set_offline(False)

    expect(page.locator("outbox-status")).to_have_text(re.compile("All safe"))
    sign_in(other, "Haoran")
    other.goto("/cabinet")
    expect(other.locator(".hook", has_text=key.plate)).to_have_attribute("data-state", "out")


def test_a_round_that_is_not_signed_yet_outlives_a_reload(new_tablet: NewTablet) -> None:
    page = new_tablet().new_page()
    sign_in(page)
    key = hand_in(page)
    page.goto("/rounds/new")
    expect(page.locator("code-scanner:defined")).to_be_attached()
    page.keyboard.type(key.code, delay=SCANNER_MS_PER_KEY)
    page.keyboard.press("Enter")
    expect(page.locator("[data-scanned]")).to_contain_text(key.plate)

    page.goto("/cabinet")
    page.goto("/rounds/new")

    expect(page.locator("[data-scanned]")).to_contain_text(key.plate)
    page.get_by_label("Your PIN").fill("1111")
    page.get_by_role("button", name="Sign the round").tap()
    page.wait_for_url(re.compile("/rounds/[0-9a-f-]{36}$"))
    page.goto("/rounds/new")
    expect(page.locator("[data-scanned]")).to_have_count(0)
