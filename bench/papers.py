"""G11 and G12: the label of a key, and the sheet with four photos."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from bench.measure import Line, in_turns, p50
from bench.run import Run
from bench.wire import Answer, Wire, good

LABEL_TARGET, SHEET_TARGET = 2.5, 2.5
LABELS, SHEETS, AT_ONCE = 20, 4, 8


def label(run: Run) -> Iterator[Line]:
    """G11: one label as PDF, both over HTTP."""
    path = f"/visits/{run.rich.signed}/key/label.pdf"
    yield in_turns(
        "G11",
        "one key label as PDF, p50 / the same with ReportLab",
        LABEL_TARGET,
        floor=lambda: p50(lambda: _pdf(run.floor, "/label.pdf"), run.effort.times(LABELS)),
        ours=lambda: p50(lambda: _pdf(run.ours, path), run.effort.times(LABELS)),
        effort=run.effort,
    )


def sheet(run: Run) -> Iterator[Line]:
    """G12: the sheet with 4 photos, and eight of them asked for at once."""
    path = f"/visits/{run.rich.four_photos}/sheet.pdf"
    errors = _at_once(run, path)
    yield in_turns(
        "G12",
        "check-in sheet with 4 photos as PDF, p50 / the same amount set with ReportLab"
        f" ({errors} errors at {AT_ONCE} in parallel)",
        SHEET_TARGET if not errors else 0.0,
        floor=lambda: p50(lambda: _pdf(run.floor, "/sheet.pdf"), run.effort.times(SHEETS)),
        ours=lambda: p50(lambda: _pdf(run.ours, path), run.effort.times(SHEETS)),
        effort=run.effort,
    )


def _at_once(run: Run, path: str) -> int:
    """How many of eight sheets asked for together did not come."""

    def ask(_number: int) -> bool:
        with Wire(run.our_server.port, run.ours.cookies) as wire:
            answer = wire.get(path)
        return answer.status == 200 and answer.body.startswith(b"%PDF")

    with ThreadPoolExecutor(AT_ONCE) as people:
        return list(people.map(ask, range(AT_ONCE))).count(False)


def _pdf(wire: Wire, path: str) -> Answer:
    answer = good(wire.get(path))
    assert answer.body.startswith(b"%PDF"), answer.headers
    return answer
