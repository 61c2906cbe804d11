"""Reading fields: figures as people write them, texts just as they were typed."""

import json
from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from inspect_app.errors import Invalid
from inspect_app.fields import Fields
from tests.conftest import corpus


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("84210", 84210),
        (" 84,210 ", 84210),
        ("84 210", 84210),
        ("1'234'567", 1234567),
        ("0", 0),
        ("007", 7),
        ("８４２１０", 84210),
        ("", None),
    ],
)
def test_a_whole_number_is_read_however_it_is_grouped(text: str, value: int | None) -> None:
    fields = Fields(MultiDict({"n": text}))

    assert fields.whole("n", 0, 2_000_000) == value
    assert fields.problems == {}


@pytest.mark.parametrize(
    "text",
    ["-1", "1000000000000", "12.5", "12,5", "1e5", "½", "0x10", "--1", "NaN", "1,2,3", "9" * 400],
)
def test_anything_else_is_a_problem_at_its_field(text: str) -> None:
    fields = Fields(MultiDict({"n": text}))

    assert fields.whole("n", 0, 2_000_000) is None
    assert list(fields.problems) == ["n"]


def test_of_several_values_the_last_that_says_something_counts() -> None:
    fields = Fields(MultiDict([("n", "3"), ("n", "0"), ("n", "")]))

    assert fields.whole("n", 0, 9) == 0


def test_every_problem_is_told_at_once() -> None:
    fields = Fields(MultiDict({"a": "x", "b": "31.12.2027", "c": "\x00"}))
    fields.whole("a", 0, 1)
    fields.day("b", date(1980, 1, 1), date(2100, 1, 1))
    fields.line("c", 10)

    with pytest.raises(Invalid) as refusal:
        fields.check()

    assert set(refusal.value.problems) == {"a", "b", "c"}


def test_hostile_texts_are_kept_as_they_are_or_refused_never_changed() -> None:
    strings = ["<b>", "\u202etest\u202c", "田中さんにあげて下さい", "\x07bell"]
    place = corpus()
    if place is not None:
        strings += json.loads((place / "text" / "blns.json").read_text())

    for text in strings:
        fields = Fields(MultiDict({"t": text}))
        read = fields.text("t", 10_000)

        assert fields.problems or read == text.strip()


@pytest.mark.parametrize(
    ("typed", "hundredths"),
    [("1.5", 150), ("1,5", 150), ("2", 200), ("0.25", 25), ("\uff11.5", 150), ("", None)],
)
def test_a_number_with_decimals_is_whole_hundredths(typed: str, hundredths: int | None) -> None:
    fields = Fields(MultiDict({"hours": typed}))

    assert fields.hundredths("hours", 0, 100_000) == hundredths
    assert fields.problems == {}


@pytest.mark.parametrize("typed", ["-1", "1.555", "1e3", "x", "9" * 40, "\u0661"])
def test_a_number_that_is_none_is_refused(typed: str) -> None:
    fields = Fields(MultiDict({"hours": typed}))

    assert fields.hundredths("hours", 0, 100_000) is None
    assert "hours" in fields.problems
