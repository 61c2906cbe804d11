"""The gate on the guard's phone: scan a pass, read the verdict, one tap."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.pages.screen import Screen

SCANNER_MS_PER_KEY = 8
VERDICTS = {"good": "May leave", "bad": "Stop"}


class Gate(Screen):
    path = "/gate"

    def scan(self, code: str) -> Locator:
        """Holds a hand-held scanner over a code: it types by itself, so no tap is counted. Returns
        the card that comes."""
        expect(self.page.locator("code-scanner:defined")).to_be_attached()
        self.page.keyboard.type(code, delay=SCANNER_MS_PER_KEY)
        self.page.keyboard.press("Enter")
        return self.card

    def type_code(self, code: str) -> Locator:
        """Types a pass's number or a plate, and looks."""
        self.hand.type(self.page.get_by_label("Number of the pass, or the plate"), code)
        self.hand.tap(self.button("Look"))
        return self.card

    @property
    def card(self) -> Locator:
        """The newest verdict."""
        return self.page.locator(".verdict:visible").first

    def expect_may_leave(self, plate: str) -> None:
        """Green, by word and shape, and the plate to compare."""
        expect(self.card).to_contain_text(VERDICTS["good"])
        expect(self.card).to_contain_text(plate)

    def expect_stop(self, why: str | re.Pattern[str]) -> None:
        """Red, by word and shape, and the reason."""
        expect(self.card).to_have_attribute("data-result", "bad")
        expect(self.card).to_contain_text(why)

    def let_out(self) -> None:
        """The one tap after the scan."""
        self.hand.tap(self.button("Let it out", within=self.card))
        expect(self.card).to_contain_text("Out")

    def let_in(self) -> None:
        """The car of a trip is back."""
        self.hand.tap(self.button("It is back", within=self.card))
        expect(self.card).to_contain_text("It is back")
