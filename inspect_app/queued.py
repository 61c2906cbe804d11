"""What a tablet's queue brings: entries of a colleague, of a claim, late ones, and those that were
captured before the customer got the tablet."""

import hashlib
import logging
import uuid
from datetime import datetime
from typing import Any

from flask import Response, g, request
from flask_babel import lazy_gettext

from inspect_app.access import Access, Who
from inspect_app.claims.queries import known_claim, proven_author
from inspect_app.db import db, now
from inspect_app.errors import Conflict, Sealed
from inspect_app.late_entries import actions as late_entries
from inspect_app.late_entries.queries import sealed_at, visit_of_photo
from inspect_app.late_entries.rules import is_too_late
from inspect_app.sent import read_sent
from inspect_app.staff.queries import author_on_tablet
from inspect_app.web import captured_at, request_key, show_refusal

log = logging.getLogger(__name__)


def was_captured_before(moment: datetime | None, access: Access) -> bool:
    """Whether this is an entry that staff captured before the customer got the tablet: it goes out
    meanwhile, so that no signature waits behind it. The customer sees nothing of its answer."""
    return (
        moment is not None
        and access.kind == "roles"
        and request.method == "POST"
        and bool(request.headers.get("Idempotency-Key"))
        and captured_at() <= moment
    )


def captor_of(who: Who) -> Who | Response:
    """Who captured this; or the answer to an entry in a name that nobody has proven, which is kept
    whole until the supervisor says whose it is."""
    try:
        claim_id = uuid.UUID(request.headers.get("X-Claim", ""))
    except ValueError:
        return _author(who)
    claim = known_claim(claim_id)
    if claim is None or claim.tablet_id != who.tablet_id:
        raise Conflict(
            lazy_gettext(
                "The shop does not know who took this tablet over. Sign in as the person who "
                "entered this and send it again."
            )
        )
    kept = None
    if (author := proven_author(claim, who)) is None:
        by = claim.person_id or who.id
        kept = _kept_for_a_person("claim", by=by, claim_id=claim_id, tablet_id=who.tablet_id)
    return author or kept or _author(who)


def _author(who: Who) -> Who:
    """Who captured this: on a shared tablet the queue may still hold a colleague's entries.

    They are taken in the colleague's name if that person was signed in on this very tablet when
    they were captured. Pages are never shown, and nothing but an entry taken, in another's name.
    """
    try:
        author_id = uuid.UUID(request.headers.get("X-Author", ""))
    except ValueError:
        return who
    if author_id == who.id:
        return who
    author = author_on_tablet(who, author_id, captured_at()) if request_key() else None
    if author is None:
        raise Conflict(
            lazy_gettext(
                "This was captured by someone who is not signed in on this tablet. "
                "Sign in as that person and send it again."
            )
        )
    log.info("taken in the name of person=%s while signed in person=%s", author.id, who.id)
    return author


def _kept_for_a_person(
    reason: str, *, by: uuid.UUID, visit_id: uuid.UUID | None = None, **more: Any
) -> Response | None:
    """Keeps the request whole and says so; None where it is no tablet's capture."""
    db.session.rollback()
    g.writes = True
    if (sent := read_sent()) is None:
        return None
    late_entries.keep(sent, reason=reason, by=by, visit_id=visit_id, **more)
    db.session.commit()
    answer = Response("", 200)
    answer.headers.update(
        {"Idempotency-Key": str(sent.key), "X-Late-Entry": reason, "HX-Reswap": "none"}
    )
    if sent.files:
        answer.headers["X-Photo-Sha256"] = hashlib.sha256(sent.files[0].content).hexdigest()
    return answer


def refuse_sealed(problem: Sealed) -> Response:
    """What was captured before the shop knew of the signature, or away from it, is kept as arrived
    after it. Whoever works on the page of a signed visit is told, and keeps the form."""
    visit_id = _visit_here()
    if (
        g.who is not None
        and visit_id is not None
        and request.headers.get("Idempotency-Key")
        and is_too_late(captured_at(), now=now(), sealed_at=sealed_at(visit_id))
    ):
        kept = _kept_for_a_person(
            "after_signature", by=g.who.id, visit_id=visit_id, tablet_id=g.who.tablet_id
        )
        if kept is not None:
            return kept
    return show_refusal(problem)


def _visit_here() -> uuid.UUID | None:
    here = request.view_args or {}
    if "photo_id" in here:
        return visit_of_photo(here["photo_id"])
    visit_id: uuid.UUID | None = here.get("visit_id")
    return visit_id


def unseen(response: Response) -> Response:
    """What staff captured goes out while the customer holds the tablet: that it was taken, or that
    it was not, and nothing of the shop."""
    words = "" if response.status_code < 400 else _FOR_LATER
    answer = Response(words, 200 if response.status_code < 400 else response.status_code)
    for name in ("Idempotency-Key", "X-Photo-Sha256", "X-Late-Entry"):
        if name in response.headers:
            answer.headers[name] = response.headers[name]
    answer.headers["HX-Reswap"] = "none"
    return answer


_FOR_LATER = lazy_gettext(
    "This could not be taken while the customer had the tablet. Send it again to read why."
)
