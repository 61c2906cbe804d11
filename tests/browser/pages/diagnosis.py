"""The diagnosis: consent, findings, the report."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.pages.order import OrderScreen
from tests.browser.pages.screen import Screen


class DiagnosisScreen(Screen):
    path = "/visits/[0-9a-f-]+/diagnosis"

    def consents(self, fee: str) -> None:
        """The customer agrees and is told what it costs if no repair follows."""
        self.hand.tap(self.choice("Yes"))
        self.hand.type(self.page.get_by_label("Fee that was told"), fee)
        self.hand.tap(self.button("Begin the diagnosis"))
        expect(self.page.get_by_role("heading", name="What was found")).to_be_visible()

    def finds(self, place: str, suggestion: str, urgency: str) -> None:
        """One finding: where, what to do, how urgent."""
        self.hand.type(self.page.get_by_label("Where the fault is").last, place)
        self.hand.type(self.page.get_by_label("What we suggest").last, suggestion)
        self.hand.tap(self.choice(urgency).last)
        self.hand.tap(self.button("Add the finding"))
        expect(self.page.locator(".finding", has_text=place)).to_be_visible()

    def hands_over(self) -> None:
        """The customer is told, and has the report."""
        self.hand.tap(self.button("Told and handed to the customer"))
        expect(self.page.get_by_text("Handed to the customer", exact=True)).to_be_visible()

    def puts_on_order(self) -> None:
        """The suggestion becomes an item."""
        self.hand.tap(self.button("Put it on the order"))
        expect(self.page.get_by_text("On the order", exact=True)).to_be_visible()

    def order(self) -> OrderScreen:
        """On to the order."""
        self.hand.tap(self.page.locator("#actions").get_by_role("link", name="Order"))
        return OrderScreen(self.hand)
