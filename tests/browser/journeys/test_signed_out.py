"""A sign-in that ends in the middle of the work loses nothing."""

from playwright.sync_api import expect

from tests.browser.hand import Hand
from tests.browser.pages.order import OrderScreen
from tests.browser.pages.sign_in import SignIn
from tests.browser.starts import taken_in

WORDS = "It pulls to the left since the winter tyres."


def test_what_is_typed_outlives_the_sign_in(hand: Hand) -> None:
    order = taken_in(hand, "54가 2004")
    hand.page.context.clear_cookies(name="sign_in")

    order.customer_says(WORDS)
    hand.page.keyboard.press("Tab")
    sheet = hand.page.get_by_role("dialog", name="You are signed out")
    hand.tap(sheet.get_by_role("link", name="Sign in"))
    SignIn(hand).type_pin("Minji", "1111")

    order = OrderScreen(hand)
    expect(order.page.get_by_label("In the customer's own words")).to_have_value(WORDS)
    order.expect_all_safe()
    order.page.reload()
    expect(order.page.get_by_label("In the customer's own words")).to_have_value(WORDS)
