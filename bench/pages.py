"""G1, G3 and the board: what a page costs, and how many statements it asks."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from bench.measure import Line, fixed, in_turns
from bench.rich import MANY_PHOTOS, Tablet, add_photo_rows
from bench.run import Run, page_p50
from bench.shop import app_in, opened
from inspect_app.db import db

RECORD_TARGET = 8.0
BOARD_TARGET = 8.0
MOST_STATEMENTS = 10
NOT_ASKED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")


def record(run: Run) -> Iterator[Line]:
    """G1: the record of a signed visit with 12 photos against a rich page of one row."""
    yield in_turns(
        "G1",
        "record page, signed visit, 12 photos, p50 at 1 connection / rich floor page",
        RECORD_TARGET,
        floor=lambda: page_p50(run.floor, "/rich", run.effort),
        ours=lambda: page_p50(run.ours, f"/visits/{run.rich.signed}", run.effort),
        effort=run.effort,
    )


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
    with opened(app, run.shop):
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
