"""What every screen has: where it is, whether it is ready, the way to change the person."""

from __future__ import annotations

import re
from typing import ClassVar

from playwright.sync_api import Locator, Page, expect

from tests.browser.hand import Hand


class Screen:
    """A page as the person sees it. Made once the page is there and its script runs."""

    path: ClassVar[str] = ".*"

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        expect(self.page).to_have_url(re.compile(rf"^http://[^/]+{self.path}([?#].*)?$"))
        expect(self.page.locator("html[data-ready]")).to_have_count(1)
        hand.sees(type(self).__name__)

    @property
    def page(self) -> Page:
        return self.hand.page

    def button(self, words: str | re.Pattern[str], within: Locator | None = None) -> Locator:
        """A button by its words."""
        return (within or self.page).get_by_role("button", name=words)

    def choice(self, words: str, question: str | None = None) -> Locator:
        """A tile of a question: the label is what the finger meets."""
        place: Page | Locator = self.page
        if question:
            place = self.page.get_by_role("group", name=question)
        return place.locator("label.choice", has_text=re.compile(rf"^\s*{re.escape(words)}\s*$"))

    @property
    def outbox(self) -> Locator:
        """What is only on this tablet, in words."""
        return self.page.locator("outbox-status")

    def expect_all_safe(self) -> None:
        """Nothing is only on this tablet any more."""
        expect(self.outbox).to_have_text(re.compile("All safe"))
