"""The sealed document: everything shown and signed with one drawing, as one canonical text.

Keep in step with static/js/lib/seal.js; tests/data/vectors/documents.json compares them.
Schema `vehicle-reception/seal/1`, every member required, no other member allowed:

    schema       "vehicle-reception/seal/1"
    site         {id, name}
    visit        {id, plate} and any further flat members (text, number, true, false, null)
    language     "en", "ko" or "zh": the language of the words shown
    statements   at least one, in the order of `CODES` (rules.py), each code once:
      code             "S1", "SD", "SI", "S2", "SR", "SB", "SC", "SP" or "S4"
      title            the heading shown
      words            the lines shown, at least one, none blank
      facts            an object: the same as data, names no photos
      photos           [{id, sha256}] in the order shown; the hash of the bytes as (to be) sent
      acknowledged_at  when the signer tapped that it was read, not later than signed_at
      sha256           of the canonical {code, title, language, words, facts, photos}
    signer       {name, relation}: the person with the pen, relation as a code
    drawing      {width, height, groups}: canvas in CSS px, each group a list of points
                 [x, y, time, pressure]; x and y to 0.1 px, Unix time in ms, pressure to 0.01
    signed_at    not earlier than the last point of the drawing
    tablet       {id, clock_offset_ms}: id or null; whole ms to add for the server's time
    taken_by     {id, name}: who of the staff handed the tablet over

Ids are lower-case UUIDs; times are the tablet's, UTC, such as 2026-11-23T09:05:00.250Z; hashes
are 64 lower-case hex digits of SHA-256. The document's own hash is that of its canonical bytes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from inspect_app.signatures.canonical import NotCanonical, read_canonical, sha256_of
from inspect_app.signatures.rules import CODES, Facts
from inspect_app.signatures.seal_shape import shape_problems
from inspect_app.signatures.strokes import StrokesRefused, read_drawing
from inspect_app.signatures.times import iso_ms, read_iso_ms

SCHEMA = "vehicle-reception/seal/1"
# The longest drawing takes 0.7 MB; the rest is words.
MAX_DOCUMENT_BYTES = 4 * 1024 * 1024
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class SealProblem:
    """What is wrong with a document, and where (a path such as `statements.0.words`, or a code).

    TOO_LARGE, NOT_JSON, NOT_CANONICAL (or another code of canonical.py), WRONG_SCHEMA, WRONG_SHAPE,
    STATEMENT_ORDER, STATEMENT_HASH, ACKNOWLEDGED_LATE, SIGNED_EARLY, PHOTO_TWICE, or a code of
    strokes.py.
    """

    code: str
    where: str = ""


def statement_hash(statement: Mapping[str, Any], language: str) -> str:
    """SHA-256 of what a statement says: its words, language, facts and photos."""
    return sha256_of(
        {
            "code": statement["code"],
            "title": statement["title"],
            "language": language,
            "words": statement["words"],
            "facts": statement["facts"],
            "photos": statement["photos"],
        }
    )


def facts_of(code: str, facts: Mapping[str, Any], photos: Iterable[str] = ()) -> Facts:
    """What a signature on this holds for, whatever the words and the language shown.

    `photos` are the hashes of the photos' bytes as received.
    """
    return Facts(sha256_of({"code": code, "facts": facts}), frozenset(photos))


def document_hash(document: Mapping[str, Any]) -> str:
    """SHA-256 of the document's canonical bytes."""
    return sha256_of(document)


def build_document(sitting: Mapping[str, Any]) -> dict[str, Any]:
    """The document of a sitting: its members without `schema` and the statements' `sha256`.

    `signed_at` is moved to the last acknowledgement or stroke if the clock was put back between.
    """
    language = sitting["language"]
    moments = [sitting["signed_at"], *(s["acknowledged_at"] for s in sitting["statements"])]
    moments.append(_iso_of_ms(_last_stroke_ms(sitting["drawing"])))
    return {
        "schema": SCHEMA,
        "site": sitting["site"],
        "visit": sitting["visit"],
        "language": language,
        "statements": [
            {**statement, "sha256": statement_hash(statement, language)}
            for statement in sitting["statements"]
        ],
        "signer": sitting["signer"],
        "drawing": sitting["drawing"],
        # Texts of this form sort as their times do.
        "signed_at": max(moments),
        "tablet": sitting["tablet"],
        "taken_by": sitting["taken_by"],
    }


def verify_document(document_bytes: bytes) -> list[SealProblem]:
    """Everything that is wrong with a document as it came; an empty list means nothing."""
    if len(document_bytes) > MAX_DOCUMENT_BYTES:
        return [SealProblem("TOO_LARGE")]
    try:
        document = read_canonical(document_bytes)
    except NotCanonical as problem:
        return [SealProblem(str(problem))]
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        return [SealProblem("WRONG_SCHEMA")]
    if misshapen := shape_problems(document):
        return [SealProblem("WRONG_SHAPE", where) for where in misshapen]
    return [*_statement_problems(document), *_drawing_problems(document)]


def _statement_problems(document: Mapping[str, Any]) -> list[SealProblem]:
    problems: list[SealProblem] = []
    ranks = [CODES.index(s["code"]) for s in document["statements"]]
    if ranks != sorted(set(ranks)):
        problems.append(SealProblem("STATEMENT_ORDER"))
    for statement in document["statements"]:
        code = statement["code"]
        if statement["sha256"] != statement_hash(statement, document["language"]):
            problems.append(SealProblem("STATEMENT_HASH", code))
        if statement["acknowledged_at"] > document["signed_at"]:
            problems.append(SealProblem("ACKNOWLEDGED_LATE", code))
        photo_ids = [photo["id"] for photo in statement["photos"]]
        if len(photo_ids) != len(set(photo_ids)):
            problems.append(SealProblem("PHOTO_TWICE", code))
    return problems


def _drawing_problems(document: Mapping[str, Any]) -> list[SealProblem]:
    try:
        read_drawing(document["drawing"])
    except StrokesRefused as refused:
        return [SealProblem(refused.code, "drawing")]
    signed_at = read_iso_ms(document["signed_at"])
    if signed_at is None or signed_at < _EPOCH + timedelta(
        milliseconds=_last_stroke_ms(document["drawing"])
    ):
        return [SealProblem("SIGNED_EARLY", "signed_at")]
    return []


def _last_stroke_ms(drawing: Mapping[str, Any]) -> int:
    groups: Sequence[Sequence[Sequence[Any]]] = drawing["groups"]
    return max((point[2] for group in groups for point in group), default=0)


def _iso_of_ms(milliseconds: int) -> str:
    return iso_ms(_EPOCH + timedelta(milliseconds=milliseconds))
