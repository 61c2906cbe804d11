"""Rounds through the cabinets: what was scanned, what did not fit, and who signed for it."""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from inspect_app.db import db
from inspect_app.errors import NotFound
from inspect_app.key_tags.custody import keys_now
from inspect_app.key_tags.models import KeyRound
from inspect_app.key_tags.round_rules import Expected, Scanned, findings

log = logging.getLogger(__name__)
ROUNDS_SHOWN = 30


def expected_keys(now: datetime) -> list[Expected]:
    """Every key of the site as the wall shows it."""
    return [Expected(key.tag, key.slot, key.state) for key in keys_now(now)]


def sign_round(
    round_id: uuid.UUID,
    scanned: Sequence[Scanned],
    *,
    began_at: datetime,
    by: uuid.UUID,
    at: datetime,
    tablet_id: uuid.UUID | None,
) -> KeyRound:
    """Keeps a round with what it found; a repeat is the same round. It moves no key."""
    known = db.session.get(KeyRound, round_id)
    if known is not None:
        return known
    row = KeyRound(
        id=round_id,
        began_at=min(began_at, at),
        tablet_id=tablet_id,
        scanned=[asdict(one) for one in scanned],
        findings=[asdict(one) for one in findings(expected_keys(at), scanned)],
        by_id=by,
        captured_at=at,
    )
    db.session.add(row)
    db.session.flush()
    log.info("round signed round=%s findings=%s", row.id, len(row.findings))
    return row


def round_of(round_id: uuid.UUID) -> KeyRound:
    """One round with who did it. Raises NotFound."""
    row = db.session.scalar(
        select(KeyRound).options(joinedload(KeyRound.by)).where(KeyRound.id == round_id)
    )
    if row is None:
        raise NotFound
    return row


def last_rounds() -> Sequence[KeyRound]:
    """The last rounds, the newest first."""
    return db.session.scalars(
        select(KeyRound)
        .options(joinedload(KeyRound.by))
        .order_by(KeyRound.captured_at.desc())
        .limit(ROUNDS_SHOWN)
    ).all()
