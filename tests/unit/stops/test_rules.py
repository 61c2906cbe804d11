"""T41: the work so far is priced, and whether the car is safe to drive is said."""

from typing import Any

import pytest

from inspect_app.stops.rules import LineDone, missing_for_stop

SAID: dict[str, Any] = {
    "reason": "Sells the car instead", "asked_by": "Sora Kim", "is_safe": True, "warning": "",
}  # fmt: skip


def codes(lines: tuple[LineDone, ...], **changes: Any) -> list[str]:
    return [one.code for one in missing_for_stop(lines, **{**SAID, **changes})]


def test_a_stop_with_every_line_priced_may_be_taken() -> None:
    lines = (
        LineDone("all", ordered=50_000),
        LineDone("part", ordered=90_000, amount=30_000),
        LineDone("none", ordered=None),
    )

    assert codes(lines) == []
    assert [line.charged for line in lines] == [50_000, 30_000, 0]


def test_an_unsafe_car_needs_the_words_that_say_so() -> None:
    assert codes((), is_safe=False) == ["WARNING_MISSING"]
    assert codes((), is_safe=False, warning="No brakes at the rear") == []


@pytest.mark.parametrize(
    ("lines", "changes", "code"),
    [
        ((LineDone(""),), {}, "LINE_UNANSWERED"),
        ((LineDone("part", ordered=90_000),), {}, "LINE_NOT_PRICED"),
        ((LineDone("all", ordered=None),), {}, "LINE_NOT_PRICED"),
        ((), {"reason": " "}, "REASON_MISSING"),
        ((), {"asked_by": ""}, "ASKER_MISSING"),
        ((), {"is_safe": None}, "SAFETY_UNANSWERED"),
    ],
)
def test_a_stop_lacks(lines: tuple[LineDone, ...], changes: dict[str, Any], code: str) -> None:
    assert codes(lines, **changes) == [code]
