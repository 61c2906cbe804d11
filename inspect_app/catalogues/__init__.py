"""The word lists of the reception, each in English, Korean and Chinese, kept in `lists.json`.

Zones, points, indicators, papers, belongings, damage types, severities, checks and the glossary
come from the plant's default check lists (process, section 6); stations, states, roles and the
short choices from sections 2 to 5. Codes are stable: add, never rename.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: a stable code and its name in each language of the app."""

    code: str
    en: str
    ko: str
    zh: str

    def name(self, locale: str) -> str:
        """The name in the language of a tag such as `ko`, `zh-Hans` or `zh_CN`, else in English."""
        language = locale.replace("_", "-").partition("-")[0].lower()
        return {"ko": self.ko, "zh": self.zh}.get(language, self.en)


@cache
def _lists() -> Mapping[str, Mapping[str, Entry]]:
    text = files(__name__).joinpath("lists.json").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            list_name: MappingProxyType({row["code"]: Entry(**row) for row in rows})
            for list_name, rows in json.loads(text).items()
        }
    )


def list_names() -> tuple[str, ...]:
    """The names of all lists."""
    return tuple(_lists())


def entries(list_name: str) -> tuple[Entry, ...]:
    """The entries of a list in its own order; raises KeyError for an unknown list."""
    return tuple(_lists()[list_name].values())


def codes(list_name: str) -> tuple[str, ...]:
    """The codes of a list in its own order; raises KeyError for an unknown list."""
    return tuple(_lists()[list_name])


def is_code(list_name: str, code: str) -> bool:
    """Whether the list has this code; raises KeyError for an unknown list."""
    return code in _lists()[list_name]


def name_of(list_name: str, code: str, locale: str) -> str:
    """The name of a code for people; raises KeyError for an unknown list or code."""
    return _lists()[list_name][code].name(locale)


def term(code: str, locale: str) -> str:
    """A screen term of the glossary (process, section 7); raises KeyError for an unknown code."""
    return name_of("glossary", code, locale)
