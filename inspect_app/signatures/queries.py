"""What was signed, what stands, what is asked next, and the site's chain of seals."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import undefer

from inspect_app.db import db
from inspect_app.errors import NotFound
from inspect_app.photos.models import Photo
from inspect_app.signatures.chain import ChainProblem, Link, verify_chain
from inspect_app.signatures.models import Seal, SealPhoto, Signature
from inspect_app.signatures.rules import CODES, Facts, Signed, due_statements, standing
from inspect_app.visits.file import VisitFile

CLOCKS_AGREE_TO = timedelta(minutes=1)
"""Two tablets' corrected clocks differ by less. A signature whose facts are those of now is not
asked again because a note seems to be later by so little."""


@dataclass(frozen=True)
class Standing:
    """Where the signatures of a visit stand: `now` holds the facts of every statement it has."""

    now: Mapping[str, Facts]
    signed: Mapping[str, Signed]
    standing: frozenset[str]

    def due(self, ready: frozenset[str]) -> tuple[str, ...]:
        """What is to be signed of what is ready to be, in the order shown. Nothing comes before
        the order (3.03), and nothing after a statement that is not ready."""
        open_codes = {code: self.now[code] for code in self.now if code in ready | self.standing}
        return due_statements(open_codes, self.signed)


def standing_of(
    file: VisitFile, now: Mapping[str, Facts], noted_at: Mapping[str, datetime | None]
) -> Standing:
    """The standing of a file's signatures. `noted_at`: when what a statement says last changed."""
    signed = {
        code: last
        for code, last in last_signed(file).items()
        if not _is_after(noted_at.get(code), last.signed_at)
    }
    return Standing(now, signed, standing(now, signed))


def last_signed(file: VisitFile) -> dict[str, Signed]:
    """The last signature on each statement, as the tablet saw it."""
    rows = sorted(file.signatures, key=lambda row: file.seals[row.seal_id].sequence)
    return {
        row.code: Signed(Facts(row.facts_sha256, frozenset(row.photos_sha256)), row.signed_at)
        for row in rows
    }


def last_signature_ids(file: VisitFile) -> frozenset[uuid.UUID]:
    """The last signature on each statement of each sitting; earlier ones were asked again."""
    rows = sorted(file.signatures, key=lambda row: file.seals[row.seal_id].sequence)
    last = {(row.code, file.seals[row.seal_id].subject_id): row.id for row in rows}
    return frozenset(last.values())


def last_signed_in(
    visit_id: uuid.UUID, sitting: str, subject_id: uuid.UUID | None
) -> dict[str, Signed]:
    """The last signature on each statement of one sitting, as whoever signed saw it."""
    rows = db.session.scalars(
        select(Signature)
        .join(Seal, Seal.id == Signature.seal_id)
        .where(Seal.visit_id == visit_id, _is_of(sitting, subject_id))
        .order_by(Seal.sequence)
    )
    return {
        row.code: Signed(Facts(row.facts_sha256, frozenset(row.photos_sha256)), row.signed_at)
        for row in rows
    }


def _is_of(sitting: str, subject_id: uuid.UUID | None) -> ColumnElement[bool]:
    subject = Seal.subject_id.is_(None) if subject_id is None else Seal.subject_id == subject_id
    return and_(Seal.sitting == sitting, subject)


def _is_after(noted_at: datetime | None, signed_at: datetime) -> bool:
    return noted_at is not None and noted_at > signed_at + CLOCKS_AGREE_TO


def seal_of(seal_id: uuid.UUID) -> Seal | None:
    """The seal with this id, if this site has it."""
    return db.session.scalar(select(Seal).where(Seal.id == seal_id))


def sealed_document(seal_id: uuid.UUID) -> dict[str, Any]:
    """What was sealed, as data. Raises NotFound."""
    seal = db.session.scalar(select(Seal).options(undefer(Seal.document)).where(Seal.id == seal_id))
    if seal is None:
        raise NotFound
    document: dict[str, Any] = json.loads(seal.document)
    return document


def last_link() -> Link | None:
    """The site's newest seal as a link of the chain."""
    seal = db.session.scalar(select(Seal).order_by(Seal.sequence.desc()).limit(1))
    return link_of(seal) if seal else None


def link_of(seal: Seal) -> Link:
    """A stored seal as a link; its `recorded_at` is the server's time of sealing."""
    return Link(
        seal.sequence, seal.sha256, seal.recorded_at, seal.previous_sha256, seal.chain_sha256
    )


def chain_problems(site_id: uuid.UUID) -> list[ChainProblem]:
    """What is wrong in the site's chain; an empty list means nothing."""
    seals = db.session.scalars(select(Seal).order_by(Seal.sequence))
    return verify_chain(site_id, [link_of(seal) for seal in seals])


def awaited_photos(visit_id: uuid.UUID) -> list[SealPhoto]:
    """The photos that the visit's seals name and that have not come yet with those bytes, each
    once."""
    come = (
        exists()
        .where(Photo.id == SealPhoto.photo_id, Photo.sha256 == SealPhoto.sha256)
        .correlate(SealPhoto)
    )
    rows = db.session.scalars(
        select(SealPhoto)
        .join(Seal, Seal.id == SealPhoto.seal_id)
        .where(Seal.visit_id == visit_id, ~come)
        .order_by(SealPhoto.photo_id)
    )
    return list({(row.photo_id, row.sha256): row for row in rows}.values())


def signatures_of(
    visit_id: uuid.UUID, sitting: str, subject_id: uuid.UUID | None
) -> list[tuple[Signature, Seal]]:
    """The signatures of one sitting with their seals, oldest first, then in the order shown."""
    rows = db.session.execute(
        select(Signature, Seal)
        .join(Seal, Seal.id == Signature.seal_id)
        .where(Signature.visit_id == visit_id, _is_of(sitting, subject_id))
    )
    found = [(signature, seal) for signature, seal in rows]
    return sorted(found, key=lambda row: (row[1].sequence, CODES.index(row[0].code)))
