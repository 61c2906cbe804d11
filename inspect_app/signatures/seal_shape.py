"""The shape of a sealed document, member by member (the schema stands in seal.py)."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from inspect_app.signatures.rules import CODES
from inspect_app.signatures.times import read_iso_ms

LANGUAGES = frozenset({"en", "ko", "zh"})

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
# What a member must be: takes its path and value, gives the paths that are wrong.
Form = Callable[[str, Any], Iterator[str]]


def shape_problems(document: Mapping[str, Any]) -> list[str]:
    """The paths of members that are missing, unknown or of a wrong form."""
    return list(_DOCUMENT("", document))


def _a(is_right: Callable[[Any], bool]) -> Form:
    def check(path: str, value: Any) -> Iterator[str]:
        if not is_right(value):
            yield path

    return check


def _object(members: Mapping[str, Form], others: Form | None = None) -> Form:
    def check(path: str, value: Any) -> Iterator[str]:
        if not isinstance(value, dict):
            yield path
            return
        for name in sorted(set(members) - set(value)):
            yield _join(path, name)
        for name, member in sorted(value.items()):
            form = members.get(name, others)
            if form is None:
                yield _join(path, name)
            else:
                yield from form(_join(path, name), member)

    return check


def _list(form: Form, at_least: int = 0) -> Form:
    def check(path: str, value: Any) -> Iterator[str]:
        if not isinstance(value, list) or len(value) < at_least:
            yield path
            return
        for index, member in enumerate(value):
            yield from form(_join(path, str(index)), member)

    return check


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_flat(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float)


_TEXT = _a(_is_text)
_ANY_TEXT = _a(lambda value: isinstance(value, str))
_ID = _a(_is_id)
_HASH = _a(lambda value: isinstance(value, str) and _SHA256.fullmatch(value) is not None)
_TIME = _a(lambda value: read_iso_ms(value) is not None)
_DICT = _a(lambda value: isinstance(value, dict))

_STATEMENT = _object(
    {
        "code": _a(lambda value: value in CODES),
        "title": _TEXT,
        "words": _list(_TEXT, at_least=1),
        "facts": _DICT,
        "photos": _list(_object({"id": _ID, "sha256": _HASH})),
        "acknowledged_at": _TIME,
        "sha256": _HASH,
    }
)
_DOCUMENT = _object(
    {
        "schema": _TEXT,
        "site": _object({"id": _ID, "name": _TEXT}),
        "visit": _object({"id": _ID, "plate": _ANY_TEXT}, others=_a(_is_flat)),
        "language": _a(lambda value: isinstance(value, str) and value in LANGUAGES),
        "statements": _list(_STATEMENT, at_least=1),
        "signer": _object({"name": _TEXT, "relation": _TEXT}),
        # strokes.py looks inside.
        "drawing": _DICT,
        "signed_at": _TIME,
        "tablet": _object(
            {
                "id": _a(lambda value: value is None or _is_id(value)),
                "clock_offset_ms": _a(_is_whole),
            }
        ),
        "taken_by": _object({"id": _ID, "name": _TEXT}),
    }
)
