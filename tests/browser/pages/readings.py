"""The dashboard's figures and the key."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.pages.review import Review
from tests.browser.pages.screen import Screen


class Readings(Screen):
    path = "/visits/[0-9a-f-]+/readings"

    def odometer(self, figure: int) -> None:
        """Typed on the page's own keys."""
        keys = self.page.locator("odometer-check")
        for digit in str(figure):
            self.hand.tap_free(keys.get_by_role("button", name=digit, exact=True))
        expect(self.page.locator("#odometer")).to_have_value(str(figure))

    def fuel(self, eighths: int) -> None:
        """The needle, dragged to so many eighths."""
        dial = self.page.get_by_role("slider", name="Fuel")
        places = {0: (0.1, 0.86), 4: (0.5, 0.2), 6: (0.79, 0.38), 8: (0.9, 0.86)}
        self.hand.draw(dial, [[(0.5, 0.2), places[eighths]]])
        expect(self.page.locator("[name=fuel_eighths]")).to_have_value(str(eighths))

    def register_key(self) -> None:
        """The next free tag and slot."""
        self.hand.tap(self.button("Register key"))
        expect(self.page.locator("#key")).to_contain_text("To put in")

    def label_address(self) -> str:
        """Where the label is printed from."""
        address = self.page.get_by_role("link", name="62 × 29").get_attribute("href")
        assert address is not None
        return address

    def keep_and_review(self) -> Review:
        """The figures are kept; on to what is missing and what will be signed."""
        self.hand.tap(self.page.locator("#actions").get_by_role("button", name="Keep and review"))
        return Review(self.hand)
