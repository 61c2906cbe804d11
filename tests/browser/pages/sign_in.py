"""The names of the staff, then the PIN."""

from __future__ import annotations

import re

from tests.browser.pages.board import Board
from tests.browser.pages.gate import Gate
from tests.browser.pages.screen import Screen
from tests.conftest import PINS


class SignIn(Screen):
    path = "/sign-in"

    def sign_in(self, name: str) -> Board:
        """Tap the name, type the PIN, go on."""
        self.type_pin(name, PINS[name])
        return Board(self.hand)

    def sign_in_guard(self) -> Gate:
        """The guard comes to the gate at once."""
        self.type_pin("Gate", PINS["Gate"])
        return Gate(self.hand)

    def type_pin(self, name: str, pin: str) -> None:
        """Taps the name and types this PIN, whosever it is."""
        self.hand.tap(self.page.get_by_role("link", name=re.compile(rf"^{name}\b")))
        for digit in pin:
            self.hand.tap_free(self.page.locator("key-pad").get_by_role("button", name=digit))
        self.hand.tap_free(self.button("Sign in"))  # the last key of the PIN
