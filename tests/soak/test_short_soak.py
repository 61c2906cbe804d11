"""A short form of `make soak`: each fault once, at the level of requests."""

from collections.abc import Iterator

import pytest

from tests.browser.serving import LiveShop
from tests.soak import journeys
from tests.soak.compare import Captured, compare
from tests.soak.journeys import KILL_EVERY, Shop

SEEDS = range(KILL_EVERY - 5, KILL_EVERY + 1)
"""Six journeys; in the last one the server is killed."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A served shop of its own, because it is killed."""
    live = LiveShop(tmp_path_factory.mktemp("soak") / "data")
    live.open()
    yield Shop(live)
    live.close()


def test_nothing_is_lost_doubled_or_put_in_another_order(shop: Shop) -> None:
    said: list[str] = []

    verdict = journeys.run(shop, SEEDS, said.append)

    assert said == []
    assert verdict.is_sound


def test_the_comparison_itself_finds_what_is_missing(shop: Shop) -> None:
    never_sent = Captured("0" * 32, "/visits/x/marks", "x", {"id": "1" * 32})

    assert len(compare(shop.live.data_dir, [never_sent]).lost) == 1
