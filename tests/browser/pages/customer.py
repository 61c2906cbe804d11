"""What the customer holds: pages to read, the pad, the thanks; and the way back to the staff.

They are in the customer's language, so what is tapped here is found by its part, not its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Locator, expect

from tests.browser.hand import Hand, Stroke
from tests.browser.pages.screen import Screen
from tests.conftest import PINS


class CustomerPages(Screen):
    path = "/visits/[0-9a-f-]+(/sittings/[a-z-]+)?/customer"

    def agree_with_all(self) -> None:
        """Every mark is seen the same way."""
        self.hand.tap(self.page.locator("[data-agree-all]"))

    def open_page(self, words: str) -> None:
        """Turns to a page by its name at the top."""
        self.hand.tap(self.page.get_by_role("navigation", name="Pages").get_by_text(words))

    def acknowledge(self, code: str) -> None:
        """The tick of one statement; where it was the last of its page, the next page comes."""
        statement = self.page.locator(f"[data-statement={code}]")
        self.hand.tap(statement.locator("label.tick"))
        expect(statement.locator("input[data-acknowledges]")).to_be_checked()

    def statement(self, code: str) -> Locator:
        """The words of one statement."""
        return self.page.locator(f"[data-statement={code}]")

    @property
    def pad(self) -> Locator:
        """Where the name is written."""
        return self.page.locator("signature-box canvas")

    def sign(self, strokes: Sequence[Stroke]) -> None:
        """The name, as a hand writes it."""
        self.hand.draw(self.pad, strokes)

    def groups_drawn(self) -> int:
        """How many strokes the pad holds."""
        count = self.page.locator("signature-box").evaluate("box => box.drawing.groups.length")
        return int(count)

    def done(self) -> ThankYou:
        """Sealed here, sent, and answered."""
        self.hand.tap(self.page.locator("[data-sign]"))
        return ThankYou(self.hand)


class ThankYou(Screen):
    path = "/visits/[0-9a-f-]+(/sittings/[a-z-]+)?/thank-you"

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        expect(self.page.locator(".thanks h1")).to_be_visible()

    @property
    def copy(self) -> Locator:
        """The code that takes the sheet along, a link as well."""
        return self.page.locator("a[href*='/copy/']").first

    def give_back(self) -> GiveBack:
        """To the reception's PIN."""
        self.hand.tap(self.page.locator("#actions a"))
        return GiveBack(self.hand)


class GiveBack(Screen):
    path = "/visits/[0-9a-f-]+/give-back"

    def take_back(self, name: str) -> None:
        """The reception's name and PIN; the tablet is the staff's again."""
        self.type_pin(name, PINS[name])
        expect(self.page).not_to_have_url(re.compile("/give-back"))
        expect(self.page.locator("html[data-ready]")).to_have_count(1)

    def type_pin(self, name: str, pin: str) -> None:
        """This PIN, whosever it is."""
        self.hand.tap(self.page.get_by_role("link", name=name))
        for digit in pin:
            self.hand.tap_free(self.button(digit))
        self.hand.tap_free(self.button("Go on"))

    def refused(self) -> Locator:
        """What is said where the PIN was wrong."""
        return self.page.locator("#pin-problem")
