"""The demo's settled car is given back: then and now from the same places, the count, S4."""

import json
import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser import material
from tests.browser.hand import Hand
from tests.browser.pages.delivery import Packet, sign
from tests.browser.pages.record import Record
from tests.browser.serving import LiveShop
from tests.browser.starts import signed_in

PLATE = "78마 4455"
TAPS = 25  # screens.md, Budget
SIDES = 8


def test_a_car_is_given_back_with_photos_from_the_same_places(
    hand: Hand, live_shop: LiveShop, report: Callable[[str], None]
) -> None:
    signed_in(hand)
    hand.page.goto("/?q=78마4455")
    hand.page.get_by_role("link", name=re.compile("78마")).first.click()
    record = Record(hand)
    hand.starts()

    hand.tap(record.page.get_by_role("link", name="Give the car back"))
    packet = Packet(hand)
    packet.take_the_key()
    packet.hand_over_everything()
    walk = packet.to_the_car()
    assert walk.sides.count() == SIDES
    walk.open_camera()
    walk.retake_all()
    walk.looked_over()
    walk.everything_is_back()
    walk.key_is_given()
    uncounted = hand.taps
    compared = walk.compare(0)
    expect(compared.slider).to_have_attribute("aria-label", re.compile("arrival"))
    compared.slider.press("Home")
    assert compared.shown() == "0%"
    compared.slider.press("End")
    assert compared.shown() == "100%"
    walk = compared.back()
    hand.taps = uncounted  # comparing is offered, not asked for
    customer = walk.hand_over()
    sign(customer, material.signature(3))
    thanks = customer.done()
    thanks.give_back().take_back("Minji")
    taps, seconds = hand.taps, hand.seconds

    expect(hand.page.get_by_text("may leave")).to_be_visible()
    expect(hand.page.get_by_text("8 photos taken again")).to_be_visible()
    checked = live_shop.command("check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    report(
        json.dumps(
            {"journey": "delivery", "taps": taps, "budget": TAPS, "seconds": round(seconds, 1)}
        )
    )
    assert taps <= TAPS
