"""The customer's name on the glass: never lost, never without the words, never a way out."""

import re

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser import material
from tests.browser.conftest import PHONE, PORTRAIT
from tests.browser.hand import Hand
from tests.browser.pages.customer import CustomerPages, GiveBack
from tests.browser.pages.review import Review
from tests.browser.starts import taken_in


def order_in_customers_hand(hand: Hand, plate: str) -> CustomerPages:
    """S1 alone, early: the order is read before anything else is looked at."""
    order = taken_in(hand, plate)
    order.add_usual_item("Battery")
    order.promise_the_first_time()
    order.expect_ready()
    hand.page.goto(f"/visits/{order.visit_id}/review")
    return Review(hand).sign_the_order_alone()


def test_the_order_is_signed_early_and_alone(hand: Hand) -> None:
    customer = order_in_customers_hand(hand, "41가 1001")
    customer.acknowledge("S1")
    customer.sign(material.signature(1))

    thanks = customer.done()

    expect(hand.page.get_by_text("We go on with the check-in together")).to_be_visible()
    thanks.give_back().take_back("Minji")
    expect(hand.page).to_have_url(re.compile("/visits/"))
    expect(hand.page.get_by_role("link", name="Minji is signed in")).to_be_visible()


@pytest.mark.parametrize("turned", [PORTRAIT, PHONE])
def test_turning_the_tablet_keeps_the_ink(hand: Hand, turned: ViewportSize) -> None:
    customer = order_in_customers_hand(hand, f"42가 {turned['width']}1")
    customer.acknowledge("S1")
    customer.sign(material.signature(2))
    drawn = customer.groups_drawn()

    hand.page.set_viewport_size(turned)
    assert customer.groups_drawn() == drawn
    hand.page.set_viewport_size({"width": 1180, "height": 820})

    assert customer.groups_drawn() == drawn
    customer.done()


def test_there_is_no_way_out_without_the_pin(hand: Hand) -> None:
    customer = order_in_customers_hand(hand, "43가 1003")
    for address in ("/", "/due", "/arrivals/new", customer.page.url.replace("/customer", "/order")):
        hand.page.goto(address)
        GiveBack(hand)
    back = GiveBack(hand)

    back.type_pin("Minji", "9999")

    expect(back.refused()).to_be_visible()
    hand.page.goto("/")
    GiveBack(hand).take_back("Minji")
    hand.page.goto("/")
    expect(hand.page.get_by_role("link", name="Minji is signed in")).to_be_visible()
