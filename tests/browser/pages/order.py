"""The order: the customer's words, items with prices, the promised time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Locator, expect

from tests.browser.pages.screen import Screen

if TYPE_CHECKING:
    from tests.browser.pages.customer import CustomerPages
    from tests.browser.pages.diagnosis import DiagnosisScreen
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

    def price(self, words: str, amount: str) -> None:
        """What an item costs; saved on leaving the field."""
        self.hand.type(self.page.get_by_role("textbox", name=f"Price of {words}"), amount)
        self.page.keyboard.press("Tab")
        expect(self.page.locator("#order-total")).to_contain_text(amount)

    def find_in_list(self, typed: str, words: str) -> None:
        """Types, and takes what the price list offers."""
        self.hand.type(self.page.get_by_label("Another item"), "")
        self.page.keyboard.insert_text(typed)
        self.hand.tap(self.page.locator("#found-work").get_by_role("button", name=words))
        expect(self.page.locator(f'.order-line__words[value="{words}"]')).to_be_visible()

    def by_symptom(self, words: str, price: str, risk: str) -> None:
        """An item priced by its symptom, with an allowance that the customer is not shown."""
        sheet = self._open(words)
        self.hand.tap(sheet.locator("label.choice", has_text="By symptom"))
        self.hand.type(sheet.get_by_label("Price for the work"), price)
        self.hand.type(sheet.get_by_label("Allowance for the risk"), risk)
        self.hand.tap(self.button("Keep", within=sheet.locator("#line-details")))
        expect(self.page.locator("#line-sheet dialog")).to_have_count(0)

    def customers_part(self, words: str, part: str) -> None:
        """A part that the customer brought is fitted with an item."""
        sheet = self._open(words)
        form = sheet.locator(".new-part")
        self.hand.type(form.get_by_label("Part", exact=True), part)
        form.get_by_label("Grade").select_option(label="Aftermarket, new")
        self.hand.tap(form.locator("label.choice", has_text="Brought by the customer"))
        self.hand.tap(self.button("Add the part", within=form))
        expect(sheet.locator("details.section", has_text=part).first).to_be_visible()
        self.hand.tap(sheet.locator("[data-closes]"))

    def _open(self, words: str) -> Locator:
        self.hand.tap(self.page.get_by_role("link", name=f"How {words} is priced"))
        sheet = self.page.locator("#line-sheet dialog")
        expect(sheet).to_be_visible()
        return sheet

    def gives_quote_on_paper(self) -> None:
        """The quote is printed: a version from now on."""
        self.hand.tap(self.button("Give the quote on paper"))
        expect(self.page.get_by_text("Version 1, shown at")).to_be_visible()

    def shows_and_signs(self) -> CustomerPages:
        """The tablet goes into the customer's hands for the order alone."""
        from tests.browser.pages.customer import CustomerPages

        self.hand.tap(self.button("Show and sign it here"))
        return CustomerPages(self.hand)

    def diagnosis(self) -> DiagnosisScreen:
        """To the diagnosis of this visit."""
        from tests.browser.pages.diagnosis import DiagnosisScreen

        self.hand.tap(self.page.get_by_role("link", name="Diagnosis: consent"))
        return DiagnosisScreen(self.hand)

    def expect_ready(self) -> None:
        """All that T10 asks is there."""
        expect(self.page.get_by_text("The order is ready to be signed")).to_be_visible()

    def walk_around(self) -> WalkAround:
        """On to the car."""
        from tests.browser.pages.walkaround import WalkAround

        self.hand.tap(self.page.locator("#actions").get_by_role("link", name="Walk-around"))
        return WalkAround(self.hand)
