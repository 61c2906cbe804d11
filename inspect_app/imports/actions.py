"""Taking entries of a file: each is the request that the tablet would have sent."""

import logging
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from inspect_app.access import Who
from inspect_app.claims.models import Claim
from inspect_app.claims.queries import known_claim, proven_author
from inspect_app.db import db
from inspect_app.imports.order import Entry
from inspect_app.late_entries.actions import keep
from inspect_app.late_entries.queries import late_entry
from inspect_app.late_entries.words import noun_of
from inspect_app.pwa.models import Receipt
from inspect_app.sent import play
from inspect_app.staff.models import Person, Tablet
from inspect_app.staff.queries import author_on_tablet, colleague

log = logging.getLogger(__name__)
CLAIMS_URL = "/claims"
Asked = tuple[uuid.UUID | None, uuid.UUID | None]
"""Author and tablet, as the file names them."""


@dataclass(frozen=True)
class Line:
    """One entry and what became of it, or would: new, known, taken, kept or refused."""

    what: str
    author: str
    captured_at: datetime
    verdict: str
    words: str = ""


def looked_at(entries: Iterable[Entry]) -> list[Line]:
    """What the file holds, and which of it is here already. Changes nothing."""
    entries = list(entries)
    names, known = _names(entries), _known([one.sent.key for one in entries])
    return [
        _line(one, names, "known" if one.sent.key in known else "new")
        for one in entries
        if one.sent.url != CLAIMS_URL
    ]


def take(entries: Iterable[Entry], who: Who, *, at: datetime, trusted: bool = False) -> list[Line]:
    """Takes every entry that is not here yet, in its author's name, each in a transaction of its
    own. One in a name that the tablet's sign-ins do not prove is kept for the supervisor, unless
    the one who imports is `trusted`: at the server itself.
    """
    entries = [one for one in entries if one.sent.url != CLAIMS_URL]
    names, known = _names(entries), _known([one.sent.key for one in entries])
    claims: dict[Asked, uuid.UUID] = {}
    lines = []
    for one in entries:
        if one.sent.key in known:
            lines.append(_line(one, names, "known"))
            continue
        author = _author(one, who, trusted=trusted)
        db.session.rollback()
        if author is None:
            _keep(one, who, claims, at)
            lines.append(_line(one, names, "kept"))
            continue
        played = play(one.sent, author)
        verdict = "taken" if played.is_taken else "refused"
        if played.is_taken and late_entry(one.sent.key) is not None:
            verdict = "kept"
        db.session.rollback()
        lines.append(_line(one, names, verdict, "" if played.is_taken else played.words))
    log.info("imported entries=%s by=%s", len(lines), who.id)
    return lines


def _line(entry: Entry, names: dict[uuid.UUID, str], verdict: str, words: str = "") -> Line:
    author = names.get(entry.author_id, "") if entry.author_id else ""
    return Line(noun_of(entry.sent.url), author, entry.sent.captured_at, verdict, words)


def _names(entries: Sequence[Entry]) -> dict[uuid.UUID, str]:
    people = {one.author_id for one in entries if one.author_id}
    query = select(Person.id, Person.name).where(Person.id.in_(people))
    return {row.id: row.name for row in db.session.execute(query)}


def _known(keys: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Of these keys those that were answered before, or are kept as late."""
    answered = set(db.session.scalars(select(Receipt.id).where(Receipt.id.in_(keys))))
    return answered | {key for key in keys if late_entry(key) is not None}


def _author(entry: Entry, who: Who, *, trusted: bool) -> Who | None:
    """Who captured it, as far as that is proven: by a claim, or by a sign-in on that tablet."""
    on_tablet = _on_tablet(who, entry.tablet_id)
    if entry.claim_id is not None:
        claim = known_claim(entry.claim_id)
        if claim is not None:
            return proven_author(claim, on_tablet)
    if entry.author_id is None:
        return None
    if trusted or entry.author_id == who.id:
        return colleague(on_tablet, entry.author_id)
    return author_on_tablet(on_tablet, entry.author_id, entry.sent.captured_at)


def _on_tablet(who: Who, tablet_id: uuid.UUID | None) -> Who:
    """The same person, as if on the tablet that saved the file, where the shop knows it."""
    if tablet_id is None or db.session.get(Tablet, tablet_id) is None:
        return who
    return replace(who, tablet_id=tablet_id)


def _keep(
    entry: Entry,
    who: Who,
    claims: dict[Asked, uuid.UUID],
    at: datetime,
) -> None:
    """One question to the supervisor for each name and tablet of the file."""
    asked = (entry.author_id, entry.tablet_id)
    if asked not in claims:
        tablet_id = _on_tablet(who, entry.tablet_id).tablet_id
        person = db.session.get(Person, entry.author_id) if entry.author_id else None
        claim = Claim(
            id=uuid.uuid4(),
            person_id=person.id if person else None,
            tablet_id=tablet_id,
            sent_by_id=who.id,
            started_at=min(entry.sent.captured_at, at),
            state="wrong",
        )
        db.session.add(claim)
        db.session.flush()
        claims[asked] = claim.id
    claim_row = db.session.get_one(Claim, claims[asked])
    keep(
        entry.sent,
        reason="claim",
        by=claim_row.person_id or who.id,
        claim_id=claim_row.id,
        tablet_id=claim_row.tablet_id,
    )
    db.session.commit()
