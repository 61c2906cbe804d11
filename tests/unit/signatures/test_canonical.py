"""The canonical text of a value, against RFC 8785's own examples and against itself."""

import hashlib
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.signatures.canonical import (
    LARGEST_WHOLE_NUMBER,
    NotCanonical,
    canonical,
    read_canonical,
    sha256_of,
)

VECTORS = json.loads(
    (Path(__file__).parents[2] / "data" / "vectors" / "canonical.json").read_text("utf-8")
)

whole_numbers = st.integers(-LARGEST_WHOLE_NUMBER, LARGEST_WHOLE_NUMBER)
parts = st.floats(allow_nan=False, allow_infinity=False).filter(
    lambda number: abs(number) <= LARGEST_WHOLE_NUMBER or abs(number) >= 1e21
)
# Hypothesis makes no lone surrogates here, but everything else of Unicode.
texts = st.text(st.characters(exclude_categories=["Cs"]))
json_values = st.recursive(
    st.none() | st.booleans() | whole_numbers | parts | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("vector", VECTORS["values"], ids=lambda v: v["name"])
def test_a_value_has_the_text_written_by_hand(vector: dict[str, str]) -> None:
    text = canonical(json.loads(vector["json"]))

    assert text.decode("utf-8") == vector["canonical"]
    assert hashlib.sha256(text).hexdigest() == vector["sha256"]


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda v: v["name"])
def test_a_value_without_a_safe_text_is_refused(vector: dict[str, str]) -> None:
    with pytest.raises(NotCanonical, match=f"^{vector['code']}$"):
        canonical(json.loads(vector["json"]))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (math.nan, "NOT_FINITE"),
        ([math.inf], "NOT_FINITE"),
        (2**53, "NUMBER_TOO_LARGE"),
        (10**400, "NUMBER_TOO_LARGE"),
        ({1: "name is no text"}, "NOT_JSON_VALUE"),
        (b"bytes", "NOT_JSON_VALUE"),
        ({"set"}, "NOT_JSON_VALUE"),
    ],
)
def test_what_json_cannot_say_is_refused(value: Any, code: str) -> None:
    with pytest.raises(NotCanonical, match=f"^{code}$"):
        canonical(value)


@given(json_values)
def test_a_canonical_text_reads_back_as_the_same_value(value: Any) -> None:
    assert read_canonical(canonical(value)) == value


@given(st.dictionaries(texts, whole_numbers, max_size=6), st.randoms())
def test_the_order_of_names_does_not_matter(value: dict[str, int], chance: Any) -> None:
    names = list(value)
    chance.shuffle(names)

    assert sha256_of({name: value[name] for name in names}) == sha256_of(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "NOT_JSON"),
        (b"{", "NOT_JSON"),
        (b"\xff", "NOT_JSON"),
        (b"[" * 100_000, "NOT_JSON"),
        (b"1" * 5_000, "NOT_JSON"),
        (b"\xef\xbb\xbf1", "NOT_JSON"),
        (b"NaN", "NOT_JSON"),
        (b"1.0", "NOT_CANONICAL"),
        (b' {"a":1}', "NOT_CANONICAL"),
        (b'{"b":1,"a":1}', "NOT_CANONICAL"),
        (b'{"a":1,"a":1}', "NOT_CANONICAL"),
        (b'"\\u0041"', "NOT_CANONICAL"),
        (b'"\\ud800"', "LONE_SURROGATE"),
    ],
)
def test_a_text_that_is_not_the_canonical_one_is_refused(text: bytes, code: str) -> None:
    with pytest.raises(NotCanonical, match=f"^{code}$"):
        read_canonical(text)
