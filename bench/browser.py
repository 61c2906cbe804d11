"""G13, G14, G17 and the walk-around page: what a tablet loads."""

import gzip
from collections.abc import Iterator

from playwright.sync_api import BrowserContext, Response

from bench.chromium import Traffic, chromium, tablet, visit
from bench.measure import Line, fixed
from bench.run import Run

COLD_KB, COLD_REQUESTS = 60, 25
WARM_KB, WARM_REQUESTS = 12, 3
WALK_KB, WALK_REQUESTS = 200, 40
SCRIPT_KB = 45


def _lines(goal: str, what: str, traffic: Traffic, most: tuple[int, int]) -> Iterator[Line]:
    away = f"{traffic.seconds_away:.2f} s at 10 Mbit/s and 40 ms"
    yield fixed(goal, f"{what} without photos ({away})", traffic.down_kilobytes, "KB", most[0])
    yield fixed(goal, f"{what}, photos apart", len(traffic.counted), "requests", most[1])


def record_cold(run: Run) -> Iterator[Line]:
    """G13: the record page with an empty cache."""
    with chromium() as browser, tablet(browser, run) as context:
        traffic = visit(context.new_page(), f"/visits/{run.rich.signed}")
    yield from _lines("G13", "record page, empty cache", traffic, (COLD_KB, COLD_REQUESTS))


def record_warm(run: Run) -> Iterator[Line]:
    """G14: the same page a second time."""
    with chromium() as browser, tablet(browser, run) as context:
        visit(context.new_page(), f"/visits/{run.rich.signed}")
        traffic = visit(context.new_page(), f"/visits/{run.rich.signed}")
    yield from _lines("G14", "record page, second visit", traffic, (WARM_KB, WARM_REQUESTS))


def walkaround(run: Run) -> Iterator[Line]:
    """The first load of the walk-around page."""
    with chromium() as browser, tablet(browser, run) as context:
        traffic = visit(context.new_page(), f"/visits/{run.rich.open}/walkaround")
    yield from _lines("walkaround", "first load", traffic, (WALK_KB, WALK_REQUESTS))


def scripts(run: Run) -> Iterator[Line]:
    """G17: the page with the most script, each file gzipped."""
    here = f"/visits/{run.rich.open}"
    parts = ("", "/order", "/walkaround", "/things", "/readings", "/review")
    paths = ["/", "/arrivals/new", "/scan", "/outbox", *(here + part for part in parts)]
    weights: dict[str, float] = {}
    with chromium() as browser:
        for path in paths[: 3 if run.effort.is_short else None]:
            with tablet(browser, run) as context:
                weights[path] = _script_kilobytes(context, path)
    heaviest = max(weights, key=lambda path: weights[path])
    shown = heaviest.replace(run.rich.open, "…")
    yield fixed("G17", f"script of the heaviest page, gzipped ({shown})",
                weights[heaviest], "KB", SCRIPT_KB)  # fmt: skip


def _script_kilobytes(context: BrowserContext, path: str) -> float:
    page = context.new_page()
    loaded: list[Response] = []
    page.on("response", lambda answer: loaded.append(answer))
    page.goto(path, wait_until="networkidle")
    scripts = [answer for answer in loaded if answer.request.resource_type == "script"]
    return sum(len(gzip.compress(answer.body(), 6)) for answer in scripts if answer.ok) / 1024
