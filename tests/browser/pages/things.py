"""Papers, belongings, valuables, the storage box."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.pages.screen import Screen

if TYPE_CHECKING:
    from tests.browser.pages.readings import Readings


class Things(Screen):
    path = "/visits/[0-9a-f-]+/things"

    def paper_missing(self, paper: str, *, agreed: str) -> None:
        """A paper was not handed in: why is filled in, what was agreed is an offered phrase."""
        self.hand.tap(self.page.get_by_role("link", name=f"Not here: {paper}"))
        sheet = self.page.get_by_role("dialog", name=paper)
        expect(sheet).to_be_visible()
        expect(sheet.get_by_label("What is wrong")).to_have_value("Not with the customer today.")
        self.hand.tap(sheet.get_by_role("button", name=agreed, exact=True))
        self.hand.tap(sheet.get_by_role("button", name="Keep", exact=True))
        expect(sheet).to_have_count(0)

    def other_papers_in_order(self) -> None:
        """All that were not looked at yet."""
        all_at_once = self.button("All of these are here and in order")
        one = self.button(re.compile("^In order: "))
        self.hand.tap(all_at_once if all_at_once.count() else one)
        expect(self.page.locator("#papers [data-state=open]")).to_have_count(0)

    def add_things(self, count: int) -> None:
        """The first so many of the quick list, one tap each."""
        tiles = self.page.locator(".things__tiles").first.locator(".thing")
        for number in range(count):
            self.hand.tap(tiles.nth(number))
        expect(self.page.locator("#things-list .row")).to_have_count(count)

    def as_last_time(self) -> None:
        """What was left the last time."""
        self.hand.tap(self.button(re.compile("As last time")))

    def seal_box(self) -> None:
        """The next free box takes what was put into it."""
        self.hand.tap(self.button("Seal this box"))
        expect(self.page.locator("#box")).to_contain_text("Sealed by")

    def valuables(self, answer: str) -> None:
        """The notice is told, the answer given."""
        count = self.page.locator("#count")
        self.hand.tap(count.locator("label.tick").first)
        self.hand.tap(count.locator("label.choice", has_text=answer))
        expect(count).to_contain_text("Answered")

    def readings(self) -> Readings:
        """On to dashboard and key."""
        from tests.browser.pages.readings import Readings

        self.hand.tap(self.page.locator("#actions").get_by_role("link", name="Readings and key"))
        return Readings(self.hand)
