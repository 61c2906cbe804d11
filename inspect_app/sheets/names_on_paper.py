"""Words, names, seal and corrections on the sheet, all from the sealed documents themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from inspect_app.i18n import moment
from inspect_app.sheets.facts import Correction, Point, Seal, Signature, Statement
from inspect_app.sheets.queries import MadeCorrection
from inspect_app.signatures import models
from inspect_app.signatures.lines import joined, named
from inspect_app.signatures.rules import STATEMENT_ORDER
from inspect_app.signatures.times import read_iso_ms
from inspect_app.visits.corrections import subject_of, subjects_of
from inspect_app.visits.file import VisitFile

Documents = Mapping[UUID, dict[str, Any]]


@dataclass(frozen=True)
class Signed:
    """The statements that were signed last, the drawings under them, and the newest seal."""

    statements: tuple[Statement, ...]
    signatures: tuple[Signature, ...]
    seal: Seal | None


def last_seals(file: VisitFile) -> dict[str, models.Seal]:
    """The seal that holds the last signature on each statement of the check-in, by its code."""
    rows = sorted(file.signatures, key=lambda row: file.seals[row.seal_id].sequence)
    return {row.code: file.seals[row.seal_id] for row in rows if row.code in STATEMENT_ORDER}


def signed(file: VisitFile, documents: Documents) -> Signed:
    """What the paper shows of the signatures; an earlier one that was asked again is left out."""
    last = last_seals(file)
    seals = sorted({seal.id: seal for seal in last.values()}.values(), key=_sequence)
    place = {seal.id: index for index, seal in enumerate(seals)}
    statements = [
        statement_of(said, place[seal.id], documents[seal.id])
        for seal in seals
        for said in documents[seal.id]["statements"]
        if last[said["code"]] is seal
    ]
    return Signed(
        tuple(statements),
        tuple(signature_of(documents[seal.id]) for seal in seals),
        seal_on_paper(seals[-1], seals) if seals else None,
    )


def _sequence(seal: models.Seal) -> int:
    return seal.sequence


def _time(text: str) -> str:
    return moment(read_iso_ms(text))


def statement_of(said: dict[str, Any], place: int, document: dict[str, Any]) -> Statement:
    """A statement, word for word; `place` is that of the name under it."""
    return Statement(
        code=said["code"],
        title=said["title"],
        words=tuple(said["words"]),
        sha256=said["sha256"],
        signed=_time(document["signed_at"]),
        signature=place,
    )


def signature_of(document: dict[str, Any]) -> Signature:
    """The name as it was drawn, and whose it is."""
    signer = document["signer"]
    return Signature(
        strokes=strokes_of(document),
        name=signer["name"],
        relation=named("relations", signer["relation"]),
        signed=joined(
            _time(document["signed_at"]),
            _("received by %(name)s", name=document["taken_by"]["name"]),
        ),
    )


def facts_signed(file: VisitFile, documents: Documents, code: str) -> dict[str, Any]:
    """What the last signature on a statement was about; empty where there is none."""
    seal = last_seals(file).get(code)
    if seal is None:
        return {}
    said = next(one for one in documents[seal.id]["statements"] if one["code"] == code)
    facts: dict[str, Any] = said["facts"]
    return facts


def strokes_of(document: dict[str, Any]) -> tuple[tuple[Point, ...], ...]:
    """The drawn name, in the pixels of its pad."""
    return tuple(
        tuple(Point(x, y) for x, y, _at, _pressure in group)
        for group in document["drawing"]["groups"]
    )


def seal_on_paper(newest: models.Seal, seals: Sequence[models.Seal]) -> Seal:
    """The newest seal, with a word on those before it."""
    others = ", ".join(f"{seal.sequence} ({seal.sha256[:12]}…)" for seal in seals[:-1])
    hint = _(
        "Whoever holds this paper can have the shop's record checked against this hash: the record "
        "cannot have been changed if both are the same."
    )
    earlier = (
        ngettext(
            "Signed earlier, sealed as number %(seals)s.",
            "Signed earlier, sealed as numbers %(seals)s.",
            len(seals) - 1,
            seals=others,
        )
        if others
        else ""
    )
    return Seal(
        sha256=newest.sha256,
        chain_number=str(newest.sequence),
        sealed=moment(newest.recorded_at),
        previous_sha256=newest.previous_sha256,
        verification=" ".join(part for part in (earlier, hint) if part),
    )


def corrections(file: VisitFile, made: Sequence[MadeCorrection]) -> tuple[Correction, ...]:
    """Every correction beside what it corrects."""
    subjects = subjects_of(file)
    shown = []
    for one in made:
        subject = subject_of(one.correction, subjects)
        shown.append(
            Correction(
                what=subject.name,
                was=subject.said,
                now=one.correction.text,
                reason=one.correction.reason,
                made=f"{one.by}, {moment(one.correction.captured_at)}",
            )
        )
    return tuple(shown)
