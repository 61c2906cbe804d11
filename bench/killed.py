"""G21: what the app acknowledged is there after kill -9 in the middle of work."""

import random
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Line, fixed
from bench.run import Run
from tests.browser.serving import LiveShop
from tests.soak.compare import Captured, compare
from tests.soak.journeys import Shop, some_arrival, some_photo
from tests.soak.tablet import Kept, Tablet

ROUNDS = 20
LANES = 3
SHORTEST_S, LONGEST_S = 0.2, 1.0


def killed(run: Run) -> Iterator[Line]:
    """Fields and photos on several connections; the server is killed at a random moment."""
    rounds = run.effort.times(ROUNDS)
    dice, acknowledged = random.Random(21), list[Captured]()
    with tempfile.TemporaryDirectory(prefix="reception-killed-") as folder:
        live = LiveShop(Path(folder) / "data")
        live.open()
        shop = Shop(live)
        person = shop.person("Minji")
        for number in range(rounds):
            lanes = [_Lane(shop, person, number * LANES + lane) for lane in range(LANES)]
            for lane in lanes:
                lane.begin()
            time.sleep(dice.uniform(SHORTEST_S, LONGEST_S))
            shop.kill()
            for lane in lanes:
                acknowledged += lane.end()
        missing = compare(live.data_dir, acknowledged).lost
        damaged = live.command("check").returncode
        live.close()
    metric = f"of {len(acknowledged)} acknowledged saves and photos missing, {rounds} times kill -9"
    yield fixed("G21", metric, len(missing) + damaged, "entries", 0)


class _Lane(threading.Thread):
    """One tablet that sends without a pause and notes what was acknowledged."""

    def __init__(self, shop: Shop, person: str, seed: int) -> None:
        super().__init__(daemon=True)
        dice = random.Random(seed)
        self._tablet = Tablet(
            shop.live.port, person, "1111", dice, "", 0, lambda: None, lambda: None
        )
        self._dice, self._seed, self._over = dice, seed, threading.Event()
        self._acknowledged: list[Captured] = []

    def begin(self) -> None:
        """Takes a car in, then sends on."""
        self._tablet.sign_in()
        self._visit = str(uuid.UUID(int=self._dice.getrandbits(128), version=4))
        arrival = some_arrival(self._dice, 50_000 + self._seed)
        self._tablet.capture("/visits", self._visit, id=self._visit, **arrival)
        self._tablet.drain()
        self.start()

    def end(self) -> list[Captured]:
        """What the server said it has."""
        self._over.set()
        self.join()
        return self._acknowledged

    def run(self) -> None:
        """Until the server is gone."""
        for number in range(10_000):
            kept = self._next(number)
            if self._over.is_set() or not self._tablet.try_once(kept):
                return
            self._acknowledged.append(kept.captured)

    def _next(self, number: int) -> Kept:
        here = f"/visits/{self._visit}"
        if number % 5 == 4:
            photo = some_photo(self._dice)
            self._tablet.capture(f"{here}/photos", self._visit, photo, subject="angle",
                                 angle="free")  # fmt: skip
        else:
            self._tablet.capture(f"{here}/order/lines", self._visit, price="1000", new="1",
                                 description=f"Item {number}")  # fmt: skip
        return self._tablet.queue.pop()
