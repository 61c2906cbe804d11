"""Giving a car back: the desk, the walk, and one side of the car then and now."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Locator, expect

from tests.browser.hand import Hand
from tests.browser.pages.customer import CustomerPages
from tests.browser.pages.screen import Screen

DELIVERY = "/visits/[0-9a-f-]+/delivery"


class Packet(Screen):
    path = DELIVERY

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        expect(self.page.locator("form#packet")).to_be_visible()

    def take_the_key(self) -> None:
        """From its hook into the own hand."""
        self.hand.tap(self.button(re.compile("I take")))
        self.has_the_key()

    def has_the_key(self) -> None:
        """It is in the own hand already: it came with the car from the workshop."""
        expect(self.page.get_by_text("with you", exact=True)).to_be_visible()

    def hand_over_everything(self) -> None:
        """Each part of the packet by its own tick."""
        for tick in self.page.locator("form#packet label.tick").all():
            self.hand.tap(tick)

    def to_the_car(self) -> DeliveryWalk:
        """The walk begins."""
        self.hand.tap(self.button("To the car"))
        return DeliveryWalk(self.hand)


class DeliveryWalk(Screen):
    path = DELIVERY

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        expect(self.page.locator("damage-diagram[data-ready]")).to_have_count(1)
        expect(self.page.locator("photo-camera#camera[data-mode]")).to_have_count(1)

    @property
    def sides(self) -> Locator:
        """The photos of the arrival, each with its place for one of now."""
        return self.page.locator(".pair")

    def open_camera(self) -> None:
        """The live picture, the arrival's photo shining through."""
        self.hand.tap(self.button("Take them again"))
        expect(self.page.locator("photo-camera#camera[data-mode=live]")).to_be_visible()
        expect(self.page.locator(".camera img[data-ghost]")).to_be_visible()

    def retake_all(self) -> None:
        """The shutter for each side; the next one is named by itself."""
        for place in range(self.sides.count()):
            self.hand.tap_free(self.button("Take the photo"))
            expect(self.page.locator(".pair [data-photo-tile]")).to_have_count(place + 1)
        expect(self.page.locator('.pair [data-photo-tile][data-state="safe"]')).to_have_count(
            self.sides.count(), timeout=30_000
        )

    def mark(self, kind: str, *, size: int = 2, at: tuple[float, float]) -> None:
        """Place, kind, size: a mark that was not there at the arrival."""
        self.hand.tap(self.page.locator(".car-drawing__canvas svg"), at=at)
        sheet = self.page.locator("dialog#new-mark")
        expect(sheet).to_be_visible()
        self.hand.tap(sheet.locator("label.choice", has_text=re.compile(rf"^\s*{kind}\s*$")))
        self.hand.tap(sheet.locator(f'button.size[value="{size}"]'))
        expect(self.page.locator("#marks").get_by_text("new", exact=True)).to_be_visible()

    def next_act(self, words: str | re.Pattern[str]) -> None:
        """The one at the bottom right."""
        act = self.page.locator("#actions").get_by_role("button", name=words)
        self.hand.tap(act)
        expect(act).to_have_count(0)

    def looked_over(self) -> None:
        self.next_act(re.compile("Looked over"))

    def everything_is_back(self) -> None:
        self.next_act("Everything is back")

    def key_is_given(self) -> None:
        self.next_act("Key given to the customer")

    def hand_over(self) -> CustomerPages:
        """The tablet goes to the customer."""
        self.hand.tap(self.button("Hand the tablet over"))
        return CustomerPages(self.hand)

    def compare(self, place: int) -> Comparison:
        """One side then and now."""
        self.hand.tap(self.sides.nth(place).locator(".shot__open"))
        return Comparison(self.hand)


class Comparison(Screen):
    path = f"{DELIVERY}/pairs/[0-9a-f-]+"

    @property
    def slider(self) -> Locator:
        """Between then and now; keys move it too."""
        return self.page.locator("before-after input[type=range]")

    def shown(self) -> str:
        """How much of the arrival's photo is shown."""
        style = "node => getComputedStyle(node).getPropertyValue('--shown')"
        return str(self.page.locator("before-after").evaluate(style))

    def back(self) -> DeliveryWalk:
        self.hand.tap(self.page.get_by_role("link", name="To the delivery"))
        return DeliveryWalk(self.hand)


def sign(customer: CustomerPages, strokes: Sequence[Sequence[tuple[float, float]]]) -> None:
    """The customer reads, ticks, and writes the name."""
    customer.acknowledge("S4")
    customer.sign(strokes)
