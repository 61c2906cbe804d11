"""Registering a visit's keys, and their movements."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid, TagInUse
from inspect_app.i18n import clock
from inspect_app.key_tags.models import KeyMovement, KeyRegistration, KeyTag, Slot
from inspect_app.key_tags.queries import (
    free_slot,
    free_tag,
    holder_of,
    last_movement,
    registration_of,
    slot_of,
    tag_of,
)
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)
SCREEN = "readings"


@dataclass(frozen=True)
class KeyDraft:
    """What was handed in. `tag`: number, token or scanned address; empty for the next free one, and
    so is `slot`, the label of a hook."""

    id: uuid.UUID
    tag: str
    slot: str
    keys_count: int
    remotes_count: int


def register_key(
    visit: Visit, draft: KeyDraft, *, by: uuid.UUID, at: datetime, tablet_id: uuid.UUID | None
) -> KeyRegistration:
    """The keys of a visit under one tag on one slot (6.08); a second entry changes the first.

    Raises Invalid for a tag or slot that does not exist, TagInUse for one that another visit has.
    """
    known = db.session.get(KeyRegistration, draft.id)
    if known is not None and known.visit_id != visit.id:
        raise Conflict(_l("This entry belongs to something else. Open the page again and repeat."))
    if known is not None and known.released_at is not None:
        return known
    registration = known or registration_of(visit.id)
    tag, slot = _tag(draft, registration), _slot(draft, registration)
    facts = {
        "tag": tag.number,
        "slot": slot.label if slot else None,
        "keys": draft.keys_count,
        "remotes": draft.remotes_count,
    }
    if registration is not None and registration.captured_at > at:
        note(visit.id, "key.superseded", by=by, at=at, screen=SCREEN, **facts)
        return registration
    _must_be_free(visit, tag, slot)
    is_new = registration is None
    try:
        with db.session.begin_nested():
            if registration is None:
                registration = KeyRegistration(id=draft.id, visit_id=visit.id)
                db.session.add(registration)
            registration.tag_id = tag.id
            registration.slot_id = slot.id if slot else None
            registration.keys_count = draft.keys_count
            registration.remotes_count = draft.remotes_count
            registration.captured_at, registration.by_id = at, by
    except IntegrityError:
        _must_be_free(visit, tag, slot)
        raise
    if is_new:
        db.session.add(
            KeyMovement(
                registration_id=registration.id,
                kind="registered",
                slot_id=registration.slot_id,
                tablet_id=tablet_id,
                by_id=by,
                captured_at=at,
            )
        )
    note(
        visit.id,
        "key.registered" if is_new else "key.changed",
        by=by,
        at=at,
        screen=SCREEN,
        **facts,
    )
    db.session.flush()
    log.info("key registered visit=%s registration=%s", visit.id, registration.id)
    return registration


def _tag(draft: KeyDraft, registration: KeyRegistration | None) -> KeyTag:
    """The tag that was named, the one the key has already, or the next free one."""
    if draft.tag:
        tag, problem = tag_of(draft.tag), _l("No tag has this number. Read it again.")
    elif registration is not None:
        tag, problem = db.session.get(KeyTag, registration.tag_id), None
    else:
        tag, problem = free_tag(), _l("Every tag is in use. Free one first.")
    if tag is None:
        raise Invalid({"tag": problem or ""})
    if tag.retired_at is not None:
        raise Invalid({"tag": _l("This tag is retired. Take another one.")})
    return tag


def _slot(draft: KeyDraft, registration: KeyRegistration | None) -> Slot | None:
    """The slot that was named, the one the key has already, or the next free one; None in a full
    cabinet, which never keeps a key from being registered."""
    if not draft.slot:
        if registration is not None and registration.slot_id is not None:
            return db.session.get(Slot, registration.slot_id)
        return free_slot()
    slot = slot_of(draft.slot)
    if slot is None:
        raise Invalid({"slot": _l("No slot has this label. Read it again.")})
    return slot


def _must_be_free(visit: Visit, tag: KeyTag, slot: Slot | None) -> None:
    """Raises TagInUse that says whose key hangs there."""
    holder = holder_of(tag_id=tag.id)
    if holder is not None and holder.visit_id != visit.id:
        raise TagInUse(
            _l(
                "Tag %(tag)s hangs on the key of %(plate)s, visit %(number)s (%(by)s, %(at)s). "
                "Take another tag.",
                tag=tag.number,
                plate=holder.plate,
                number=holder.visit_number,
                by=holder.by,
                at=clock(holder.at),
            )
        )
    holder = holder_of(slot_id=slot.id) if slot else None
    if holder is not None and slot is not None and holder.visit_id != visit.id:
        raise TagInUse(
            _l(
                "Slot %(slot)s holds the key of %(plate)s, visit %(number)s (%(by)s, %(at)s). "
                "Take another slot.",
                slot=slot.label,
                plate=holder.plate,
                number=holder.visit_number,
                by=holder.by,
                at=clock(holder.at),
            )
        )


def put_in(
    visit: Visit, *, row_id: uuid.UUID, by: uuid.UUID, at: datetime, tablet_id: uuid.UUID | None
) -> KeyMovement:
    """The key hangs on its slot: its first movement after being registered. Twice is once.

    Raises Conflict where no key of the visit is registered.
    """
    registration = registration_of(visit.id)
    if registration is None:
        raise Conflict(_l("No key of this visit is registered. Register it first."))
    known = db.session.get(KeyMovement, row_id)
    if known is not None and known.registration_id != registration.id:
        raise Conflict(_l("This entry belongs to something else. Open the page again and repeat."))
    last = known or last_movement(registration.id)
    if last is not None and (last is known or last.kind == "put_in"):
        return last
    movement = KeyMovement(
        id=row_id,
        registration_id=registration.id,
        kind="put_in",
        slot_id=registration.slot_id,
        tablet_id=tablet_id,
        by_id=by,
        captured_at=at,
    )
    db.session.add(movement)
    note(visit.id, "key.put_in", by=by, at=at, screen=SCREEN, registration=str(registration.id))
    db.session.flush()
    log.info("key put in visit=%s registration=%s", visit.id, registration.id)
    return movement
