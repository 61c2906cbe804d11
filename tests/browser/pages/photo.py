"""One photo, large, to draw on."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.hand import Stroke
from tests.browser.pages.screen import Screen
from tests.browser.pages.walkaround import WalkAround


class PhotoScreen(Screen):
    path = "/photos/[0-9a-f-]+(/draw)?"

    def arrow(self, stroke: Stroke) -> None:
        """An arrow, the tool that is ready, at what matters."""
        self.hand.draw(self.page.locator("[data-stage]"), [stroke])
        expect(self.page.locator("[data-layer] g")).to_have_count(1)

    def done(self) -> WalkAround:
        """Leaving saves."""
        self.hand.tap(self.page.locator("#actions").get_by_role("link", name="Done"))
        return WalkAround(self.hand)
