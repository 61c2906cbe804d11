"""The words for people in each language of the app."""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).parents[3] / "inspect_app/catalogues/translations"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")


def catalogue(language: str) -> Catalog:
    """The catalogue of a language, as it stands in the repository."""
    with (TRANSLATIONS / language / "LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> Iterator[Message]:
    """Its messages without the head."""
    return (message for message in catalogue(language) if message.id)


def texts(words: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """A text, or the forms of one that counts."""
    return (words,) if isinstance(words, str) else tuple(words or ("",))


@pytest.mark.parametrize("language", ["ko", "zh"])
def test_every_text_is_translated(language: str) -> None:
    empty = [m.id for m in messages(language) if not all(w.strip() for w in texts(m.string))]

    assert empty == []


@pytest.mark.parametrize("language", ["ko", "zh"])
def test_no_translation_is_a_guess(language: str) -> None:
    guessed = [message.id for message in messages(language) if message.fuzzy]

    assert guessed == []


@pytest.mark.parametrize("language", ["ko", "zh"])
def test_a_translation_has_the_placeholders_of_its_text(language: str) -> None:
    others = [
        (message.id, words)
        for message in messages(language)
        for words in texts(message.string)
        if Counter(PLACEHOLDER.findall(words))
        != Counter(PLACEHOLDER.findall(texts(message.id)[-1]))
    ]

    assert others == []


@pytest.mark.parametrize("language", ["ko", "zh"])
def test_a_catalogue_compiles_with_all_its_texts(language: str) -> None:
    compiled = BytesIO()

    write_mo(compiled, catalogue(language))

    compiled.seek(0)
    assert {texts(m.id) for m in read_mo(compiled) if m.id} == {
        texts(m.id) for m in messages(language)
    }


def test_the_languages_have_the_same_texts() -> None:
    korean, chinese = ({texts(m.id) for m in messages(language)} for language in ("ko", "zh"))

    assert korean == chinese
