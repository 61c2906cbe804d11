"""Canonical JSON (RFC 8785), so that a hash made on the tablet equals the one made here.

Keep in step with static/js/lib/canonical.js; tests/data/vectors/canonical.json compares them.
Stricter than the RFC in one point: a number whose text would be a whole number beyond
±(2^53 − 1) is refused, because JavaScript could not read it back unchanged.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import rfc8785

# JavaScript's Number.MAX_SAFE_INTEGER.
LARGEST_WHOLE_NUMBER = 2**53 - 1
# From here on ECMAScript writes a number with an exponent, so it never looks like a whole one.
FIRST_EXPONENT_NUMBER = 1e21
# Objects and lists inside each other; ours need seven, a hostile text may hold a million.
MAX_DEPTH = 64


class NotCanonical(ValueError):
    """The value or text has no canonical form (a code such as LONE_SURROGATE is the message)."""


def canonical(value: Any) -> bytes:
    """The one UTF-8 text of a JSON value; raises NotCanonical if it has none."""
    _refuse_unsafe(value, depth=0)
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as problem:
        raise NotCanonical("NOT_JSON_VALUE") from problem


def sha256_of(value: Any) -> str:
    """SHA-256 (64 lower-case hex digits) of the canonical form."""
    return hashlib.sha256(canonical(value)).hexdigest()


def read_canonical(text: bytes) -> Any:
    """The value of a canonical text; raises NotCanonical unless every byte is as it must be."""
    try:
        value = json.loads(text.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as problem:
        raise NotCanonical("NOT_JSON") from problem
    if canonical(value) != text:
        raise NotCanonical("NOT_CANONICAL")
    return value


def _refuse_unsafe(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise NotCanonical("TOO_DEEP")
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        _refuse_lone_surrogate(value)
    elif isinstance(value, int | float):
        _refuse_unsafe_number(value)
    elif isinstance(value, Mapping):
        for name, member in value.items():
            if not isinstance(name, str):
                raise NotCanonical("NOT_JSON_VALUE")
            _refuse_lone_surrogate(name)
            _refuse_unsafe(member, depth + 1)
    elif isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        for member in value:
            _refuse_unsafe(member, depth + 1)
    else:
        raise NotCanonical("NOT_JSON_VALUE")


def _refuse_lone_surrogate(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotCanonical("LONE_SURROGATE") from None


def _refuse_unsafe_number(number: int | float) -> None:
    if isinstance(number, int):
        if abs(number) > LARGEST_WHOLE_NUMBER:
            raise NotCanonical("NUMBER_TOO_LARGE")
        return
    if number != number or number in (float("inf"), float("-inf")):
        raise NotCanonical("NOT_FINITE")
    if LARGEST_WHOLE_NUMBER < abs(number) < FIRST_EXPONENT_NUMBER:
        raise NotCanonical("NUMBER_TOO_LARGE")


def _refuse_constant(name: str) -> float:
    raise NotCanonical("NOT_FINITE")
