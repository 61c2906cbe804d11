"""A Chromium that counts what goes over the wire."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from bench.run import Run
from bench.wire import BadAnswer

LANDSCAPE: ViewportSize = {"width": 1180, "height": 820}
NETWORK_BITS_PER_S, ROUND_TRIP_S = 10_000_000, 0.040
CONNECT_ROUND_TRIPS = 2
"""TCP and TLS 1.3, before the first request goes out."""


SETTLED_MS = 1_500


@dataclass
class Sent:
    """One request: bytes up and down, heads included; 0 down where the cache answered."""

    url: str
    kind: str = ""
    up_bytes: int = 0
    down_bytes: int = 0
    is_cached: bool = False
    depth: int = 1

    @property
    def is_photo(self) -> bool:
        """The bytes of a photo, which the figures leave out."""
        parts = urlsplit(self.url).path.split("/")
        return "photos" in parts and "static" not in parts


@dataclass
class Traffic:
    """What a page sent and received, as Chromium's own network log says."""

    requests: dict[str, Sent] = field(default_factory=dict)

    def listen(self, page: Page) -> None:
        """From now on this page is counted."""
        log = page.context.new_cdp_session(page)
        log.on("Network.requestWillBeSent", self._asked)
        log.on("Network.requestWillBeSentExtraInfo", self._heads)
        log.on("Network.requestServedFromCache", self._cached)
        log.on("Network.responseReceived", self._answered)
        log.on("Network.loadingFinished", self._finished)
        log.send("Network.enable")

    def _asked(self, said: dict[str, Any]) -> None:
        request, number = said["request"], said["requestId"]
        if "redirectResponse" in said and number in self.requests:
            # A redirect keeps the number; what was asked before counts on its own.
            before = self.requests.pop(number)
            before.down_bytes = int(said["redirectResponse"]["encodedDataLength"])
            self.requests[f"{number}/{len(self.requests)}"] = before
        started_by = said["initiator"].get("url", "")
        depth = 1 + max((s.depth for s in self.requests.values() if s.url == started_by), default=0)
        body = len(request.get("postData", "").encode())
        self.requests[number] = Sent(request["url"], said.get("type", ""), body, depth=depth)

    def _heads(self, said: dict[str, Any]) -> None:
        if (sent := self.requests.get(said["requestId"])) is not None:
            heads = said["headers"].items()
            sent.up_bytes += sum(len(name) + len(value) + 4 for name, value in heads)

    def _cached(self, said: dict[str, Any]) -> None:
        self.requests[said["requestId"]].is_cached = True

    def _answered(self, said: dict[str, Any]) -> None:
        if (sent := self.requests.get(said["requestId"])) is not None:
            answer = said["response"]
            from_cache = answer.get("fromDiskCache") or answer.get("fromServiceWorker")
            sent.is_cached = bool(sent.is_cached or from_cache)

    def _finished(self, said: dict[str, Any]) -> None:
        sent = self.requests.get(said["requestId"])
        if sent is not None and not sent.is_cached:
            sent.down_bytes = int(said["encodedDataLength"])

    @property
    def counted(self) -> list[Sent]:
        """All that went over the network, photos apart."""
        return [
            sent
            for sent in self.requests.values()
            if not sent.is_cached and not sent.is_photo and sent.url.startswith("http")
        ]

    @property
    def kilobytes(self) -> float:
        """Up and down."""
        return sum(sent.up_bytes + sent.down_bytes for sent in self.counted) / 1024

    @property
    def down_kilobytes(self) -> float:
        """Down alone."""
        return sum(sent.down_bytes for sent in self.counted) / 1024

    @property
    def seconds_away(self) -> float:
        """Over 10 Mbit/s and 40 ms: the bytes, and one round trip per link of the longest chain."""
        bits = sum(sent.down_bytes for sent in self.counted) * 8
        chain = CONNECT_ROUND_TRIPS + max((sent.depth for sent in self.counted), default=0)
        return bits / NETWORK_BITS_PER_S + chain * ROUND_TRIP_S


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that CHROMIUM names, or the one found."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        yield browser
        browser.close()


def tablet(browser: Browser, run: Run) -> BrowserContext:
    """A tablet with an empty cache on which the receptionist is signed in."""
    url = f"http://127.0.0.1:{run.our_server.port}"
    context = browser.new_context(viewport=LANDSCAPE, base_url=url, has_touch=True)
    context.add_cookies(
        [{"name": name, "value": value, "url": url} for name, value in run.ours.cookies.items()]
    )
    return context


def visit(page: Page, path: str) -> Traffic:
    """Opens a page to its end; what it took. Raises BadAnswer where it is not the page."""
    traffic = Traffic()
    traffic.listen(page)
    answer = page.goto(path, wait_until="networkidle")
    if answer is None or answer.status != 200 or not answer.url.endswith(path):
        raise BadAnswer(f"{path} was not shown")
    _settle(page, traffic)
    return traffic


def _settle(page: Page, traffic: Traffic) -> None:
    """A slow machine is idle for half a second before its modules have asked for theirs."""
    before = -1
    while len(traffic.requests) != before:
        before = len(traffic.requests)
        page.wait_for_timeout(SETTLED_MS)
