"""Which tags and slots are free, which visit a key belongs to, what falls due."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased, joinedload

from inspect_app.db import any_site, db
from inspect_app.key_tags.models import Cabinet, KeyMovement, KeyRegistration, KeyTag, Slot
from inspect_app.key_tags.scan_rules import TOKEN
from inspect_app.reservations.queries import is_held
from inspect_app.sites.models import Site
from inspect_app.staff.models import Person
from inspect_app.vehicles.models import Vehicle
from inspect_app.visits.models import Visit

SCANNED = re.compile(r"(?:^|/)([A-Za-z2-7]{16})(?:[/?#].*)?$")
"""A token alone, or at the end of any address: the app goes by the token under any host."""


MOST_USES = 100


@dataclass(frozen=True)
class Holder:
    """Whose key hangs on a tag or a slot."""

    visit_id: uuid.UUID
    visit_number: str
    plate: str
    by: str
    at: datetime


@dataclass(frozen=True)
class KeyPage:
    """The key of a visit, or what would be proposed for it. `moved` is its last movement's kind."""

    registration: KeyRegistration | None
    moved: str | None
    free_tag: int | None
    free_slot: str | None


@dataclass(frozen=True)
class KeyToPutIn:
    """A registered key that nobody has put into the cabinet yet (6.08)."""

    visit_id: uuid.UUID
    plate: str
    tag_number: int
    slot_label: str
    since: datetime


@dataclass(frozen=True)
class TagInList:
    """A tag, and the open registration it hangs on, if any."""

    number: int
    retired: bool
    visit_id: uuid.UUID | None
    plate: str
    slot_label: str
    keys: int
    since: datetime | None
    put_in: bool


def registration_of(visit_id: uuid.UUID) -> KeyRegistration | None:
    """The open registration of a visit, with its tag and slot."""
    return db.session.scalar(
        select(KeyRegistration)
        .options(joinedload(KeyRegistration.tag), joinedload(KeyRegistration.slot))
        .where(KeyRegistration.visit_id == visit_id, KeyRegistration.released_at.is_(None))
        .execution_options(populate_existing=True)
    )


def last_movement(registration_id: uuid.UUID) -> KeyMovement | None:
    """What happened to the key last."""
    return db.session.scalar(
        select(KeyMovement)
        .where(KeyMovement.registration_id == registration_id, KeyMovement.is_claim.is_(False))
        .order_by(KeyMovement.sequence.desc())
        .limit(1)
    )


def key_page(visit_id: uuid.UUID) -> KeyPage:
    """The tag card of a visit: at most two statements more than the registration's own."""
    registration = registration_of(visit_id)
    if registration is not None:
        movement = last_movement(registration.id)
        return KeyPage(registration, movement.kind if movement else None, None, None)
    tag, slot = free_tag(), free_slot()
    return KeyPage(None, None, tag.number if tag else None, slot.label if slot else None)


def open_tags() -> Select[uuid.UUID]:
    """The tags that hang on a key."""
    return select(KeyRegistration.tag_id).where(KeyRegistration.released_at.is_(None))


def open_slots() -> Select[uuid.UUID | None]:
    """The slots that a key has."""
    return select(KeyRegistration.slot_id).where(
        KeyRegistration.released_at.is_(None), KeyRegistration.slot_id.is_not(None)
    )


def free_tag() -> KeyTag | None:
    """The free tag with the lowest number; one that a tablet holds comes last."""
    return db.session.scalar(
        select(KeyTag)
        .where(KeyTag.retired_at.is_(None), KeyTag.id.not_in(open_tags()))
        .order_by(is_held(KeyTag.id), KeyTag.number)
        .limit(1)
    )


def free_slot() -> Slot | None:
    """The next free slot as the cabinets hang there; one that a tablet holds comes last."""
    return db.session.scalar(
        select(Slot)
        .join(Cabinet, Cabinet.id == Slot.cabinet_id)
        .where(Slot.id.not_in(open_slots()))
        .order_by(is_held(Slot.id), Cabinet.position, Cabinet.name, Slot.position)
        .limit(1)
    )


def tag_of(text: str) -> KeyTag | None:
    """The tag that this number, token or scanned address names."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) <= 6:
        return db.session.scalar(select(KeyTag).where(KeyTag.number == int(text)))
    scanned = SCANNED.search(text)
    if scanned is None:
        return None
    return db.session.scalar(select(KeyTag).where(KeyTag.token == scanned[1].upper()))


def slot_of(label: str) -> Slot | None:
    """The slot that this label names; of two cabinets the first."""
    return db.session.scalar(
        select(Slot)
        .join(Cabinet, Cabinet.id == Slot.cabinet_id)
        .where(Slot.label == label.strip().upper())
        .order_by(Cabinet.position)
        .limit(1)
    )


def holder_of(
    *, tag_id: uuid.UUID | None = None, slot_id: uuid.UUID | None = None
) -> Holder | None:
    """The visit whose key hangs on this tag or slot now, and who registered it when."""
    wanted = KeyRegistration.tag_id == tag_id if tag_id else KeyRegistration.slot_id == slot_id
    row = db.session.execute(
        select(
            Visit.id,
            Visit.number,
            Vehicle.plate,
            Vehicle.vin,
            Person.name,
            KeyRegistration.captured_at,
        )
        .join(KeyRegistration, KeyRegistration.visit_id == Visit.id)
        .join(Vehicle, Vehicle.id == Visit.vehicle_id)
        .join(Person, Person.id == KeyRegistration.by_id)
        .where(wanted, KeyRegistration.released_at.is_(None))
    ).first()
    return Holder(row[0], row[1], row[2] or row[3], row[4], row[5]) if row else None


def keys_to_put_in() -> list[KeyToPutIn]:
    """Registered keys that no one has put into the cabinet yet, oldest first: they are due."""
    moved = (
        select(KeyMovement.id)
        .where(KeyMovement.registration_id == KeyRegistration.id, KeyMovement.kind != "registered")
        .exists()
    )
    rows = db.session.execute(
        select(
            Visit.id,
            Vehicle.plate,
            Vehicle.vin,
            KeyTag.number,
            Slot.label,
            KeyRegistration.captured_at,
        )
        .join(KeyRegistration, KeyRegistration.visit_id == Visit.id)
        .join(Vehicle, Vehicle.id == Visit.vehicle_id)
        .join(KeyTag, KeyTag.id == KeyRegistration.tag_id)
        .outerjoin(Slot, Slot.id == KeyRegistration.slot_id)
        .where(KeyRegistration.released_at.is_(None), ~moved)
        .order_by(KeyRegistration.captured_at)
    ).all()
    return [
        KeyToPutIn(visit_id, plate or vin, number, label or "", since)
        for visit_id, plate, vin, number, label, since in rows
    ]


def all_tags() -> Sequence[TagInList]:
    """Every tag by number, with the visit it hangs on, in one statement."""
    later = aliased(KeyMovement)
    put_in = (
        select(later.id)
        .where(later.registration_id == KeyRegistration.id, later.kind != "registered")
        .exists()
    )
    rows = db.session.execute(
        select(KeyTag, KeyRegistration, Slot.label, Vehicle.plate, Vehicle.vin, put_in)
        .outerjoin(
            KeyRegistration,
            (KeyRegistration.tag_id == KeyTag.id) & KeyRegistration.released_at.is_(None),
        )
        .outerjoin(Slot, Slot.id == KeyRegistration.slot_id)
        .outerjoin(Visit, Visit.id == KeyRegistration.visit_id)
        .outerjoin(Vehicle, Vehicle.id == Visit.vehicle_id)
        .order_by(KeyTag.number)
    ).all()
    return [_in_list(*row) for row in rows]


def _in_list(
    tag: KeyTag,
    registration: KeyRegistration | None,
    label: str | None,
    plate: str | None,
    vin: str | None,
    is_put_in: bool,
) -> TagInList:
    retired = tag.retired_at is not None
    if registration is None:
        return TagInList(tag.number, retired, None, "", "", 0, None, False)
    return TagInList(
        number=tag.number,
        retired=retired,
        visit_id=registration.visit_id,
        plate=plate or vin or "",
        slot_label=label or "",
        keys=registration.keys_count + registration.remotes_count,
        since=registration.captured_at,
        put_in=is_put_in,
    )


@dataclass(frozen=True)
class TagUse:
    """One key that hung on a tag, from when to when."""

    registration_id: uuid.UUID
    visit_id: uuid.UUID
    visit_number: str
    vehicle: Vehicle
    by: str
    since: datetime
    until: datetime | None
    keys: int


def tag_with_uses(number: int) -> tuple[KeyTag, list[TagUse]] | None:
    """A tag and every key that it hung on, the newest first; the keys' own movements are theirs."""
    tag = db.session.scalar(select(KeyTag).where(KeyTag.number == number))
    if tag is None:
        return None
    rows = db.session.execute(
        select(KeyRegistration, Visit, Vehicle, Person.name)
        .join(Visit, Visit.id == KeyRegistration.visit_id)
        .join(Vehicle, Vehicle.id == Visit.vehicle_id)
        .join(Person, Person.id == KeyRegistration.by_id)
        .where(KeyRegistration.tag_id == tag.id)
        .order_by(KeyRegistration.captured_at.desc())
        .limit(MOST_USES)
    )
    uses = [
        TagUse(
            key.id,
            visit.id,
            visit.number,
            vehicle,
            name,
            key.captured_at,
            key.released_at,
            key.keys_count + key.remotes_count,
        )
        for key, visit, vehicle, name in rows
    ]
    return tag, uses


def tag_and_shop(token: str) -> tuple[KeyTag, Site] | None:
    """The tag of a code and the shop it belongs to, before anyone is signed in."""
    if not TOKEN.fullmatch(token):
        return None
    with any_site():
        row = db.session.execute(
            select(KeyTag, Site).join(Site, Site.id == KeyTag.site_id).where(KeyTag.token == token)
        ).first()
    return (row[0], row[1]) if row else None
