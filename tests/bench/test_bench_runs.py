"""The bench runs to its end and says what it promises; its figures are not judged here."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MEMBERS = {"goal", "metric", "value", "unit", "limit", "ratio", "target", "spread"}


def run_bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bench", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=150, check=False,
    )  # fmt: skip


def test_each_goal_gives_lines_of_the_promised_shape() -> None:
    goals = ("G3", "G6", "G11")

    ran = run_bench("--short", *goals)

    assert ran.returncode == 0, ran.stderr
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [line["goal"] for line in lines] == list(goals)
    assert all(set(line) == MEMBERS for line in lines)
    assert all(line["value"] > 0 and line["limit"] > 0 for line in lines)
    assert [line["target"] for line in lines] == [None, 4.0, 2.5]


def test_a_goal_that_does_not_exist_is_named() -> None:
    ran = run_bench("--short", "G99")

    assert ran.returncode == 2
    assert "G99" in ran.stderr
    assert ran.stdout == ""
