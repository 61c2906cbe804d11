"""One run: floor and app side by side, a shop between them, someone signed in."""

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.floor import make_rows
from bench.floor import use_folder as floor_in
from bench.material import another, tablet_photo
from bench.measure import Effort, p50
from bench.rich import SHEET_PHOTOS, Rich, make_rich
from bench.servers import Server, floor_server, our_server
from bench.shop import PIN, VISITS, Shop, app_in, seed
from bench.wire import Wire, good

SHORT_VISITS = 60
WRK_SECONDS = 1


@dataclass(frozen=True)
class Run:
    """What every goal measures with. `ours` is signed in through the front door."""

    effort: Effort
    shop: Shop
    rich: Rich
    floor_server: Server
    our_server: Server
    floor: Wire
    ours: Wire
    floor_folder: Path


@contextmanager
def a_run(effort: Effort) -> Iterator[Run]:
    """Everything made, served, and taken away again."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="reception-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        floor_folder = folder / "floor"
        _make_floor(floor_folder)
        (folder / "shop").mkdir()
        shop = seed(folder / "shop", SHORT_VISITS if effort.is_short else VISITS)
        rich = make_rich(app_in(shop.folder), shop)
        bare = stack.enter_context(floor_server(floor_folder))
        mine = stack.enter_context(our_server(shop.folder))
        yield Run(
            effort,
            shop,
            rich,
            bare,
            mine,
            stack.enter_context(Wire(bare.port)),
            stack.enter_context(signed_in(mine.port, shop)),
            floor_folder,
        )


def _make_floor(folder: Path) -> None:
    photos = folder / "photos"
    photos.mkdir(parents=True)
    for number in range(SHEET_PHOTOS):
        (photos / f"{number}.jpg").write_bytes(another(tablet_photo(), number))
    floor_in(folder)
    make_rows(VISITS)


def signed_in(port: int, shop: Shop) -> Wire:
    """A connection on which the receptionist signed in with name and PIN."""
    wire = Wire(port)
    answer = wire.post("/sign-ins", {"person": str(shop.person_id), "pin": PIN})
    wire.cookies.update(good(answer, 303).cookies)
    return wire


def page_p50(wire: Wire, path: str, effort: Effort) -> float:
    """Median seconds of a page at one connection: by wrk where it is, else by our own client."""
    good(wire.get(path))
    if not effort.is_short and (tool := shutil.which("wrk")):
        with contextlib.suppress(ValueError):
            return _wrk(tool, wire, path)
    request = wire.request("GET", path, {}, b"")
    return p50(lambda: wire.send(request), effort.times(200))


UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0}


def _wrk(tool: str, wire: Wire, path: str) -> float:
    cookies = "; ".join(f"{name}={value}" for name, value in wire.cookies.items())
    said = subprocess.run(
        [tool, "-t1", "-c1", f"-d{WRK_SECONDS}s", "--latency", "-H", f"Cookie: {cookies}",
         "-H", "Accept-Encoding: gzip", f"http://127.0.0.1:{wire.port}{path}"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    if "Non-2xx" in said:
        raise AssertionError(f"{path} was not answered with 200")
    line = next(line for line in said.splitlines() if line.strip().startswith("50%"))
    figure = line.split()[1]
    unit = next(unit for unit in UNITS if figure.endswith(unit))
    return float(figure.removesuffix(unit)) * UNITS[unit]
