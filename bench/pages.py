"""G1, G3 and the board: what a page costs, and how many statements it asks."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from bench.measure import Effort, Line, fixed, in_turns
from bench.rich import MANY_PHOTOS, Tablet, add_photo_rows
from bench.run import Run, page_p50
from bench.shop import app_in, opened
from bench.wire import HTMX, Wire, good
from inspect_app.db import db
from inspect_app.visits import record as record_routes
from inspect_app.visits.kept_pages import KeptPages

RECORD_TARGET = 8.0
BOARD_TARGET = 8.0
MOST_STATEMENTS = 10
CHANGED = 60
NOT_ASKED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")


def record(run: Run) -> Iterator[Line]:
    """G1: the record with 12 photos against a rich page of one row.

    The app keeps the last drawn records, so both are measured: a record that changed since it was
    last seen, and one that did not.
    """
    yield in_turns(
        "G1",
        "record page of a visit that has just changed, 12 photos, p50 / rich floor page",
        RECORD_TARGET,
        floor=lambda: _p50_after(lambda _n: None, run.floor, "/rich", run.effort),
        ours=lambda: _p50_after(
            lambda n: change(run, n), run.ours, f"/visits/{run.rich.open}", run.effort
        ),
        effort=run.effort,
    )
    yield in_turns(
        "G1",
        "record page of a signed visit, unchanged, 12 photos, p50 / rich floor page",
        RECORD_TARGET,
        floor=lambda: page_p50(run.floor, "/rich", run.effort),
        ours=lambda: page_p50(run.ours, f"/visits/{run.rich.signed}", run.effort),
        effort=run.effort,
    )


def _p50_after(act: Callable[[int], None], wire: Wire, path: str, effort: Effort) -> float:
    """Median seconds of a page, each time after something was done."""
    request = wire.request("GET", path, {}, b"")
    spent = []
    for number in range(effort.times(CHANGED)):
        act(number)
        start = time.perf_counter()
        answer = wire.send(request)
        spent.append(time.perf_counter() - start)
        good(answer)
    return statistics.median(spent)


def change(run: Run, number: int) -> None:
    """Something in the open visit is another than before."""
    words = f"It squeals when I brake. {number} {time.perf_counter_ns()}"
    fields = {"part": "words", "customer_words": words}
    good(run.ours.post(f"/visits/{run.rich.open}/order", fields, HTMX))


def board(run: Run) -> Iterator[Line]:
    """The board of 25 cards against the bare list of 25 rows."""
    yield in_turns(
        "board",
        "board of 25 cards, p50 at 1 connection / bare list of 25 rows",
        BOARD_TARGET,
        floor=lambda: page_p50(run.floor, "/list", run.effort),
        ours=lambda: page_p50(run.ours, "/", run.effort),
        effort=run.effort,
    )


def statements(run: Run) -> Iterator[Line]:
    """G3: how often the record page asks the database, with 1, 12 and 50 photos."""
    app = app_in(run.shop.folder)
    with opened(app, run.shop), _always_drawn():
        tablet = Tablet(app, run.shop)
        counts = {}
        for visit_id, photos in ((run.rich.one_photo, 1), (run.rich.signed, 12)):
            counts[photos], spent = _count(db.engine, tablet, visit_id)
        add_photo_rows(run.rich.one_photo, MANY_PHOTOS)
        counts[MANY_PHOTOS], _ = _count(db.engine, tablet, run.rich.one_photo)
    said = ", ".join(f"{count} with {photos} photos" for photos, count in counts.items())
    yield fixed(
        "G3", f"statements of the record page ({said}; {spent * 1000:.2f} ms in SQL)",
        max(counts.values()), "statements", MOST_STATEMENTS,
    )  # fmt: skip


@contextmanager
def _always_drawn() -> Iterator[None]:
    kept, record_routes.KEPT = record_routes.KEPT, KeptPages(most=0)
    try:
        yield
    finally:
        record_routes.KEPT = kept


def _count(engine: Engine, tablet: Tablet, visit_id: str) -> tuple[int, float]:
    """Statements of the page, and the median seconds that the database took for all of them."""
    counts, spent = [], []
    tablet.get(f"/visits/{visit_id}")
    for _ in range(5):
        with _counting(engine) as asked:
            assert tablet.get(f"/visits/{visit_id}").status_code == 200
        counts.append(len(asked))
        spent.append(sum(asked))
    return max(counts), statistics.median(spent)


@contextmanager
def _counting(engine: Engine) -> Iterator[list[float]]:
    """Seconds of each statement that is executed meanwhile."""
    asked: list[float] = []
    started: list[float] = []

    def before(*_: Any) -> None:
        started.append(time.perf_counter())

    def after(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(NOT_ASKED):
            asked.append(time.perf_counter() - started[-1])

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", before)
        event.remove(engine, "after_cursor_execute", after)
