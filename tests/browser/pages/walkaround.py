"""The walk around the car: stations, marks, photos."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from playwright.sync_api import FilePayload, Locator, expect

from inspect_app.catalogues import entries
from tests.browser.hand import Hand, box_of
from tests.browser.pages.screen import Screen

if TYPE_CHECKING:
    from tests.browser.pages.photo import PhotoScreen
    from tests.browser.pages.things import Things

STATIONS = 10


class WalkAround(Screen):
    path = "/visits/[0-9a-f-]+/walkaround"

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        expect(self.page.locator("damage-diagram[data-ready]")).to_have_count(1)
        expect(self.page.locator("photo-camera#camera[data-mode]")).to_have_count(1)

    def conditions(self, body: str, light: str) -> None:
        """What can be seen today."""
        for words, question in ((body, "Body"), (light, "Light")):
            if not self.page.locator("#conditions[open]").count():
                self.hand.tap(self.page.locator("#conditions summary"))
            self.hand.tap(self.choice(words, question))
            expect(self.page.locator("#conditions")).to_contain_text(words)

    def take_photos(self, files: Sequence[FilePayload]) -> None:
        """Chosen from files, several at once, each for the next angle."""
        before = self.page.locator("#shots [data-photo-tile]").count()
        chooser = self.page.locator("photo-camera#camera input[type=file]")
        self.hand.choose_files(chooser, files)
        expect(self.page.locator("#shots [data-photo-tile]")).to_have_count(before + len(files))

    def open_camera(self) -> None:
        """The live picture."""
        self.hand.tap(self.button("Camera", self.page.locator("#actions")))
        expect(self.page.locator("photo-camera#camera[data-mode=live]")).to_be_visible()

    def shoot(self, count: int = 1) -> None:
        """The shutter, so often; each photo names the next angle."""
        tiles = self.page.locator("#shots [data-photo-tile]")
        for _ in range(count):
            before = tiles.count()
            self.hand.tap_free(self.button("Take the photo"))
            expect(tiles).to_have_count(before + 1)

    def expect_safe_photos(self, count: int) -> None:
        """So many of so many are safe at the shop."""
        expect(self.page.locator(".safe-count")).to_have_text(
            re.compile(rf"{count}\s+of\s+{count}\s+safe"), timeout=30_000
        )

    def mark_scratch(self, *, on: str) -> Locator:
        """A scratch of up to 7.5 cm: place, kind, size."""
        return self.mark("Scratch", on=on, size=2)

    def mark(self, kind: str, *, on: str, size: int = 6) -> Locator:
        """Three taps: the place, the kind, the size. Returns the mark's line."""
        rows = self.page.locator("[data-marks] .mark-row:not([data-saving])")
        before = rows.count()
        self.mark_unanswered(kind, on=on, size=size)
        expect(rows).to_have_count(before + 1)
        return rows.nth(before)

    def mark_unanswered(self, kind: str, *, on: str, size: int = 6) -> None:
        """The same, while the shop may be out of reach."""
        self.tap_part(on)
        sheet = self.page.locator("dialog#new-mark")
        expect(sheet).to_be_visible()
        self.hand.tap(sheet.locator("label.choice", has_text=re.compile(rf"^\s*{kind}\s*$")))
        if kind != "Missing":  # which has one size
            self.hand.tap(sheet.locator(f'button.size[value="{size}"]'))
        expect(sheet).not_to_be_visible()

    def add_mark_by_keyboard(self, *, part: str, kind: str, size: str) -> None:
        """The list twin, by keys alone."""
        keys = self.page.keyboard
        self.page.get_by_role("link", name="Add from a list").focus()
        keys.press("Enter")
        for question, answer in (("Where", part), ("Kind of damage", kind)):
            field = self.page.get_by_role("combobox", name=question)
            field.focus()
            keys.type(answer)
            expect(field.locator("option:checked")).to_have_text(answer)
        self.page.get_by_role("button", name=size).focus()
        keys.press("Enter")

    def tap_part(self, name: str) -> None:
        """A tap on the middle of a part, where it is drawn largest."""
        code = next(one.code for one in entries("exterior_zones") if one.en == name)
        drawing = self.page.locator("[data-canvas] svg")
        whole = box_of(drawing)
        shapes = drawing.locator(f'[data-zone="{code}"]').all()
        x, y, width, height = max(map(box_of, shapes), key=lambda box: box[2] * box[3])
        middle = (x + width / 2 - whole[0], y + height / 2 - whole[1])
        self.hand.tap(drawing, at=(middle[0] / whole[2], middle[1] / whole[3]))

    def photo_of_the_mark_just_made(self) -> None:
        """The sheet's offer: one tap opens the camera, the shutter closes the matter."""
        self.hand.tap(self.button("Photo", self.page.locator("#undo")))
        self.shoot()

    def open_last_photo(self) -> PhotoScreen:
        """Large, to draw on it."""
        from tests.browser.pages.photo import PhotoScreen

        self.hand.tap(self.page.locator("#shots .shot").last)
        return PhotoScreen(self.hand)

    def all_normal_here(self) -> None:
        """Closes the station and goes on to the next."""
        station = self.page.locator("#station").get_attribute("data-station")
        assert station is not None
        words = re.compile("All (else )?normal")
        self.hand.tap(self.button(words, self.page.locator("#actions")))
        expect(self.page.locator(f'#station:not([data-station="{station}"])')).to_be_visible()

    def all_still_there(self) -> None:
        """Known marks, all in one tap."""
        self.hand.tap(self.button("All still there"))
        expect(self.button("All still there")).to_have_count(0)

    def last_station_is_normal(self) -> Things:
        """The last station leads on to what stays with the shop."""
        from tests.browser.pages.things import Things

        self.hand.tap(self.button(re.compile("All (else )?normal"), self.page.locator("#actions")))
        return Things(self.hand)
