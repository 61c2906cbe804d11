"""Setting up: cabinets, tags, and tags that are lost or damaged."""

import logging
import uuid
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from inspect_app.db import db
from inspect_app.errors import Conflict, Invalid, NotFound
from inspect_app.key_tags.codes import new_token
from inspect_app.key_tags.custody import open_registration_of_tag
from inspect_app.key_tags.models import Cabinet, KeyRegistration, KeyTag, Slot
from inspect_app.vehicles.models import Vehicle
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit

log = logging.getLogger(__name__)
MOST_ROWS = 26
MOST_COLUMNS = 12
MOST_TAGS = 2_000
MOST_AT_ONCE = 312
"""As many as the largest cabinet has hooks."""


def add_cabinet(cabinet_id: uuid.UUID, name: str, rows: int, columns: int) -> Cabinet:
    """A cabinet with its hooks, A1 at the top left. A hook's label is unique in the site, so those
    of a second cabinet begin with its name. Raises Invalid where the name is in use."""
    known = db.session.get(Cabinet, cabinet_id)
    if known is not None:
        return known
    if db.session.scalar(select(Cabinet.id).where(Cabinet.name == name)) is not None:
        raise Invalid({"name": _l("There is a cabinet of this name already.")})
    position = (db.session.scalar(select(func.max(Cabinet.position))) or 0) + 1
    cabinet = Cabinet(id=cabinet_id, name=name, rows=rows, columns=columns, position=position)
    db.session.add(cabinet)
    db.session.flush()
    taken = set(db.session.scalars(select(Slot.label)))
    labels = [
        f"{chr(ord('A') + row)}{column + 1}" for row in range(rows) for column in range(columns)
    ]
    if not taken.isdisjoint(labels):
        labels = [f"{name}-{label}"[:12] for label in labels]
    if not taken.isdisjoint(labels) or len(set(labels)) < len(labels):
        raise Invalid({"name": _l("Take a shorter name: hooks are labelled with it.")})
    for place, label in enumerate(labels):
        db.session.add(Slot(cabinet_id=cabinet.id, label=label.upper(), position=place))
    db.session.flush()
    log.info("cabinet added cabinet=%s hooks=%s", cabinet.id, len(labels))
    return cabinet


def issue_tags(count: int) -> list[KeyTag]:
    """So many new tags, with the numbers after the highest. Raises Invalid beyond 2,000."""
    highest = db.session.scalar(select(func.max(KeyTag.number))) or 0
    if highest + count > MOST_TAGS:
        raise Invalid({"count": _l("A site has at most %(n)s tags.", n=MOST_TAGS)})
    tags = [KeyTag(number=highest + 1 + step, token=new_token()) for step in range(count)]
    db.session.add_all(tags)
    db.session.flush()
    log.info("tags issued count=%s", count)
    return tags


def retire_tag(
    number: int, reason: str, *, replace: bool, by: uuid.UUID, at: datetime
) -> KeyTag | None:
    """Takes a tag out of use for good; returns its successor. The key that hangs on it goes on to
    the successor, its movements stay as they are. Raises Conflict for a tag on a key that would be
    left without one."""
    tag = db.session.scalar(select(KeyTag).where(KeyTag.number == number))
    if tag is None:
        raise NotFound
    if tag.retired_at is not None:
        return db.session.get(KeyTag, tag.replaced_by_id) if tag.replaced_by_id else None
    registration_id = open_registration_of_tag(tag.id)
    if registration_id is not None and not replace:
        raise Conflict(_l("A key hangs on this tag. Issue a new tag in its place."))
    successor = issue_tags(1)[0] if replace else None
    tag.retired_at, tag.retired_reason = at, reason
    if successor is not None:
        tag.replaced_by_id = successor.id
        if registration_id is not None:
            _hang_over(registration_id, tag, successor, by=by, at=at)
    db.session.flush()
    log.info("tag retired tag=%s successor=%s", tag.id, successor.id if successor else None)
    return successor


def _hang_over(
    registration_id: uuid.UUID, tag: KeyTag, successor: KeyTag, *, by: uuid.UUID, at: datetime
) -> None:
    registration = db.session.get_one(KeyRegistration, registration_id)
    registration.tag_id = successor.id
    note(
        registration.visit_id,
        "key.tag_replaced",
        by=by,
        at=at,
        screen="tags",
        before=tag.number,
        after=successor.number,
        reason=tag.retired_reason,
    )


def tags_to_print(first: int, last: int) -> list[tuple[KeyTag, str, str]]:
    """Tags in use or free from one number to another, each with its hook and the plate of its key,
    if it has any."""
    rows = db.session.execute(
        select(KeyTag, Slot.label, Vehicle.plate)
        .outerjoin(
            KeyRegistration,
            (KeyRegistration.tag_id == KeyTag.id) & KeyRegistration.released_at.is_(None),
        )
        .outerjoin(Slot, Slot.id == KeyRegistration.slot_id)
        .outerjoin(Visit, Visit.id == KeyRegistration.visit_id)
        .outerjoin(Vehicle, Vehicle.id == Visit.vehicle_id)
        .where(KeyTag.retired_at.is_(None), KeyTag.number.between(first, last))
        .order_by(KeyTag.number)
        .limit(MOST_AT_ONCE)
    )
    return [(tag, label or "", plate or "") for tag, label, plate in rows]


def hook_labels() -> list[str]:
    """What stands beside each hook, cabinet by cabinet."""
    query = select(Slot.label).join(Cabinet, Cabinet.id == Slot.cabinet_id)
    return list(db.session.scalars(query.order_by(Cabinet.position, Cabinet.name, Slot.position)))


def shape_of_shop() -> tuple[list[Cabinet], int, int]:
    """The cabinets, the number of hooks, and of tags that are not retired."""
    cabinets = list(db.session.scalars(select(Cabinet).order_by(Cabinet.position, Cabinet.name)))
    hooks = db.session.scalar(select(func.count()).select_from(Slot)) or 0
    in_use = select(func.count()).select_from(KeyTag).where(KeyTag.retired_at.is_(None))
    return cabinets, hooks, db.session.scalar(in_use) or 0
