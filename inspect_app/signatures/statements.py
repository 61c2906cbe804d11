"""The statements of a check-in: what each is about, its words in a language, and its photos.

Page, sealing and guards all take them from here, so what is shown is what is sealed and compared.
Statements of other occasions are their own nouns' (sittings.py).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import g
from flask_babel import force_locale

from inspect_app.signatures import condition_words, order_words, things_words
from inspect_app.signatures.lines import Line
from inspect_app.signatures.rules import (
    CONDITION,
    DISCREPANCY,
    ITEMS,
    ORDER,
    STATEMENT_ORDER,
    Facts,
)
from inspect_app.signatures.seal import facts_of
from inspect_app.visits.file import NotedPhoto, VisitFile

STATEMENT_OF_SUBJECT = {
    "angle": CONDITION,
    "mark": CONDITION,
    "check": CONDITION,
    "reading": CONDITION,
    "finding": CONDITION,
    "belonging": ITEMS,
    "paper": DISCREPANCY,
}
"""Which statement a photo belongs to, by what it is of. The page tells the tablet the same."""

_FACTS: dict[str, Callable[[VisitFile], dict[str, Any]]] = {
    ORDER: order_words.facts,
    DISCREPANCY: things_words.papers_facts,
    ITEMS: things_words.items_facts,
    CONDITION: condition_words.facts,
}


@dataclass(frozen=True)
class Statement:
    """One statement in one language. `words` are its lines as shown; facts know no language."""

    code: str
    title: str
    lines: tuple[Line, ...]
    facts: dict[str, Any]
    photos: tuple[dict[str, str], ...]

    @property
    def words(self) -> list[str]:
        """The exact lines that are shown and sealed."""
        return [line.text for line in self.lines]

    @property
    def asks(self) -> bool:
        """Whether the customer answers something on the page."""
        return any(line.kind == "choice" for line in self.lines)


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Words, names and amounts in this language, whoever is signed in."""
    before = g.get("locale")
    g.locale = language
    try:
        with force_locale(language):
            yield
    finally:
        g.locale = before


def codes_of(file: VisitFile) -> tuple[str, ...]:
    """The statements that this visit has; SD only while a paper is not in order."""
    return tuple(
        code for code in STATEMENT_ORDER if code != DISCREPANCY or things_words.discrepant(file)
    )


def facts(code: str, file: VisitFile) -> dict[str, Any]:
    """What the statement is about now."""
    return _FACTS[code](file)


def photos(code: str, file: VisitFile) -> list[NotedPhoto]:
    """The photos that the customer is shown with the statement; later ones are not part of it."""
    return [
        noted
        for noted in file.photos
        if STATEMENT_OF_SUBJECT.get(noted.photo.subject) == code and not noted.photo.after_signature
    ]


def facts_now(file: VisitFile) -> dict[str, Facts]:
    """What a signature must have seen to stand, by statement."""
    return {
        code: facts_of(code, facts(code, file), (n.photo.sha256 for n in photos(code, file)))
        for code in codes_of(file)
    }


def statement(code: str, file: VisitFile, language: str) -> Statement:
    """The statement in a language."""
    shown = [
        {"id": str(noted.photo.id), "sha256": noted.photo.sha256} for noted in photos(code, file)
    ]
    with in_language(language):
        title, lines = said(code, file, len(shown))
    return Statement(code, title, tuple(lines), facts(code, file), tuple(shown))


def words(code: str, file: VisitFile, language: str, photo_count: int) -> list[str]:
    """The lines alone, as they are with so many photos."""
    with in_language(language):
        return [line.text for line in said(code, file, photo_count)[1]]


def said(code: str, file: VisitFile, photo_count: int) -> tuple[str, list[Line]]:
    """Title and lines in the language of this answer."""
    if code == ORDER:
        return order_words.title(), order_words.lines(file)
    if code == DISCREPANCY:
        return things_words.papers_title(), things_words.papers_lines(file)
    if code == ITEMS:
        return things_words.items_title(), things_words.items_lines(file)
    return condition_words.title(), condition_words.lines(file, photo_count)
