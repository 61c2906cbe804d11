"""Sealing: a signed document becomes a link of the site's chain, and the visit goes on.

What was shown is compared with the server's own rows. Where they differ the seal is kept, the
difference is named, and the statement is asked again, because its signature does not stand.
"""

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from inspect_app.db import db
from inspect_app.errors import Conflict
from inspect_app.signatures.chain import next_link
from inspect_app.signatures.models import Seal, SealPhoto, Signature
from inspect_app.signatures.queries import last_link, seal_of
from inspect_app.signatures.seal import facts_of
from inspect_app.signatures.sittings import (
    GONE,
    About,
    Said,
    Sitting,
    about_visit,
    admit,
    said_in,
    words_in,
)
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person
from inspect_app.visits.history import note

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SealDraft:
    """A document as it came, found to be whole.

    `signed_at` is the tablet's time with the offset that it had measured.
    """

    id: uuid.UUID
    raw: bytes
    sha256: str
    document: dict[str, Any]
    signed_at: datetime
    clock_offset_ms: int

    @property
    def codes(self) -> tuple[str, ...]:
        """The statements that were signed."""
        return tuple(statement["code"] for statement in self.document["statements"])


def seal(
    draft: SealDraft,
    sitting: Sitting,
    visit_id: uuid.UUID,
    subject_id: uuid.UUID | None = None,
    *,
    tablet_id: uuid.UUID | None,
    at: datetime,
) -> Seal:
    """Keeps the document, ties it to the site's chain, and lets the sitting go on from it.

    The same seal again is answered with the first one. Raises Conflict (or Sealed) where nothing
    of the sitting may be signed any more, or where a statement comes before what it stands on.
    """
    # One seal after the other: two that follow the same link would break the chain.
    db.session.execute(select(Site.id).where(Site.id == _site_id(draft)).with_for_update())
    if (earlier := seal_of(draft.id)) is not None:
        return _the_same(earlier, draft, visit_id)
    about = about_visit(sitting, visit_id, subject_id)
    admit(sitting, about)
    signed_at = min(draft.signed_at, at)
    said = _said_now(draft, sitting, about)
    if sitting.check is not None:
        sitting.check(about, draft.codes, signed_at)
    kept = _keep(draft, sitting, about, signed_at, tablet_id=tablet_id, at=at)
    kept.differences = differences(draft.document, said)
    about.visit.customer_locale = draft.document["language"]
    note(
        visit_id, "signatures.sealed", by=kept.by_id, at=signed_at, screen="customer",
        seal=str(kept.id), sequence=kept.sequence, codes=list(draft.codes),
        differences=kept.differences,
    )  # fmt: skip
    db.session.flush()
    if sitting.goes_on_in_parts or all(one.endswith(".words") for one in kept.differences):
        sitting.after(about, kept, by=kept.by_id, at=signed_at)
    log.info("sealed visit=%s seal=%s sequence=%s", visit_id, kept.id, kept.sequence)
    return kept


def _site_id(draft: SealDraft) -> uuid.UUID:
    return uuid.UUID(draft.document["site"]["id"])


def _the_same(earlier: Seal, draft: SealDraft, visit_id: uuid.UUID) -> Seal:
    if earlier.visit_id != visit_id or earlier.sha256 != draft.sha256:
        raise Conflict(_l("This was signed before with other content. Open the page again."))
    return earlier


def _said_now(draft: SealDraft, sitting: Sitting, about: About) -> dict[str, Said | None]:
    """What each signed statement says now in the language signed; Conflict where none is left."""
    if not set(draft.codes) <= set(sitting.codes):
        raise Conflict(GONE)
    language = draft.document["language"]
    said = {code: said_in(language, sitting, code, about) for code in draft.codes}
    if not any(said.values()):
        raise Conflict(GONE)
    return said


def _keep(
    draft: SealDraft,
    sitting: Sitting,
    about: About,
    signed_at: datetime,
    *,
    tablet_id: uuid.UUID | None,
    at: datetime,
) -> Seal:
    link = next_link(_site_id(draft), last_link(), draft.sha256, at)
    kept = Seal(
        id=draft.id,
        visit_id=about.visit.id,
        sitting=sitting.name,
        subject_id=about.subject_id,
        sequence=link.sequence,
        document=draft.raw,
        sha256=draft.sha256,
        previous_sha256=link.previous_sha256,
        chain_sha256=link.chain_sha256,
        recorded_at=link.sealed_at,
        captured_at=signed_at,
        by_id=_taken_by(draft),
        clock_offset_ms=draft.clock_offset_ms,
        tablet_id=tablet_id,
    )
    db.session.add(kept)
    db.session.flush()
    _keep_signatures(draft, kept, signed_at)
    db.session.flush()
    return kept


def _taken_by(draft: SealDraft) -> uuid.UUID:
    """Who handed the tablet over, or gave the link: a person of this site."""
    person_id = uuid.UUID(draft.document["taken_by"]["id"])
    if db.session.scalar(select(Person.id).where(Person.id == person_id)) is None:
        raise Conflict(_l("The person who handed the tablet over is not known here."))
    return person_id


def _keep_signatures(draft: SealDraft, kept: Seal, signed_at: datetime) -> None:
    signer = draft.document["signer"]
    photos: dict[str, str] = {}
    for statement in draft.document["statements"]:
        hashes = [photo["sha256"] for photo in statement["photos"]]
        photos.update({photo["id"]: photo["sha256"] for photo in statement["photos"]})
        db.session.add(
            Signature(
                seal_id=kept.id,
                visit_id=kept.visit_id,
                code=statement["code"],
                statement_sha256=statement["sha256"],
                facts_sha256=facts_of(statement["code"], statement["facts"]).sha256,
                photos_sha256=hashes,
                signed_at=signed_at,
                signer_name=signer["name"][:120],
                signer_relation=signer["relation"][:20],
                captured_at=signed_at,
                by_id=kept.by_id,
            )
        )
    for photo_id, sha256 in photos.items():
        db.session.add(SealPhoto(seal_id=kept.id, photo_id=uuid.UUID(photo_id), sha256=sha256))


def differences(document: Mapping[str, Any], said: Mapping[str, Said | None]) -> list[str]:
    """What the server's own rows say otherwise: `S2.facts`, `S2.photos` (some were not shown) or
    `S2.words` (same facts, said in other words)."""
    found = []
    for shown in document["statements"]:
        code, now = shown["code"], said[shown["code"]]
        signed = facts_of(code, shown["facts"], (photo["sha256"] for photo in shown["photos"]))
        if now is None or facts_of(code, now.facts).sha256 != signed.sha256:
            found.append(f"{code}.facts")
            continue
        if not {noted.photo.sha256 for noted in now.photos} <= signed.photos:
            found.append(f"{code}.photos")
        if shown["words"] != words_in(document["language"], now, len(shown["photos"])):
            found.append(f"{code}.words")
    return found
