"""Floor and app in turns, the median of the pairwise ratios, and how far they spread."""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

PAIRS = 7
SHORT_PAIRS = 2


@dataclass(frozen=True)
class Effort:
    """How much is measured: `pairs` turns, and `scale` of each turn's samples."""

    pairs: int = PAIRS
    scale: float = 1.0

    def times(self, samples: int) -> int:
        """That many samples, or fewer in a short run; always one at least."""
        return max(1, round(samples * self.scale))

    @property
    def is_short(self) -> bool:
        """Whether only the shape of the lines is wanted."""
        return self.scale < 1


SHORT = Effort(SHORT_PAIRS, 0.02)


@dataclass(frozen=True)
class Line:
    """What is printed for one goal.

    `value` is the app's own figure in `unit`, `limit` the highest it may be in this run. A goal
    against the floor has the median of the pairwise `ratio`s, its `target`, and their `spread`:
    half the distance between the quartiles. A goal of fixed size has no ratio.
    """

    goal: str
    metric: str
    value: float
    unit: str
    limit: float
    ratio: float | None = None
    target: float | None = None
    spread: float | None = None

    def as_json(self) -> str:
        """One line."""
        rounded = {
            name: round(value, 3) if isinstance(value, float) else value
            for name, value in asdict(self).items()
        }
        return json.dumps(rounded, ensure_ascii=False)

    @property
    def is_met(self) -> bool:
        """Met when the ratio and the spread together are within the target."""
        if self.ratio is None or self.target is None:
            return self.value <= self.limit
        return self.ratio + (self.spread or 0) <= self.target


def fixed(goal: str, metric: str, value: float, unit: str, limit: float) -> Line:
    """A goal that no floor is needed for."""
    return Line(goal, metric, value, unit, limit)


def in_turns(
    goal: str,
    metric: str,
    target: float,
    *,
    floor: Callable[[], float],
    ours: Callable[[], float],
    effort: Effort,
    unit: str = "ms",
) -> Line:
    """Measures floor, ours, floor, ours; both give seconds (shown as ms) or another unit."""
    floor(), ours()  # what is made once, such as caches, is made for both
    pairs = [(floor(), ours()) for _ in range(effort.pairs)]
    factor = 1000 if unit == "ms" else 1
    ratios = [mine / bare for bare, mine in pairs]
    value = statistics.median(mine for _, mine in pairs) * factor
    bare = statistics.median(bare for bare, _ in pairs) * factor
    return Line(
        goal=goal,
        metric=metric,
        value=value,
        unit=unit,
        limit=bare * target,
        ratio=statistics.median(ratios),
        target=target,
        spread=half_quartiles(ratios),
    )


def half_quartiles(ratios: list[float]) -> float:
    """Half the distance between the first and the third quartile."""
    if len(ratios) < 2:
        return 0.0
    first, _, third = statistics.quantiles(ratios, n=4, method="inclusive")
    return (third - first) / 2


def p50(act: Callable[[], object], times: int) -> float:
    """Median seconds of one act."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)
