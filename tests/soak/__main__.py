"""`python -m tests.soak [--journeys N] [--browser N] [--seed N]`: random faults, nothing lost."""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.browser.serving import LiveShop
from tests.soak import journeys
from tests.soak.compare import Verdict
from tests.soak.journeys import Shop

AT_ONCE = 4


def say(line: str) -> None:
    """One line at once, also into a file."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def many(shop: Shop, first: int, count: int) -> Verdict:
    """So many journeys at the level of requests, several at once."""
    verdict = Verdict()
    parts = [range(first + lane, first + count, AT_ONCE) for lane in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as lanes:
        for found in lanes.map(lambda part: journeys.run(shop, part, say), parts):
            verdict.add(found)
    return verdict


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs it; 1 where anything is lost, doubled or out of order."""
    parser = argparse.ArgumentParser(prog="tests.soak", description=__doc__)
    parser.add_argument("--journeys", type=int, default=500)
    parser.add_argument("--browser", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="reception-soak-") as folder:
        live = LiveShop(Path(folder) / "data")
        live.open()
        shop = Shop(live)
        say(f"seeds {chosen.seed} to {chosen.seed + max(chosen.journeys, chosen.browser) - 1}")
        verdict = many(shop, chosen.seed, chosen.journeys)
        if chosen.browser:
            from tests.soak import browser

            seeds = range(chosen.seed, chosen.seed + chosen.browser)
            verdict.add(browser.run(shop, seeds, say))
        sound = live.command("check")
        live.close()
    say(sound.stdout.strip())
    say(
        json.dumps(
            {
                "journeys": chosen.journeys, "browser_journeys": chosen.browser,
                "lost": len(verdict.lost), "doubled": len(verdict.doubled),
                "reordered": len(verdict.reordered),
            }
        )
    )  # fmt: skip
    return 0 if verdict.is_sound and sound.returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
