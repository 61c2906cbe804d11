"""The home page: visits by state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.pages.screen import Screen

if TYPE_CHECKING:
    from tests.browser.pages.arrival import Arrival
    from tests.browser.pages.sign_in import SignIn


class Board(Screen):
    path = "/"

    def take_in(self) -> Arrival:
        """To the arrival of a car."""
        from tests.browser.pages.arrival import Arrival

        self.hand.tap(self.page.get_by_role("link", name="Take in").first)
        return Arrival(self.hand)

    def change_person(self) -> SignIn:
        """Tap the name at the top."""
        from tests.browser.pages.sign_in import SignIn

        self.hand.tap(self.page.get_by_role("link", name="Change person"))
        return SignIn(self.hand)

    def expect_person(self, name: str) -> None:
        """Who is signed in is always in sight."""
        expect(self.page.get_by_role("link", name=f"{name} is signed in")).to_be_visible()
