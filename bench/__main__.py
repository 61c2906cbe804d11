"""`python -m bench [--short] [goal …]`: one line of JSON per goal on the output."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence

from bench import browser, check_in, killed, labels, machine, pages, papers, saving
from bench.measure import SHORT, Effort, Line
from bench.run import Run, a_run

GOALS: dict[str, Callable[[Run], Iterator[Line]]] = {
    "G1": pages.record,
    "G3": pages.statements,
    "G6": saving.save,
    "G8": saving.photo,
    "G11": papers.label,
    "G12": papers.sheet,
    "G13": browser.record_cold,
    "G14": browser.record_warm,
    "G15": check_in.check_in,
    "G17": browser.scripts,
    "G18": machine.memory,
    "G19": machine.start,
    "G21": killed.killed,
    "label_decode": labels.label_decode,
    "board": pages.board,
    "walkaround": browser.walkaround,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures what was asked for, or everything. The exit code is 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("goals", nargs="*", metavar="goal", help=", ".join(GOALS))
    parser.add_argument("--short", action="store_true", help="the shape of the lines, no figures")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.goals) - set(GOALS):
        parser.error(f"no such goal: {', '.join(sorted(unknown))}")
    effort = SHORT if chosen.short else Effort()
    missed = []
    with a_run(effort) as run:
        for name in chosen.goals or GOALS:
            for line in GOALS[name](run):
                print(line.as_json(), flush=True)
                if not line.is_met:
                    missed.append(line)
    for line in missed:
        print(f"missed: {line.goal} {line.metric}", file=sys.stderr)
    return 1 if missed and not effort.is_short else 0


if __name__ == "__main__":
    sys.exit(main())
