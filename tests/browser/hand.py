"""The hand on the glass: taps as a finger does, and counts what a person has to do."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import FilePayload, Locator, Page, expect

Stroke = Sequence[tuple[float, float]]
PHOTO_PATH = re.compile(r"/photos(/|$)")


def box_of(what: Locator) -> tuple[float, float, float, float]:
    """x, y, width and height on the glass, in CSS px."""
    box = what.bounding_box()
    assert box is not None, f"{what} is not shown"
    return box["x"], box["y"], box["width"], box["height"]


@dataclass
class Traffic:
    """Requests of a tablet that reached the wire, and their bytes, photos apart."""

    page: Page
    _addresses: dict[str, str] = field(default_factory=dict)
    _sent: dict[str, int] = field(default_factory=dict)
    _received: dict[str, int] = field(default_factory=dict)
    _cached: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        wire = self.page.context.new_cdp_session(self.page)
        wire.on("Network.requestWillBeSent", self._asked)
        wire.on("Network.requestWillBeSentExtraInfo", self._headed)
        wire.on("Network.requestServedFromCache", lambda told: self._cached.add(told["requestId"]))
        wire.on("Network.responseReceived", self._answered)
        wire.on("Network.loadingFinished", self._finished)
        wire.send("Network.enable")

    def of(self, *, photos: bool) -> tuple[int, int, int]:
        """(requests, bytes sent, bytes received), heads included; files in a form are not seen."""
        chosen = [
            key
            for key, address in self._addresses.items()
            if bool(PHOTO_PATH.search(urlsplit(address).path)) == photos
            and address.startswith("http")
            and key not in self._cached
        ]
        sent = sum(self._sent.get(key, 0) for key in chosen)
        return len(chosen), sent, sum(self._received.get(key, 0) for key in chosen)

    def _asked(self, told: dict[str, Any]) -> None:
        key, request = told["requestId"], told["request"]
        self._addresses[key] = request["url"]
        self._sent[key] = self._sent.get(key, 0) + len(request.get("postData", "").encode())

    def _headed(self, told: dict[str, Any]) -> None:
        heads = sum(len(name) + len(value) + 4 for name, value in told["headers"].items())
        self._sent[told["requestId"]] = self._sent.get(told["requestId"], 0) + heads

    def _answered(self, told: dict[str, Any]) -> None:
        if told["response"].get("fromDiskCache") or told["response"].get("fromServiceWorker"):
            self._cached.add(told["requestId"])

    def _finished(self, told: dict[str, Any]) -> None:
        key = told["requestId"]
        self._received[key] = self._received.get(key, 0) + int(told["encodedDataLength"])


@dataclass
class Hand:
    """One person's finger. Shutter, typed keys and the PIN are not counted (screens.md, Budget)."""

    page: Page
    taps: int = 0
    screens: list[str] = field(default_factory=list)
    first_at: float = 0.0

    def tap(self, what: Locator, *, at: tuple[float, float] | None = None) -> None:
        """One tap, in the middle or at this place of it (fractions)."""
        self._count()
        self.tap_free(what, at=at)

    def tap_free(self, what: Locator, *, at: tuple[float, float] | None = None) -> None:
        """A tap that the budget leaves out: the shutter, a digit of a number or PIN."""
        if at is None:
            what.tap()
            return
        _, _, width, height = box_of(what)
        what.tap(position={"x": at[0] * width, "y": at[1] * height})

    def type(self, field_: Locator, text: str) -> None:
        """Types into a field; the tap into it counts, unless the page put the finger there."""
        if not field_.evaluate("field => field === document.activeElement"):
            self.tap(field_)
        field_.fill(text)

    def type_next(self, field_: Locator, text: str) -> None:
        """Types into the field that the keyboard's own "next" leads to: no tap on the page."""
        self.page.keyboard.press("Tab")
        expect(field_).to_be_focused()
        self.page.keyboard.insert_text(text)

    def choose_files(self, field_: Locator, files: Sequence[FilePayload]) -> None:
        """Opens the tablet's own picker (one tap), and picks."""
        self._count()
        field_.set_input_files(files)

    def draw(self, pad: Locator, strokes: Sequence[Stroke]) -> None:
        """Draws in fractions of the pad; the whole drawing is one tap."""
        self._count()
        pad.scroll_into_view_if_needed()
        left, top, width, height = box_of(pad)
        mouse = self.page.mouse
        for stroke in strokes:
            points = [(left + x * width, top + y * height) for x, y in stroke]
            mouse.move(*points[0])
            mouse.down()
            for point in points[1:]:
                mouse.move(*point)
            mouse.up()

    def sees(self, screen: str) -> None:
        """Notes a screen that the person came to."""
        if not self.screens or self.screens[-1] != screen:
            self.screens.append(screen)

    def starts(self) -> None:
        """From here on it is counted."""
        self.taps, self.first_at = 0, 0.0
        self.screens.clear()

    @property
    def seconds(self) -> float:
        """Since the first tap."""
        return time.monotonic() - self.first_at

    def _count(self) -> None:
        self.first_at = self.first_at or time.monotonic()
        self.taps += 1
