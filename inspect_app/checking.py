"""Proof that nothing was changed behind the app's back: seals, chains, signatures, photo files."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from inspect_app.config import Settings
from inspect_app.db import any_site, db
from inspect_app.photos.models import Photo
from inspect_app.photos.storage import PhotoFolder
from inspect_app.signatures.canonical import NotCanonical, read_canonical
from inspect_app.signatures.chain import verify_chain
from inspect_app.signatures.models import Seal, SealPhoto, Signature
from inspect_app.signatures.queries import link_of
from inspect_app.signatures.seal import facts_of, verify_document
from inspect_app.sites.models import Site
from inspect_app.workshop.models import StaffSignature
from inspect_app.workshop.signing import problems_of

AT_ONCE = 200
"""Documents read at a time: the longest holds 0.7 MB of strokes."""


@dataclass(frozen=True)
class Report:
    """What was looked at, and every problem as a line such as `seal 3: WRONG_HASH`.

    `remarks` are no faults: photos that are awaited, files that no row names.
    """

    seals: int
    signatures: int
    photos: int
    problems: tuple[str, ...]
    remarks: tuple[str, ...]


def check_everything() -> Report:
    """Reads every seal, every link of every site's chain and every received photo again."""
    with any_site():
        sites = db.session.scalars(select(Site).order_by(Site.code)).all()
        problems = [line for site in sites for line in _site_problems(site)]
        seals = db.session.scalar(select(func.count(Seal.id))) or 0
        signatures = db.session.scalar(select(func.count(Signature.id))) or 0
        photos = _photo_rows()
        findings = _folder().verify(photos)
        awaited = _awaited()
        problems += _staff_problems()
    problems += [f"photo {sha256}: DAMAGED" for sha256 in findings.damaged]
    problems += [f"photo {sha256}: MISSING" for sha256 in findings.missing]
    remarks = []
    if findings.unknown:
        remarks.append(f"{len(findings.unknown)} photo files that no visit names (sweep)")
    if awaited:
        remarks.append(f"{awaited} photos that a seal names have not arrived yet")
    return Report(seals, signatures, len(photos), tuple(problems), tuple(remarks))


def _folder() -> PhotoFolder:
    settings: Settings = current_app.extensions["settings"]
    return PhotoFolder(settings.data_dir / "photos")


def _photo_rows() -> set[str]:
    return set(db.session.scalars(select(Photo.sha256)))


def _awaited() -> int:
    named = set(db.session.execute(select(SealPhoto.photo_id, SealPhoto.sha256)).all())
    come = set(db.session.execute(select(Photo.id, Photo.sha256)).all())
    return len(named - come)


def _staff_problems() -> Iterator[str]:
    """What staff signed with PIN and drawing: receipts in the workshop, acceptances."""
    rows = db.session.scalars(
        select(StaffSignature)
        .options(undefer(StaffSignature.document))
        .order_by(StaffSignature.recorded_at)
        .execution_options(yield_per=AT_ONCE)
    )
    for row in rows:
        yield from (f"staff signature {row.id}: {code}" for code in problems_of(row))


def _site_problems(site: Site) -> list[str]:
    rows = db.session.scalars(
        select(Seal)
        .options(undefer(Seal.document))
        .where(Seal.site_id == site.id)
        .order_by(Seal.sequence)
        .execution_options(yield_per=AT_ONCE)
    )
    problems, links = [], []
    signed = _signatures_by_seal(site.id)
    for seal in rows:
        where = f"{site.code}, seal {seal.sequence}"
        problems += [f"{where}: {code}" for code in _seal_problems(seal, signed.get(seal.id, []))]
        links.append(link_of(seal))
    problems += [
        f"{site.code}, chain {one.sequence}: {one.code}" for one in verify_chain(site.id, links)
    ]
    return problems


def _signatures_by_seal(site_id: UUID) -> dict[UUID, list[Signature]]:
    found: dict[UUID, list[Signature]] = {}
    for row in db.session.scalars(select(Signature).where(Signature.site_id == site_id)):
        found.setdefault(row.seal_id, []).append(row)
    return found


def _seal_problems(seal: Seal, signatures: Iterable[Signature]) -> list[str]:
    """Codes: DOCUMENT_HASH, those of signatures/seal.py, and where a signature row differs."""
    problems = []
    if hashlib.sha256(seal.document).hexdigest() != seal.sha256:
        problems.append("DOCUMENT_HASH")
    problems += [f"{one.code} {one.where}".strip() for one in verify_document(seal.document)]
    try:
        document = read_canonical(seal.document)
        said = {statement["code"]: statement for statement in document["statements"]}
    except (NotCanonical, KeyError, TypeError):
        return problems
    rows = {row.code: row for row in signatures}
    if set(rows) != set(said):
        problems.append("SIGNATURE_ROWS")
    for code in rows.keys() & said.keys():
        row, statement = rows[code], said[code]
        if row.statement_sha256 != statement["sha256"]:
            problems.append(f"SIGNATURE_STATEMENT {code}")
        if row.facts_sha256 != facts_of(code, statement["facts"]).sha256:
            problems.append(f"SIGNATURE_FACTS {code}")
    return problems
