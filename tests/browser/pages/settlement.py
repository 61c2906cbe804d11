"""From the workshop's door to the gate pass: preparation, notice, collection, settlement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, expect

from tests.browser.pages.screen import Screen

if TYPE_CHECKING:
    from tests.browser.pages.customer import CustomerPages


class Preparation(Screen):
    path = "/visits/[0-9a-f-]+/preparation"

    def do(self, words: str) -> None:
        """Ticks a step."""
        self.hand.tap(self.button(re.compile(words)))
        expect(self.button(re.compile(words))).to_have_attribute("aria-pressed", "true")

    def everything_is_back(self) -> None:
        """All of the list is there, and in the car."""
        self.hand.tap(self.button("All there and back in the car"))
        expect(self.page.get_by_text("in the car", exact=True).first).to_be_visible()

    def slips_came_on_paper(self) -> None:
        """The settlement clerk enters what came on paper."""
        while self.button("Came on paper").count():
            left = self.button("Came on paper").count()
            self.hand.tap(self.button("Came on paper").first)
            expect(self.button("Came on paper")).to_have_count(left - 1)

    def open_the_sheet(self) -> Settlement:
        """On to the settlement sheet."""
        self.hand.tap(self.page.get_by_role("link", name="Open the sheet"))
        return Settlement(self.hand)

    def tell_the_customer(self) -> Notice:
        """On to the notice."""
        self.hand.tap(self.page.locator("#actions").get_by_role("link", name="Tell the customer"))
        return Notice(self.hand)


class Slips(Screen):
    path = "/slips"

    def all_as_ordered(self, plate: str, kind: str = "Parts") -> None:
        """The department's slip for the car with this plate."""
        card = self.page.locator("article", has_text=plate)
        self.hand.tap(self.button(f"{kind}: all as ordered", card))
        expect(self.button(f"{kind}: all as ordered", card)).to_have_count(0)


class Notice(Screen):
    path = "/visits/[0-9a-f-]+/notice"

    def reached_by_phone(self) -> None:
        """The customer answered, and knows."""
        self.hand.tap(self.button("Reached by phone"))
        expect(self.page).to_have_url(re.compile(r"/visits/[0-9a-f-]+$"))


class Delay(Screen):
    path = "/visits/[0-9a-f-]+/delay"

    def tell(self, why: str, new_time: str) -> None:
        """Why, an apology, a new time (as the field takes it), by phone."""
        self.hand.type(self.page.get_by_label("Why it takes longer"), why)
        self.page.get_by_label("New time").fill(new_time)
        self.hand.tap(self.page.locator("label.tick", has_text="I apologised"))
        self.hand.tap(self.button("Reached by phone"))
        expect(self.page).to_have_url(re.compile(r"/visits/[0-9a-f-]+$"))


class Collection(Screen):
    path = "/visits/[0-9a-f-]+/collection"

    def tell_what_was_done(self) -> None:
        """The short account."""
        self.hand.tap(self.page.locator("label.tick", has_text="was told what was done"))

    def to_the_settlement(self) -> None:
        """T32. A receptionist sees the sheet, the clerk settles it."""
        self.hand.tap(self.button("To the settlement"))
        Settlement(self.hand)


class Settlement(Screen):
    path = "/visits/[0-9a-f-]+/settlement"

    @property
    def sheet(self) -> Locator:
        """The sheet itself."""
        return self.page.get_by_role("region", name="Settlement sheet")

    def expect_total(self, amount: str) -> None:
        """What it comes to."""
        expect(self.sheet.locator(".settle__grand").first).to_contain_text(amount)

    def add_line(self, words: str, price: str) -> None:
        """Materials from a slip."""
        self.hand.tap(self.page.get_by_text("Add a line from a slip"))
        self.hand.type(self.page.get_by_label("Name", exact=True), words)
        self.hand.type(self.page.get_by_label("Price of one"), price)
        self.hand.tap(self.button("Add", self.page.locator(".settle__more[open]")))
        expect(self.sheet).to_contain_text(words)

    def is_totalled(self) -> None:
        """The clerk's name under the total."""
        self.hand.tap(self.button("The sheet is totalled"))
        expect(self.page.get_by_text("Totalled by")).to_be_visible()

    def discount(self, amount: str, why: str, approver: str, pin: str) -> None:
        """Granted by the supervisor, on this tablet, with the PIN."""
        self.hand.tap(self.page.locator("summary", has_text=re.compile("^Discount$")))
        form = self.page.locator("form:has(input[value='discount'])")
        self.hand.type(form.get_by_label("How much"), amount)
        self.hand.type(form.get_by_label("Why"), why)
        self.hand.tap(form.get_by_text("The supervisor is here: PIN"))
        self.hand.tap(form.locator("label.choice", has_text=approver))
        form.get_by_label("PIN of who approves").fill(pin)
        self.hand.tap(self.button("Grant with the PIN", form))
        expect(self.page.get_by_text("granted", exact=True)).to_be_visible()

    def show_and_let_sign(self) -> CustomerPages:
        """The tablet goes to the customer."""
        from tests.browser.pages.customer import CustomerPages

        self.hand.tap(self.button("Show the sheet and let sign"))
        return CustomerPages(self.hand)

    def pay(self, how: str, amount: str = "") -> None:
        """The whole that is open, or so much of it."""
        form = self.page.locator("#pay form")
        self.hand.tap(form.locator("label.choice", has_text=how))
        if amount:
            form.get_by_label("How much").fill(amount)
        count = self.page.locator("#pay .rows > li").count()
        self.hand.tap(self.button("Paid: make the receipt", form))
        expect(self.page.locator("#pay .rows > li")).to_have_count(count + 1)

    def settle(self) -> None:
        """T33: pass and card are there."""
        self.hand.tap(self.button("Settled: gate pass and papers"))
        expect(self.page.get_by_role("link", name="Gate pass")).to_be_visible()
