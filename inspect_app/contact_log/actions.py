"""Writing contacts down, and sending messages once."""

import logging
import uuid
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from inspect_app.contact_log import gateway
from inspect_app.contact_log.models import ContactLog, Message
from inspect_app.db import db, now
from inspect_app.errors import Conflict
from inspect_app.sites.models import Site
from inspect_app.visits.history import note

log = logging.getLogger(__name__)


def log_contact(
    visit_id: uuid.UUID,
    *,
    kind: str,
    channel: str,
    result: str,
    by: uuid.UUID,
    at: datetime,
    planned_at: datetime | None = None,
    actual_at: datetime | None = None,
    number: str = "",
    person_reached: str = "",
    text: str = "",
    detail: dict[str, Any] | None = None,
    row_id: uuid.UUID | None = None,
) -> ContactLog:
    """Writes one contact down; the same `row_id` again is the same contact.

    `kind`, `channel` and `result` are codes of `contact_kinds`, `contact_channels` and
    `contact_results`. `actual_at` is `at` where nothing else is said.
    """
    known = db.session.get(ContactLog, row_id) if row_id else None
    if known is not None:
        if known.visit_id != visit_id:
            raise Conflict(_l("This entry belongs to another visit. Open the page again."))
        return known
    row = ContactLog(
        id=row_id or uuid.uuid4(),
        visit_id=visit_id,
        kind=kind,
        planned_at=planned_at,
        actual_at=actual_at or at,
        channel=channel,
        number=number,
        person_reached=person_reached,
        result=result,
        text=text,
        detail=detail or {},
        by_id=by,
        captured_at=at,
    )
    db.session.add(row)
    note(
        visit_id, "contact.logged", by=by, at=at, contact=str(row.id), contact_kind=kind,
        channel=channel, result=result,
    )  # fmt: skip
    db.session.flush()
    log.info("contact logged visit=%s contact=%s", visit_id, row.id)
    return row


def send_message(
    site: Site,
    visit_id: uuid.UUID,
    *,
    key: uuid.UUID,
    kind: str,
    channel: str,
    to: str,
    text: str,
    by: uuid.UUID,
    at: datetime,
    subject: str = "",
    planned_at: datetime | None = None,
    person: str = "",
    detail: dict[str, Any] | None = None,
) -> ContactLog:
    """Sends a message and writes it down, once for each `key`; a failure is written down as well,
    with the sentence for the person in its detail.

    It commits what was done before it, because no other writer may wait for the network; call it
    first. Raises Conflict while the same message is under way.
    """
    known = db.session.get(Message, key)
    if known is not None:
        return _earlier(known, visit_id)
    db.session.add(
        Message(id=key, visit_id=visit_id, channel=channel, address=to, by_id=by, captured_at=at)
    )
    db.session.commit()
    problem = ""
    try:
        gateway.send(site, channel, to, text, subject=subject, key=key)
    except gateway.NotSent as refused:
        problem = str(refused.message)
    message = db.session.get_one(Message, key)
    message.state, message.ended_at = "failed" if problem else "sent", now()
    more = {**(detail or {}), **({"problem": problem} if problem else {})}
    return log_contact(
        visit_id, kind=kind, channel=channel, result="failed" if problem else "sent", by=by, at=at,
        planned_at=planned_at, number=to, person_reached=person, text=text, detail=more, row_id=key,
    )  # fmt: skip


def _earlier(message: Message, visit_id: uuid.UUID) -> ContactLog:
    logged = db.session.get(ContactLog, message.id)
    if logged is None or message.visit_id != visit_id:
        raise Conflict(
            _l(
                "This message is on its way, or was cut off on it. Wait a moment and look here "
                "again; if it is still not listed, ask the customer before you send another."
            )
        )
    return logged
