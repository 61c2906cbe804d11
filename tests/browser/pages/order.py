"""The order: the customer's words, items with prices, the promised time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.pages.screen import Screen

if TYPE_CHECKING:
    from tests.browser.pages.walkaround import WalkAround


class OrderScreen(Screen):
    path = "/visits/[0-9a-f-]+/order"

    @property
    def visit_id(self) -> str:
        """From the address."""
        return self.page.url.split("/visits/")[1].split("/")[0]

    def customer_says(self, words: str) -> None:
        """In the customer's own words; saved on leaving the field."""
        self.hand.type(self.page.get_by_label("In the customer's own words"), words)

    def add_item(self, words: str, price: str = "") -> None:
        """One item; no price is "not yet known"."""
        form = self.page.locator("#new-line")
        self.hand.type(form.get_by_label("Another item"), words)
        if price:
            self.hand.type_next(form.get_by_label("Price"), price)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("textbox", name=f"Price of {words}")).to_be_visible()

    def add_usual_item(self, words: str) -> None:
        """One of the usual items, its price not yet known."""
        self.hand.tap(self.button(words))
        expect(self.page.get_by_role("textbox", name=f"Price of {words}")).to_be_visible()

    def promise_the_first_time(self) -> None:
        """The first of the offered times."""
        self.hand.tap(self.page.get_by_role("region", name="Promised").locator("button").first)

    def expect_ready(self) -> None:
        """All that T10 asks is there."""
        expect(self.page.get_by_text("The order is ready to be signed")).to_be_visible()

    def walk_around(self) -> WalkAround:
        """On to the car."""
        from tests.browser.pages.walkaround import WalkAround

        self.hand.tap(self.page.locator("#actions").get_by_role("link", name="Walk-around"))
        return WalkAround(self.hand)
