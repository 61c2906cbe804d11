"""A real WebKit on a screen of its own, a served shop, and a finger."""

import os
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from selenium.webdriver.webkitgtk.webdriver import WebDriver

from tests.browser import material
from tests.browser.serving import LiveShop
from tests.webkit.finger import Finger

LANDSCAPE = (1180, 820)
SCREEN = "1400x1100x24"


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A screen without glass. Xvfb itself says which number was free."""
    with subprocess.Popen(
        [_found("Xvfb"), "-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as screen:  # fmt: skip
        assert screen.stdout is not None
        yield f":{screen.stdout.readline().strip()}"
        screen.terminate()


@pytest.fixture(scope="session")
def webkit(display: str) -> Iterator[WebDriver]:
    """WebKitGTK with a view of an iPad held in landscape; nothing of it outlives the run."""
    service = Service(_found("WebKitWebDriver"), env={**os.environ, "DISPLAY": display})
    with warnings.catch_warnings():
        # Selenium's own class for WebKitGTK calls what Selenium deprecates.
        warnings.simplefilter("ignore", DeprecationWarning)
        browser = WebDriver(options=Options(), service=service)
    browser.set_window_size(*LANDSCAPE)
    lost = LANDSCAPE[1] - int(browser.execute_script("return innerHeight"))  # the window's own bar
    browser.set_window_size(LANDSCAPE[0], LANDSCAPE[1] + lost)
    yield browser
    browser.quit()


@pytest.fixture(scope="session")
def live_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveShop]:
    """The demo shop, served; each test brings a car of its own."""
    shop = LiveShop(tmp_path_factory.mktemp("live") / "data")
    shop.open()
    yield shop
    shop.close()


@pytest.fixture
def finger(webkit: WebDriver, live_shop: LiveShop, tmp_path: Path) -> Iterator[Finger]:
    """A finger on a tablet where nobody is signed in."""
    finger = Finger(webkit, live_shop.url, tmp_path)
    finger.open("/sign-in")
    yield finger
    problems = finger.problems()
    finger.forget_problems()
    webkit.delete_all_cookies()
    assert problems == []


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Three photos of the tablet's own album."""
    paths = []
    for photo in material.photos(3):
        path = tmp_path / photo["name"]
        path.write_bytes(photo["buffer"])
        paths.append(path)
    return paths


def _found(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        pytest.fail(f"No {program} on this machine: `sh .ci/webkit` sees to it.")
    return path
