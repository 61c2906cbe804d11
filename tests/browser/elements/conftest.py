"""A real Chromium on small pages, under the strict content policy."""

import threading
import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from tests.browser.elements.shop import Shop


class Silent(WSGIRequestHandler):
    """Writes no line for each request."""

    def log(self, type: str, message: str, *args: object) -> None:
        return


@pytest.fixture(scope="session")
def _server() -> Iterator[tuple[BaseWSGIServer, dict[str, Shop]]]:
    current: dict[str, Shop] = {}
    server = make_server(
        "127.0.0.1",
        0,
        lambda environ, start: current["shop"](environ, start),
        threaded=True,
        request_handler=Silent,
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server, current
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def shop(_server: tuple[BaseWSGIServer, dict[str, Shop]]) -> Shop:
    server, current = _server
    current["shop"] = Shop(f"http://127.0.0.1:{server.server_port}")
    return current["shop"]


@pytest.fixture
def tablet(chromium: Browser, shop: Shop) -> Iterator[BrowserContext]:
    """A tablet of its own: nothing is stored on it, and no page of it breaks the content policy."""
    context = chromium.new_context(
        viewport={"width": 1000, "height": 700}, base_url=shop.url, has_touch=True
    )
    context.grant_permissions(["camera"], origin=shop.url)
    problems: list[str] = []
    context.on("weberror", lambda error: problems.append(str(error.error)))
    context.on(
        "console",
        lambda line: problems.append(line.text) if "Content Security Policy" in line.text else None,
    )
    yield context
    context.close()
    assert problems == []


@pytest.fixture
def page(tablet: BrowserContext) -> Page:
    return tablet.new_page()


@pytest.fixture
def visit_id() -> str:
    """The visit that all test pages are of."""
    return str(uuid.UUID("0f8fad5b-d9cb-469f-a165-70867728950e"))
