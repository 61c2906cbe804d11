"""A new car is taken in while the shop is out of reach, from the first tap to the seal."""

import re
import sqlite3
from contextlib import closing

from playwright.sync_api import expect

from tests.browser import material
from tests.browser.hand import Hand
from tests.browser.journeys.test_check_in import count_things, sign
from tests.browser.pages.arrival import Arrival
from tests.browser.pages.sign_in import SignIn
from tests.browser.pages.things import Things
from tests.browser.pages.walkaround import STATIONS, WalkAround
from tests.browser.serving import LiveShop

PLATE = "52나 7001"
PHOTOS = 4
DRAINED_WITHIN_MS = 60_000


def rows(shop: LiveShop, query: str, *values: str) -> list[tuple[object, ...]]:
    """What the shop's database says."""
    with closing(sqlite3.connect(shop.data_dir / "reception.sqlite3")) as database:
        return database.execute(query, values).fetchall()


def goes_on_alone(hand: Hand) -> None:
    """The worker is there and has what it needs."""
    expect(hand.page.locator("html[data-goes-on-alone]")).to_have_count(1)


def test_a_new_car_is_taken_in_out_of_reach(hand: Hand, live_shop: LiveShop) -> None:
    hand.page.goto("/")
    SignIn(hand).sign_in("Minji")
    goes_on_alone(hand)
    live_shop.close()
    try:
        hand.page.goto("/arrivals/new")
        arrival = Arrival(hand)
        arrival.type_plate(PLATE)
        arrival.new_car(shape="Saloon")
        arrival.consents(True, True)
        arrival.customer(name="Sora Kim", phone="010-1234-5678")
        order = arrival.take_in_by_key()
        visit_id = order.visit_id
        order.customer_says("It squeals when I brake.")
        order.add_item("Brake pads, front", "120000")
        order.promise_the_first_time()
        order.expect_ready()
        walk = look_around(order.walk_around())
        readings = count_things(walk)
        readings.odometer(48210)
        readings.fuel(6)
        readings.register_key()
        review = readings.keep_and_review()
        review.expect_ready()
        customer = review.hand_over()
        sign(customer)
        thanks = customer.done()
        expect(thanks.page.get_by_text("Everything is signed and sealed")).to_be_visible()
        thanks.give_back().take_back("Minji")
        expect(hand.page.get_by_text("Tell the customer: everything is complete.")).to_be_visible()
    finally:
        live_shop.open()
    expect(thanks.outbox).to_have_text(re.compile("All safe"), timeout=DRAINED_WITHIN_MS)
    key = visit_id.replace("-", "")
    assert rows(live_shop, "SELECT state FROM visits WHERE id = ?", key) == [("checked_in",)]
    [(differences,)] = rows(live_shop, "SELECT differences FROM seals WHERE visit_id = ?", key)
    assert differences == "[]"
    [(photos,)] = rows(live_shop, "SELECT count(*) FROM photos WHERE visit_id = ?", key)
    assert photos == PHOTOS


def look_around(walk: WalkAround) -> Things:
    """Photos, a mark, ten stations."""
    walk.conditions("Clean and dry", "Daylight")
    walk.take_photos(material.photos(PHOTOS))
    walk.mark("Dent", on="Left rear door", size=3)
    for _ in range(STATIONS - 1):
        walk.all_normal_here()
    return walk.last_station_is_normal()
