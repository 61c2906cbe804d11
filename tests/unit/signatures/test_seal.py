"""The sealed document: made by fixed rules, and every change to it found."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from inspect_app.signatures.canonical import canonical
from inspect_app.signatures.seal import (
    MAX_DOCUMENT_BYTES,
    SealProblem,
    build_document,
    document_hash,
    facts_of,
    statement_hash,
    verify_document,
)

VECTORS = json.loads(
    (Path(__file__).parents[2] / "data" / "vectors" / "documents.json").read_text("utf-8")
)
CASES = VECTORS["cases"]
Change = Callable[[dict[str, Any]], object]


def changed(change: Change) -> bytes:
    """The first document with a change, its statement hashes made right again."""
    document = deepcopy(json.loads(CASES[0]["document"]))
    change(document)
    for statement in document["statements"]:
        if {"title", "words", "facts", "photos", "code"} <= set(statement):
            statement["sha256"] = statement_hash(statement, document["language"])
    return canonical(document)


def problem_codes(document_bytes: bytes) -> set[str]:
    return {problem.code for problem in verify_document(document_bytes)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_sitting_becomes_the_document_of_the_vectors(case: dict[str, Any]) -> None:
    document = build_document(case["sitting"])

    assert canonical(document).decode("utf-8") == case["document"]
    assert document_hash(document) == case["sha256"]
    assert document["signed_at"] == case["signed_at"]
    assert [s["sha256"] for s in document["statements"]] == case["statement_sha256"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_nothing_is_wrong_with_a_document_of_the_vectors(case: dict[str, Any]) -> None:
    assert verify_document(case["document"].encode("utf-8")) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_facts_have_a_hash_of_their_own(case: dict[str, Any]) -> None:
    statements = case["sitting"]["statements"]

    hashes = [facts_of(s["code"], s["facts"]).sha256 for s in statements]

    assert hashes == case["facts_sha256"]


def test_the_words_and_the_language_change_a_statement_but_not_its_facts() -> None:
    statement = CASES[0]["sitting"]["statements"][0]
    reworded = {**statement, "words": ["Engine oil"]}

    assert statement_hash(statement, "ko") != statement_hash(reworded, "ko")
    assert statement_hash(statement, "ko") != statement_hash(statement, "en")
    assert facts_of("S1", statement["facts"]) == facts_of("S1", reworded["facts"])


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("title", "Another title"),
        ("words", ["Other words"]),
        ("facts", {}),
        ("photos", [{"id": "00000031-0000-4000-8000-000000000031", "sha256": "0" * 64}]),
    ],
)
def test_a_statement_changed_after_it_was_hashed_is_found(member: str, value: Any) -> None:
    document = json.loads(CASES[0]["document"])
    document["statements"][3][member] = value

    assert verify_document(canonical(document)) == [SealProblem("STATEMENT_HASH", "S2")]


def test_another_language_than_the_one_shown_is_found() -> None:
    document = json.loads(CASES[0]["document"])
    document["language"] = "en"

    assert problem_codes(canonical(document)) == {"STATEMENT_HASH"}


def statement(document: dict[str, Any], index: int) -> Any:
    return document["statements"][index]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda d: d.update(schema="vehicle-reception/seal/2"), SealProblem("WRONG_SCHEMA")),
        (lambda d: d.update(extra=1), SealProblem("WRONG_SHAPE", "extra")),
        (lambda d: d.pop("signer"), SealProblem("WRONG_SHAPE", "signer")),
        (lambda d: d.update(language="fr"), SealProblem("WRONG_SHAPE", "language")),
        (lambda d: d.update(language=[]), SealProblem("WRONG_SHAPE", "language")),
        (lambda d: d.update(statements=[]), SealProblem("WRONG_SHAPE", "statements")),
        (lambda d: d["site"].update(id="1"), SealProblem("WRONG_SHAPE", "site.id")),
        (lambda d: d["visit"].update(car={}), SealProblem("WRONG_SHAPE", "visit.car")),
        (lambda d: d["signer"].update(name=" "), SealProblem("WRONG_SHAPE", "signer.name")),
        (lambda d: d["tablet"].update(clock_offset_ms=0.5),
         SealProblem("WRONG_SHAPE", "tablet.clock_offset_ms")),
        (lambda d: d.update(signed_at="2026-11-23T10:30:05Z"),
         SealProblem("WRONG_SHAPE", "signed_at")),
        (lambda d: d.update(signed_at="2026-13-23T10:30:05.000Z"),
         SealProblem("WRONG_SHAPE", "signed_at")),
        (lambda d: statement(d, 0).update(code="S9"),
         SealProblem("WRONG_SHAPE", "statements.0.code")),
        (lambda d: statement(d, 0).update(words=[]),
         SealProblem("WRONG_SHAPE", "statements.0.words")),
        (lambda d: statement(d, 0).update(words=["", "x"]),
         SealProblem("WRONG_SHAPE", "statements.0.words.0")),
        (lambda d: statement(d, 0).pop("acknowledged_at"),
         SealProblem("WRONG_SHAPE", "statements.0.acknowledged_at")),
        (lambda d: statement(d, 0).update(acknowledged_at=None),
         SealProblem("WRONG_SHAPE", "statements.0.acknowledged_at")),
        (lambda d: statement(d, 3)["photos"][0].update(sha256="F" * 64),
         SealProblem("WRONG_SHAPE", "statements.3.photos.0.sha256")),
        (lambda d: statement(d, 3).update(photos=statement(d, 3)["photos"] * 2),
         SealProblem("PHOTO_TWICE", "S2")),
        (lambda d: d["statements"].insert(2, statement(d, 1)), SealProblem("STATEMENT_ORDER")),
        (lambda d: d["statements"].reverse(), SealProblem("STATEMENT_ORDER")),
        (lambda d: statement(d, 1).update(acknowledged_at="2026-11-23T10:30:05.251Z"),
         SealProblem("ACKNOWLEDGED_LATE", "SD")),
        (lambda d: d["drawing"].update(groups=[]), SealProblem("BLANK", "drawing")),
        (lambda d: d["drawing"].update(groups=[[[50, 50, 0, 0]]]),
         SealProblem("DOTS_ONLY", "drawing")),
        (lambda d: d["drawing"].update(width=0), SealProblem("BAD_BOX", "drawing")),
        (lambda d: d["drawing"]["groups"][-1][-1].__setitem__(2, 1795430000000),
         SealProblem("SIGNED_EARLY", "signed_at")),
    ],
    ids=lambda value: f"{value.code} {value.where}" if isinstance(value, SealProblem) else "",
)  # fmt: skip
def test_a_document_against_the_rules_is_found(change: Change, problem: SealProblem) -> None:
    assert problem in verify_document(changed(change))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "NOT_JSON"),
        (b"[]", "WRONG_SCHEMA"),
        (b"null", "WRONG_SCHEMA"),
        (b" " * (MAX_DOCUMENT_BYTES + 1), "TOO_LARGE"),
        (CASES[0]["document"].encode("utf-8") + b"\n", "NOT_CANONICAL"),
        (CASES[0]["document"].encode("utf-16"), "NOT_JSON"),
    ],
)
def test_bytes_that_are_no_document_are_found(text: bytes, code: str) -> None:
    assert verify_document(text) == [SealProblem(code)]
