"""What is missing, and the paper as the customer will read it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.pages.customer import CustomerPages
from tests.browser.pages.screen import Screen


class Review(Screen):
    path = "/visits/[0-9a-f-]+/review"

    def expect_ready(self) -> None:
        """Nothing but the signatures is missing."""
        expect(self.page.get_by_text("Still to do")).to_have_count(0)

    def hand_over(self) -> CustomerPages:
        """The tablet goes to the customer."""
        self.hand.tap(self.button("Hand the tablet over"))
        return CustomerPages(self.hand)

    def sign_the_order_alone(self) -> CustomerPages:
        """S1 before everything else is looked at."""
        self.hand.tap(self.button("Sign the order now, alone"))
        return CustomerPages(self.hand)
