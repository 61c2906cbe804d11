"""What is captured while the shop is out of reach is kept on the tablet, and arrives once."""

from tests.browser.serving import LiveShop
from tests.webkit import steps
from tests.webkit.finger import Finger


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
