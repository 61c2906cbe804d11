"""G18 and G19: memory after a thousand photos, and the start on a full database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.material import another, camera_photo, tablet_photo
from bench.measure import Line, fixed, in_turns
from bench.rich import photo_fields
from bench.run import Run, signed_in
from bench.servers import floor_server, our_server, workers
from bench.wire import HTMX, Wire, good

MEMORY_MIB, GROWTH_PERCENT = 250, 10
FIRST, ALL, SHORT_ALL, AT_ONCE = 100, 1000, 4, 4
CAMERA_EVERY = 10
"""Every tenth photo is a camera's own file; the others are as a tablet sends them."""
START_TARGET = 3.0
FIRST_NUMBER = 1_000_000


def memory(run: Run) -> Iterator[Line]:
    """G18: a fresh server takes photos from four tablets; a second line has the growth."""
    if not Path("/proc/self/smaps_rollup").exists():
        return
    total = SHORT_ALL if run.effort.is_short else ALL
    first = min(FIRST, total // 2)
    with our_server(run.shop.folder) as server:
        wires = [signed_in(server.port, run.shop) for _ in range(AT_ONCE)]
        _send(run, wires, 0, first)
        early = pss_mib(server.process.pid)
        _send(run, wires, first, total)
        late = pss_mib(server.process.pid)
    photos = f"after {total} photos from {AT_ONCE} tablets, {workers()} workers"
    yield fixed("G18", f"memory of all processes (PSS) {photos}", late, "MiB", MEMORY_MIB)
    yield fixed(
        "G18", f"growth of it from {first} to {total} photos",
        (late / early - 1) * 100, "%", GROWTH_PERCENT,
    )  # fmt: skip


def _send(run: Run, wires: list[Wire], start: int, end: int) -> None:
    def tablet(place: int) -> None:
        for number in range(start + place, end, len(wires)):
            taken = camera_photo() if number % CAMERA_EVERY == 0 else tablet_photo()
            sent = another(taken, FIRST_NUMBER + number)
            path = f"/visits/{run.rich.open}/photos"
            good(wires[place].upload(path, photo_fields(sent), sent, HTMX))

    with ThreadPoolExecutor(len(wires)) as tablets:
        list(tablets.map(tablet, range(len(wires))))


def pss_mib(root: int) -> float:
    """Memory of a process and all its children, what they share counted once."""
    kilobytes = 0
    for pid in _tree(root):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                kilobytes += int(line.split()[1])
    return kilobytes / 1024


def _tree(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(below for child in children for below in _tree(int(child)))]


def start(run: Run) -> Iterator[Line]:
    """G19: from the command to the first 200 on the database as it stands."""

    def floor() -> float:
        with floor_server(run.floor_folder) as server:
            return server.started_in_s

    def ours() -> float:
        with our_server(run.shop.folder) as server:
            return server.started_in_s

    yield in_turns(
        "G19",
        "cold start to the first 200 on the full database / the floor's",
        START_TARGET,
        floor=floor,
        ours=ours,
        effort=run.effort,
    )
