"""Sealing: a signed document becomes a link of the site's chain, and the visit goes on.

What the tablet showed is compared with the server's own rows. Where they differ the seal is kept,
the difference is named, and the statement is asked again, because its signature does not stand.
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
from inspect_app.signatures import statements
from inspect_app.signatures.chain import next_link
from inspect_app.signatures.models import Seal, SealPhoto, Signature
from inspect_app.signatures.queries import last_link, seal_of
from inspect_app.signatures.rules import RANK, STATEMENT_ORDER, Facts, is_in_order
from inspect_app.signatures.seal import facts_of
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person
from inspect_app.visits.file import VisitFile, file_of
from inspect_app.visits.history import note
from inspect_app.visits.progress import Progress, advance, progress_of
from inspect_app.visits.queries import visit_for_capture

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


def seal(draft: SealDraft, visit_id: uuid.UUID, *, tablet_id: uuid.UUID, at: datetime) -> Seal:
    """Keeps the document, ties it to the site's chain, and takes what transitions now may fire.

    The same seal again is answered with the first one. Raises Sealed once the check-in is
    complete, Conflict where a statement comes before what it stands on.
    """
    # One seal after the other: two that follow the same link would break the chain.
    db.session.execute(select(Site.id).where(Site.id == _site_id(draft)).with_for_update())
    if (earlier := seal_of(draft.id)) is not None:
        return _the_same(earlier, draft, visit_id)
    visit_for_capture(visit_id)
    file = file_of(visit_id)
    signed_at = min(draft.signed_at, at)
    progress = progress_of(file)
    _refuse_wrong_order(draft.codes, signed_at, file, progress)
    kept = _keep(draft, file, progress.sitting.now, signed_at, tablet_id=tablet_id, at=at)
    file.visit.customer_locale = draft.document["language"]
    note(
        visit_id, "signatures.sealed", by=kept.by_id, at=signed_at, screen="customer",
        seal=str(kept.id), sequence=kept.sequence, codes=list(draft.codes),
        differences=kept.differences,
    )  # fmt: skip
    advance(visit_id, by=kept.by_id, at=signed_at)
    log.info("sealed visit=%s seal=%s sequence=%s", visit_id, kept.id, kept.sequence)
    return kept


def _site_id(draft: SealDraft) -> uuid.UUID:
    return uuid.UUID(draft.document["site"]["id"])


def _the_same(earlier: Seal, draft: SealDraft, visit_id: uuid.UUID) -> Seal:
    if earlier.visit_id != visit_id or earlier.sha256 != draft.sha256:
        raise Conflict(_l("This was signed before with other content. Open the page again."))
    return earlier


def _refuse_wrong_order(
    codes: tuple[str, ...], signed_at: datetime, file: VisitFile, progress: Progress
) -> None:
    """S1 comes first and S2 last (3.03, T17): what a statement stands on is signed, or with it."""
    sitting = progress.sitting
    first = min(RANK[code] for code in codes)
    held = {
        code: sitting.signed[code].signed_at for code in sitting.standing if RANK[code] <= first
    }
    times = {**held, **dict.fromkeys(codes, signed_at)}
    for code in codes:
        needed = {c for c in statements.codes_of(file) if RANK[c] < RANK[code]}
        if not needed <= set(times):
            raise Conflict(
                _l(
                    "Something that comes first is not signed yet, or has changed since. "
                    "Open the page again and sign what it shows."
                )
            )
    if not is_in_order(times):
        raise Conflict(
            _l("The clock of this tablet is behind. Set it right, open the page again and sign.")
        )


def _keep(
    draft: SealDraft,
    file: VisitFile,
    now: Mapping[str, Facts],
    signed_at: datetime,
    *,
    tablet_id: uuid.UUID,
    at: datetime,
) -> Seal:
    link = next_link(_site_id(draft), last_link(), draft.sha256, at)
    kept = Seal(
        id=draft.id,
        visit_id=file.visit.id,
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
        differences=differences(draft.document, file, now),
    )
    db.session.add(kept)
    db.session.flush()
    _keep_signatures(draft, kept, signed_at)
    db.session.flush()
    return kept


def _taken_by(draft: SealDraft) -> uuid.UUID:
    """Who handed the tablet over: a person of this site."""
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


def differences(
    document: Mapping[str, Any], file: VisitFile, now: Mapping[str, Facts]
) -> list[str]:
    """What the server's own rows say otherwise: `S2.facts`, `S2.photos` (some were not shown) or
    `S2.words` (same facts, said in other words)."""
    found = []
    signed = {statement["code"]: statement for statement in document["statements"]}
    for code in (c for c in STATEMENT_ORDER if c in signed):
        shown = signed[code]
        seen = facts_of(code, shown["facts"], (photo["sha256"] for photo in shown["photos"]))
        if code not in now or seen.sha256 != now[code].sha256:
            found.append(f"{code}.facts")
            continue
        if not now[code].photos <= seen.photos:
            found.append(f"{code}.photos")
        words = statements.words(code, file, document["language"], len(shown["photos"]))
        if shown["words"] != words:
            found.append(f"{code}.words")
    return found
