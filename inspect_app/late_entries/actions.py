"""Keeping what came too late, and what a person answered to it."""

import hashlib
import logging
import uuid
from datetime import datetime

from inspect_app.db import db
from inspect_app.errors import Words
from inspect_app.late_entries.models import LateEntry, LateFile
from inspect_app.late_entries.queries import late_entry, visit_is_known
from inspect_app.sent import Played, Sent
from inspect_app.visits.history import note

log = logging.getLogger(__name__)


def keep(
    sent: Sent,
    *,
    reason: str,
    by: uuid.UUID,
    visit_id: uuid.UUID | None = None,
    claim_id: uuid.UUID | None = None,
    tablet_id: uuid.UUID | None = None,
    message: Words = "",
) -> LateEntry:
    """Keeps the request with everything in it; the same one again is the same entry."""
    known = late_entry(sent.key)
    if known is not None:
        return known
    visit_id = visit_id or sent.visit_id
    entry = LateEntry(
        id=sent.key,
        visit_id=visit_id,
        claim_id=claim_id,
        reason=reason,
        url=sent.url[:400],
        fields=[list(pair) for pair in sent.fields],
        tablet_id=tablet_id,
        tablet_clock=sent.tablet_clock,
        clock_offset_ms=sent.clock_offset_ms,
        message=str(message),
        by_id=by,
        captured_at=sent.captured_at,
    )
    db.session.add(entry)
    db.session.flush()
    for position, file in enumerate(sent.files):
        db.session.add(
            LateFile(
                entry_id=entry.id,
                position=position,
                name=file.name[:40],
                filename=file.filename[:120],
                mime=file.mime[:60],
                sha256=hashlib.sha256(file.content).hexdigest(),
                content=file.content,
            )
        )
    if visit_id is not None and visit_is_known(visit_id):
        note(visit_id, "late_entry.kept", by=by, at=sent.captured_at, entry=str(entry.id),
             reason=reason)  # fmt: skip
    db.session.flush()
    log.info("kept late entry=%s reason=%s visit=%s", entry.id, reason, visit_id)
    return entry


def mark_seen(entry: LateEntry, *, by: uuid.UUID, at: datetime) -> None:
    """A person looked at it; it stays."""
    if entry.answer:
        return
    _answer(entry, "seen", by=by, at=at)
    if entry.visit_id is not None:
        note(entry.visit_id, "late_entry.seen", by=by, at=at, entry=str(entry.id))
    db.session.flush()


def settle(entry: LateEntry, played: Played, words: str, *, by: uuid.UUID, at: datetime) -> None:
    """What the shop answered once it was entered in the right name."""
    _answer(entry, "taken" if played.is_taken else "refused", by=by, at=at)
    entry.message = "" if played.is_taken else words
    db.session.flush()


def _answer(entry: LateEntry, answer: str, *, by: uuid.UUID, at: datetime) -> None:
    entry.answer, entry.answered_by_id, entry.answered_at = answer, by, at
    log.info("late entry answered entry=%s answer=%s", entry.id, answer)
