"""A finished car is made ready, collected and settled: slips, notice, discount, two payments."""

import json
import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser import material
from tests.browser.conftest import NewTablet
from tests.browser.hand import Hand
from tests.browser.pages.settlement import Collection, Preparation, Settlement, Slips
from tests.browser.starts import signed_in
from tests.conftest import PINS

PLATE = "27소 8841"
"""The demo's half prepared car: 150,000 for two items."""


def _open(hand: Hand, act: str) -> None:
    hand.page.goto("/?q=27소8841")
    hand.page.get_by_role("link", name=re.compile("27소")).first.click()
    hand.tap(hand.page.locator("#actions").get_by_role("link", name=act, exact=True))


def test_a_finished_car_is_made_ready_collected_and_settled(
    new_tablet: NewTablet, report: Callable[[str], None]
) -> None:
    clerk, desk = Hand(new_tablet().new_page()), Hand(new_tablet().new_page())
    signed_in(clerk, "Haoran")
    parts = Hand(new_tablet().new_page())
    signed_in(parts, "Kangho")
    parts.page.goto("/slips")
    Slips(parts).all_as_ordered(PLATE)
    signed_in(desk, "Yuna")

    clerk.starts()
    _open(clerk, "Prepare for delivery")
    prepared = Preparation(clerk)
    prepared.do("Looked over")
    prepared.everything_is_back()
    _open(desk, "Settlement")
    desk.starts()
    sheet = Settlement(desk)
    sheet.expect_total("₩150,000")
    sheet.is_totalled()
    clerk.page.reload()
    prepared.tell_the_customer().reached_by_phone()
    clerk.tap(clerk.page.locator("#actions").get_by_role("link", name="The customer is here"))
    collection = Collection(clerk)
    collection.tell_what_was_done()
    collection.to_the_settlement()

    desk.page.reload()
    sheet = Settlement(desk)
    sheet.discount("20,000", "A regular", "Jun", PINS["Jun"])
    sheet.expect_total("₩130,000")
    customer = sheet.show_and_let_sign()
    customer.acknowledge("SP")
    customer.sign(material.signature(3))
    customer.done().give_back().take_back("Yuna")
    desk.page.goto(f"/visits/{_visit_id(clerk)}/settlement")
    sheet = Settlement(desk)
    sheet.pay("Card", "100,000")
    sheet.pay("Cash")
    sheet.settle()

    expect(sheet.page.get_by_role("link", name="Guarantee card")).to_be_visible()
    report(
        json.dumps(
            {"journey": "settlement", "taps_clerk": clerk.taps, "taps_desk": desk.taps,
             "seconds": round(desk.seconds, 1)}
        )
    )  # fmt: skip


def _visit_id(hand: Hand) -> str:
    return hand.page.url.split("/visits/")[1].split("/")[0]
