"""Taking a car in: plate, why, who."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.pages.screen import Screen

if TYPE_CHECKING:
    from tests.browser.pages.order import OrderScreen


class Arrival(Screen):
    path = "/arrivals/new"

    def type_plate(self, plate: str) -> None:
        """The plate; what is known of the car unfolds."""
        self.hand.type(self.page.get_by_label("Plate or VIN"), plate)

    def new_car(self, *, shape: str) -> None:
        """What is asked of a car that was never here."""
        self.hand.tap(self.choice(shape))

    def customer(self, *, name: str, phone: str) -> None:
        """Name and phone of a new customer; the keyboard leads from one to the other."""
        self.hand.type(self.page.get_by_label("Customer's name"), name)
        self.hand.type_next(self.page.get_by_label("Phone", exact=True), phone)

    def consents(self, *answers: bool) -> None:
        """Data, service contact, promotion: each is its own question."""
        questions = self.page.locator(".consent[role=group]")
        for number, yes in enumerate(answers):
            words = "Yes" if yes else "No"
            self.hand.tap(questions.nth(number).locator("label.choice", has_text=words))

    def known(self, words: str) -> None:
        """The card of a known car says this."""
        expect(self.page.locator(".known-car")).to_contain_text(words)

    def take_in_by_key(self) -> OrderScreen:
        """On to the order by the keyboard's own "go"."""
        from tests.browser.pages.order import OrderScreen

        self.page.keyboard.press("Enter")
        return OrderScreen(self.hand)

    def take_in(self) -> OrderScreen:
        """On to the order."""
        from tests.browser.pages.order import OrderScreen

        self.hand.tap(self.page.locator("#actions").get_by_role("button", name="Take in"))
        return OrderScreen(self.hand)
