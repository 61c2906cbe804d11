"""Giving the customer a link to the sheet, and ending it."""

import logging
import uuid
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from inspect_app.config import Settings
from inspect_app.db import db
from inspect_app.errors import Conflict, NotFound
from inspect_app.sheets.models import SheetLink
from inspect_app.sheets.queries import living_link
from inspect_app.sheets.rules import token_of, token_sha256
from inspect_app.sites.queries import site_rules
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)


def token_of_link(link_id: uuid.UUID) -> str:
    """The token of a link that this shop gave."""
    settings: Settings = current_app.extensions["settings"]
    return token_of(settings.secret, link_id)


def make_link(
    visit: Visit, *, by: uuid.UUID, at: datetime, link_id: uuid.UUID | None = None
) -> str:
    """The token of the visit's link; a visit has one that lives, so asking twice gives the same.

    It ends by itself after the days that the site decided. Raises Conflict where the id is
    another visit's.
    """
    known = db.session.get(SheetLink, link_id) if link_id else None
    if known is not None and known.visit_id != visit.id:
        raise Conflict(_l("This link belongs to another visit. Open the page again."))
    link = living_link(visit.id)
    if link is None:
        link = SheetLink(
            id=link_id if link_id and known is None else uuid.uuid4(),
            visit_id=visit.id,
            ends_at=at + timedelta(days=site_rules().sheet_link_days),
            by_id=by,
            captured_at=at,
        )
        link.token_sha256 = token_sha256(token_of_link(link.id))
        db.session.add(link)
        note(visit.id, "sheet.link_made", by=by, at=at, screen="record", link=str(link.id))
        db.session.flush()
        log.info("sheet link made visit=%s link=%s", visit.id, link.id)
    return token_of_link(link.id)


def end_link(visit_id: uuid.UUID, link_id: uuid.UUID, *, by: uuid.UUID, at: datetime) -> None:
    """From now on the link opens nothing. Raises NotFound."""
    link = db.session.scalar(
        select(SheetLink).where(SheetLink.id == link_id, SheetLink.visit_id == visit_id)
    )
    if link is None:
        raise NotFound
    if link.ended_at is None:
        link.ended_at = at
        note(visit_id, "sheet.link_ended", by=by, at=at, screen="record", link=str(link.id))
    db.session.flush()
