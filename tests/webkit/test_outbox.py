"""What is captured while the shop is out of reach is kept on the tablet, and arrives once."""

from pathlib import Path

from tests.browser.serving import LiveShop
from tests.conftest import PINS
from tests.webkit import steps
from tests.webkit.finger import Finger, button


def test_a_mark_made_while_the_shop_is_away_arrives_once(
    finger: Finger, live_shop: LiveShop
) -> None:
    steps.sign_in(finger, "Minji")
    visit = steps.take_in(finger, "56다 7890")
    finger.open(f"{visit}/walkaround")

    live_shop.close()
    try:
        steps.mark(finger, "door_front_left", "Scratch", 2)
        finger.reads("outbox-status", "1 here")
    finally:
        live_shop.open()
    finger.open(f"{visit}/walkaround")
    finger.reads("outbox-status", "All safe")

    finger.open(f"{visit}/walkaround")
    finger.counts(steps.MARKS, 1)


def test_photos_and_marks_outlive_a_killed_server_and_arrive_once(
    finger: Finger, live_shop: LiveShop, photos: list[Path]
) -> None:
    steps.sign_in(finger, "Minji")
    visit = steps.take_in(finger, "56다 7891")
    finger.open(f"{visit}/walkaround")

    live_shop.kill()
    try:
        finger.picks("photo-camera#camera input[type=file]", photos)
        finger.counts("#shots [data-photo-tile]", len(photos))
        steps.mark(finger, "door_front_left", "Scratch", 2)
        finger.reads("outbox-status", f"{len(photos) + 1} here")
    finally:
        live_shop.open()
    finger.open(f"{visit}/walkaround")
    finger.reads("outbox-status", "All safe")

    finger.open(f"{visit}/walkaround")
    finger.counts(steps.MARKS, 1)
    finger.reads(".safe-count", rf"{len(photos)}\s+of\s+{len(photos)}\s+safe")


def test_a_pin_is_closed_with_the_shops_key(finger: Finger) -> None:
    """WebKit's own cryptography makes what the shop can read."""
    steps.sign_in(finger, "Minji")
    finger.open("/take-over")
    finger.tap("//button[contains(., 'Haoran')]")
    finger.type("#pin", PINS["Haoran"])
    finger.tap(button("Go on in my name"))
    finger.arrives("/")

    finger.reads("a.who .who__name", "Haoran")
    finger.reads("outbox-status", "All safe")
