"""Checking a claim once it can be checked, and saying whose its entries are."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from inspect_app.claims.keys import NotReadable, opened
from inspect_app.claims.models import Claim
from inspect_app.claims.queries import known_claim
from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid, NotFound
from inspect_app.staff.actions import check_pin, sign_in, token_of_new_sign_in
from inspect_app.staff.models import Person, SignIn, Tablet

log = logging.getLogger(__name__)
JUST_BEFORE = timedelta(seconds=2)
"""A claim's first entry may carry the very millisecond of the claim."""


@dataclass(frozen=True)
class ClaimDraft:
    """What a tablet sent: who, the closed PIN, and since when."""

    id: uuid.UUID
    person_id: uuid.UUID | None
    closed_pin: str
    started_at: datetime


@dataclass(frozen=True)
class Checked:
    """A claim that was checked; `token` is set where the tablet is now signed in by it."""

    claim: Claim
    token: str | None = None


def add_claim(
    draft: ClaimDraft,
    tablet: Tablet,
    *,
    sent_by: uuid.UUID | None,
    folder: Path,
    at: datetime,
) -> Checked:
    """Checks the PIN and keeps the claim either way; a wrong PIN is counted like any other. The
    same claim again is answered like the first.

    A right one is a sign-in that began when it was made; where nobody has signed in since, the
    tablet is theirs from here on. Raises TooMany while the person or the tablet has to wait.
    """
    known = known_claim(draft.id)
    if known is not None:
        if known.tablet_id != tablet.id:
            raise Conflict(_l("This belongs to another tablet. Open the page again and repeat."))
        return Checked(known, _token_again(known, draft, tablet, folder, at))
    claim = Claim(
        id=draft.id,
        person_id=None,
        tablet_id=tablet.id,
        sent_by_id=sent_by,
        started_at=draft.started_at,
        state="wrong",
    )
    token = None
    person = _proven(draft, tablet, folder, at)
    if draft.person_id and db.session.scalar(select(Person).where(Person.id == draft.person_id)):
        claim.person_id = draft.person_id
    if person is not None:
        claim.state = "right"
        token = _sign_in_since(person, tablet, draft.started_at - JUST_BEFORE, at)
    db.session.add(claim)
    db.session.flush()
    log.info("claim checked claim=%s tablet=%s state=%s", claim.id, tablet.id, claim.state)
    return Checked(claim, token)


def _token_again(
    known: Claim, draft: ClaimDraft, tablet: Tablet, folder: Path, at: datetime
) -> str | None:
    """The first answer may have been lost, and its token with it: a repeat that proves the
    PIN once more gets another, while nobody else has signed in."""
    if known.state != "right":
        return None
    person = _proven(draft, tablet, folder, at)
    current = db.session.scalar(
        select(SignIn).where(SignIn.tablet_id == tablet.id, SignIn.ended_at.is_(None))
    )
    since = known.started_at - JUST_BEFORE
    if person is None or current is None or current.started_at != since:
        return None
    if current.person_id != person.id:
        return None
    token, current.token_sha256 = token_of_new_sign_in()
    db.session.flush()
    return token


def _proven(draft: ClaimDraft, tablet: Tablet, folder: Path, at: datetime) -> Person | None:
    if draft.person_id is None:
        return None
    try:
        pin = opened(folder, draft.closed_pin)
        return check_pin(draft.person_id, pin, tablet_id=tablet.id, at=at)
    except (NotReadable, Invalid, NotFound):
        return None


def _sign_in_since(person: Person, tablet: Tablet, since: datetime, at: datetime) -> str | None:
    """The sign-in that the claim is. If somebody signed in after it, it ended then."""
    later = db.session.scalar(
        select(SignIn)
        .where(SignIn.tablet_id == tablet.id, SignIn.started_at > since)
        .order_by(SignIn.started_at)
        .limit(1)
    )
    if later is None:
        return sign_in(person, tablet, at=since)
    token_sha256 = token_of_new_sign_in()[1]
    db.session.add(
        SignIn(
            token_sha256=token_sha256,
            person_id=person.id,
            tablet_id=tablet.id,
            started_at=since,
            ended_at=min(later.started_at, at),
        )
    )
    return None


def settle_claim(claim: Claim, person: Person, *, by: uuid.UUID, at: datetime) -> None:
    """The supervisor says whose the entries are; may be said again while some were refused."""
    if claim.state == "right":
        raise Conflict(_l("This claim was proven by its PIN. There is nothing to settle."))
    claim.state, claim.settled_person_id = "settled", person.id
    claim.settled_by_id, claim.settled_at = by, at
    db.session.flush()
    log.info("claim settled claim=%s person=%s", claim.id, person.id)
