"""Signing by link: the customer reads and signs one sitting on the own phone, without a sign-in.

    link = make_link(sitting, about, by=…, at=…)      # the same living link again, if there is one
    send(site, "sms", number, text_with(address_of(link)))
    mark_sent(link, at=…)

`state_of(link)` tells the staff how far it is: made, sent, opened, signed or ended. A link opens
one sitting of one visit (and one subject) until it is signed, ended by hand or its hours are over.
The token has 160 bits, so nobody finds one by trying.
"""

import logging
import uuid
from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Lock

from flask import current_app, g, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from inspect_app.config import Settings
from inspect_app.db import any_site, bind_site, db
from inspect_app.errors import Conflict, NotFound, TooMany
from inspect_app.sheets.rules import link_is_alive, token_of, token_sha256
from inspect_app.signatures.models import Seal, SigningLink
from inspect_app.signatures.sittings import About, Sitting, admit, to_sign
from inspect_app.sites.models import Site
from inspect_app.visits.history import note

log = logging.getLogger(__name__)
KIND = b"signing-link"
LASTS = timedelta(hours=48)
"""Over a weekend's night, not for ever: prices and parts change."""
MOST_POSTS, WITHIN = 40, timedelta(minutes=10)
"""One reader answers some questions and signs once or twice; more is no reader."""


class LinkOver(LookupError):
    """The link was given once and opens nothing any more; the page says whom to ask."""


def address_of(link: SigningLink) -> str:
    """The whole address that the customer opens."""
    return url_for("signatures.by_link", token=token_of_link(link), _external=True)


def token_of_link(link: SigningLink) -> str:
    """The token of a link that this shop gave."""
    settings: Settings = current_app.extensions["settings"]
    return token_of(settings.secret, link.id, KIND)


def make_link(
    sitting: Sitting,
    about: About,
    *,
    by: uuid.UUID,
    at: datetime,
    link_id: uuid.UUID | None = None,
    lasts: timedelta = LASTS,
) -> SigningLink:
    """The living link of this sitting, made now if there is none. Raises Conflict where nothing is
    to be signed, or only in person, or the id is another link's."""
    if not sitting.by_link:
        raise Conflict(_l("This is signed in person, on the tablet."))
    admit(sitting, about)
    if not to_sign(sitting, about).due:
        raise Conflict(_l("There is nothing to sign here now, so no link was made."))
    known = db.session.get(SigningLink, link_id) if link_id else None
    if known is not None and known.visit_id != about.visit.id:
        raise Conflict(_l("This link belongs to another visit. Open the page again."))
    for link in links_of(sitting, about):
        if link.seal_id is None and link_is_alive(link.ends_at, link.ended_at, at):
            return link
    link = SigningLink(
        id=link_id if link_id and known is None else uuid.uuid4(),
        visit_id=about.visit.id,
        sitting=sitting.name,
        subject_id=about.subject_id,
        ends_at=at + lasts,
        by_id=by,
        captured_at=at,
    )
    link.token_sha256 = token_sha256(token_of_link(link))
    db.session.add(link)
    note(about.visit.id, "signing_link.made", by=by, at=at, link=str(link.id), sitting=sitting.name)
    db.session.flush()
    log.info("signing link made visit=%s link=%s", about.visit.id, link.id)
    return link


def mark_sent(link: SigningLink, *, at: datetime) -> None:
    """The link was sent or shown to the customer; the first time counts."""
    link.sent_at = link.sent_at or at
    db.session.flush()


def end_link(about: About, link_id: uuid.UUID, *, by: uuid.UUID, at: datetime) -> None:
    """From now on the link opens nothing. Raises NotFound."""
    link = db.session.scalar(
        select(SigningLink).where(SigningLink.id == link_id, SigningLink.visit_id == about.visit.id)
    )
    if link is None:
        raise NotFound
    if link.ended_at is None:
        link.ended_at = at
        note(about.visit.id, "signing_link.ended", by=by, at=at, link=str(link.id))
    db.session.flush()


def links_of(sitting: Sitting, about: About) -> Sequence[SigningLink]:
    """The links of one sitting, the newest first."""
    subject = SigningLink.subject_id
    return db.session.scalars(
        select(SigningLink)
        .where(
            SigningLink.visit_id == about.visit.id,
            SigningLink.sitting == sitting.name,
            subject.is_(None) if about.subject_id is None else subject == about.subject_id,
        )
        .order_by(SigningLink.recorded_at.desc())
    ).all()


def state_of(link: SigningLink, now: datetime) -> str:
    """How far it is: signed, ended, opened, sent or made."""
    if link.seal_id is not None:
        return "signed"
    if not link_is_alive(link.ends_at, link.ended_at, now):
        return "ended"
    return "opened" if link.opened_at else "sent" if link.sent_at else "made"


def link_behind(token: str) -> SigningLink:
    """The link that this token opens or opened; binds the session to its site. Raises NotFound."""
    with any_site():
        found = db.session.execute(
            select(SigningLink, Site)
            .join(Site, Site.id == SigningLink.site_id)
            .where(SigningLink.token_sha256 == token_sha256(token))
        ).first()
    if found is None:
        raise NotFound
    link, site = found
    bind_site(site.id)
    g.timezone, g.currency = site.timezone, site.currency
    g.site_name, g.site_demo, g.site_row = site.name, site.demo, site
    return link


def living(link: SigningLink, at: datetime) -> SigningLink:
    """The link, while it may still be signed with. Raises LinkOver."""
    if link.seal_id is not None or not link_is_alive(link.ends_at, link.ended_at, at):
        raise LinkOver
    return link


def mark_opened(link: SigningLink, *, at: datetime) -> None:
    """The customer has it before the eyes; the first time counts."""
    if link.opened_at is None:
        link.opened_at = at
        note(link.visit_id, "signing_link.opened", by=link.by_id, at=at, link=str(link.id))
    db.session.flush()


def mark_signed(link: SigningLink, seal: Seal, *, is_asked_again: bool) -> None:
    """What was signed with it; where something is asked again the link stays open for it."""
    if not is_asked_again:
        link.seal_id = seal.id
    db.session.flush()


_POSTS: dict[uuid.UUID, deque[datetime]] = {}
_LOCK = Lock()


def count_post(link: SigningLink, at: datetime) -> None:
    """Raises TooMany where one link sends more than a reader does. Each process counts for itself:
    it only keeps a runaway from filling the database."""
    with _LOCK:
        if len(_POSTS) > 10_000:
            _POSTS.clear()
        posts = _POSTS.setdefault(link.id, deque())
        while posts and posts[0] < at - WITHIN:
            posts.popleft()
        posts.append(at)
        is_too_many = len(posts) > MOST_POSTS
    if is_too_many:
        raise TooMany(_l("This page was sent too often. Wait some minutes, then try again."))
