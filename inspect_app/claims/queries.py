"""Reading claims: whose a claimed entry is, and which claims wait for the supervisor."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from inspect_app.access import Who
from inspect_app.claims.models import Claim
from inspect_app.db import db
from inspect_app.errors import NotFound
from inspect_app.late_entries.models import LateEntry
from inspect_app.staff.queries import colleague

MOST_SHOWN = 50


@dataclass(frozen=True)
class Claimed:
    """A claim and what was captured under it."""

    claim: Claim
    entries: Sequence[LateEntry]


def claim_of(claim_id: uuid.UUID) -> Claim:
    """One claim. Raises NotFound."""
    claim = db.session.scalar(
        select(Claim).options(joinedload(Claim.person)).where(Claim.id == claim_id)
    )
    if claim is None:
        raise NotFound
    return claim


def known_claim(claim_id: uuid.UUID) -> Claim | None:
    """The claim with this id, if the shop has it."""
    return db.session.scalar(select(Claim).where(Claim.id == claim_id))


def proven_author(claim: Claim, who: Who) -> Who | None:
    """Whose an entry under this claim is, once that is proven or settled."""
    person_id = claim.settled_person_id if claim.state == "settled" else claim.person_id
    if claim.state == "wrong" or person_id is None:
        return None
    return colleague(who, person_id)


def claims_to_settle() -> list[Claimed]:
    """Claims whose PIN was wrong, and those with entries that were refused afterwards, newest
    first; two statements and one for the files."""
    refused = exists().where(LateEntry.claim_id == Claim.id, LateEntry.answer == "refused")
    claims = db.session.scalars(
        select(Claim)
        .options(joinedload(Claim.person))
        .where(or_(Claim.state == "wrong", refused))
        .order_by(Claim.started_at.desc())
        .limit(MOST_SHOWN)
    ).all()
    found = db.session.scalars(
        select(LateEntry)
        .options(joinedload(LateEntry.by), selectinload(LateEntry.files))
        .where(LateEntry.claim_id.in_([one.id for one in claims]), LateEntry.answer != "taken")
        .order_by(LateEntry.captured_at, LateEntry.id)
    ).all()
    return [Claimed(claim, [one for one in found if one.claim_id == claim.id]) for claim in claims]


def entry_of_claim(claim_id: uuid.UUID, key: uuid.UUID) -> LateEntry | None:
    """One entry that was captured under this claim."""
    return db.session.scalar(
        select(LateEntry).where(LateEntry.id == key, LateEntry.claim_id == claim_id)
    )
