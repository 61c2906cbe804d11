"""Writing a constant of the shop as a JavaScript value."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from types import FunctionType, MappingProxyType
from typing import Any

from flask_babel import LazyString

Reference = Callable[..., str]


def written(value: Any, reference: Reference) -> str:
    """The value as an expression; TypeError where it is none of the kinds that are known.

    `reference` names functions and classes that stand inside of it.
    """
    if isinstance(value, Enum):
        return written(value.value, reference)
    if value is None or isinstance(value, str | bool | int | float):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, LazyString):
        given = {name: str(said) for name, said in value._kwargs.items()}
        return f"words.lazy({json.dumps(value._args[0])}, {json.dumps(given)})"
    if isinstance(value, tuple | list):
        return f"[{', '.join(written(each, reference) for each in value)}]"
    if isinstance(value, set | frozenset):
        inside = sorted(written(each, reference) for each in value)
        return f"new py.PySet([{', '.join(inside)}])"
    if isinstance(value, Mapping | MappingProxyType):
        pairs = (
            f"[{written(key, reference)}, {written(item, reference)}]"
            for key, item in value.items()
        )
        return f"new py.PyDict([{', '.join(pairs)}])"
    if isinstance(value, re.Pattern):
        source = json.dumps(value.pattern, ensure_ascii=False)
        return f"py.pattern({source}, {bool(value.flags & re.A):d})"
    if isinstance(value, timedelta):
        return f"new py.Span({round(value.total_seconds() * 1000)})"
    if isinstance(value, datetime):
        return f"py.moment({json.dumps(value.isoformat())})"
    if isinstance(value, date):
        return f"py.day({json.dumps(value.isoformat())})"
    if isinstance(value, time):
        return f"new py.Clock({value.hour}, {value.minute})"
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, FunctionType | type) and value.__name__ != "<lambda>":
        return reference(value)
    if is_dataclass(value):
        parts = (written(getattr(value, member.name), reference) for member in fields(value))
        return f"new ({reference(type(value))})({', '.join(parts)})"
    raise TypeError(f"no value of {type(value).__name__} is known on the tablet")
