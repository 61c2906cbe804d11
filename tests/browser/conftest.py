"""One real Chromium for all browser tests, a served shop, and tablets to hold."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect, sync_playwright

from tests.browser import material
from tests.browser.hand import Hand
from tests.browser.serving import LiveShop

LANDSCAPE: ViewportSize = {"width": 1180, "height": 820}
PORTRAIT: ViewportSize = {"width": 820, "height": 1180}
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE_MS = 20_000


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium with a fake camera that sees photos. No browser is a failure, never a skip."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(path).is_file():
        pytest.fail(f"No Chromium at {path}: install chromium, or set CHROMIUM to its path.")
    film = material.film(tmp_path_factory.mktemp("camera") / "film.mjpeg")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[
                *(["--no-sandbox"] if os.geteuid() == 0 else []),
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={film}",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def live_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveShop]:
    """The demo shop, served; journeys share it, each with a car of its own."""
    shop = LiveShop(tmp_path_factory.mktemp("live") / "data")
    shop.open()
    yield shop
    shop.close()


NewTablet = Callable[..., BrowserContext]


@pytest.fixture
def new_tablet(chromium: Browser, live_shop: LiveShop) -> Iterator[NewTablet]:
    """Makes tablets; no page of theirs may break the content policy or throw."""
    problems: list[str] = []
    contexts: list[BrowserContext] = []

    def make(
        viewport: ViewportSize = LANDSCAPE, *, measured: bool = False, base_url: str = ""
    ) -> BrowserContext:
        context = chromium.new_context(
            bypass_csp=measured,  # what measures a page puts styles of its own into it
            viewport=viewport, base_url=base_url or live_shop.url, has_touch=True,
            accept_downloads=True, locale="en-GB", timezone_id="Asia/Seoul",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE_MS)
        context.grant_permissions(["camera"], origin=base_url or live_shop.url)
        context.on("weberror", lambda error: problems.append(str(error.error)))
        context.on(
            "console",
            lambda line: problems.append(line.text) if "Security Policy" in line.text else None,
        )
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def hand(new_tablet: NewTablet) -> Hand:
    """A receptionist's hand on a tablet held in landscape."""
    return Hand(new_tablet().new_page())


_figures = pytest.StashKey[list[str]]()


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Takes a figure that the last lines of the run will say."""
    return request.config.stash.setdefault(_figures, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the journeys cost: taps, requests, bytes, seconds."""
    for line in terminalreporter.config.stash.get(_figures, []):
        terminalreporter.write_line(line)
