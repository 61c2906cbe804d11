"""The whole visit on one page."""

from __future__ import annotations

from playwright.sync_api import Locator

from tests.browser.pages.screen import Screen


class Record(Screen):
    path = "/visits/[0-9a-f-]+"

    @property
    def state(self) -> Locator:
        """The visit's state, in words."""
        return self.page.locator(".record__head .badge").first
