"""Reading where keys are: one key with all its movements, and every key of the site at a glance."""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased, joinedload

from inspect_app.db import any_site, db
from inspect_app.errors import NotFound
from inspect_app.key_tags import custody_rules as rules
from inspect_app.key_tags.custody_rules import Custody, Moved
from inspect_app.key_tags.models import Cabinet, KeyMovement, KeyRegistration, KeyTag, Slot
from inspect_app.staff.models import Person
from inspect_app.vehicles.models import Vehicle
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import GONE_STATES

LEFT_STATES = GONE_STATES | {"delivered"}
"""The car has left, or its customer has it: no key of it should hang here."""


@dataclass(frozen=True)
class KeyFile:
    """One registered key: where it is, and every hand it went through, oldest first."""

    registration: KeyRegistration
    visit: Visit
    movements: Sequence[KeyMovement]
    names: dict[uuid.UUID, str]
    slots: dict[uuid.UUID, str]
    custody: Custody

    @property
    def open_claims(self) -> list[KeyMovement]:
        """The late entries that contradict the rest and wait for a person's answer."""
        settled = {one.settles_id for one in self.movements}
        return [one for one in self.movements if one.is_claim and one.id not in settled]

    @property
    def has_left(self) -> bool:
        """Whether the car is gone already."""
        return self.visit.state in LEFT_STATES

    @property
    def holder(self) -> str:
        """The name of who has the key in hand."""
        holder_id = self.custody.holder_id
        return self.names.get(holder_id, "") if holder_id else ""


def moved(row: KeyMovement) -> Moved:
    """A movement as the rules see it."""
    return Moved(
        sequence=row.sequence,
        kind=row.kind,
        at=row.captured_at,
        by_id=row.by_id,
        holder_id=row.to_person_id,
        reason=row.reason,
        expected_return_at=row.expected_return_at,
        is_claim=row.is_claim,
    )


def movements_of(registration_id: uuid.UUID) -> Sequence[KeyMovement]:
    """All movements of a key as they happened, late ones in their place."""
    return db.session.scalars(
        select(KeyMovement)
        .where(KeyMovement.registration_id == registration_id)
        .order_by(KeyMovement.captured_at, KeyMovement.sequence)
        .execution_options(populate_existing=True)
    ).all()


def key_file(registration_id: uuid.UUID) -> KeyFile:
    """One key. Raises NotFound, also for another site's."""
    row = db.session.execute(
        select(KeyRegistration, Visit)
        .join(Visit, Visit.id == KeyRegistration.visit_id)
        .options(
            joinedload(KeyRegistration.tag),
            joinedload(KeyRegistration.slot),
            # Read anew as a whole: whoever has the visit already keeps its customer.
            joinedload(Visit.vehicle),
            joinedload(Visit.customer),
            joinedload(Visit.received_by),
        )
        .where(KeyRegistration.id == registration_id)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotFound
    movements = movements_of(registration_id)
    people = {
        person_id
        for one in movements
        for person_id in (one.by_id, one.from_person_id, one.to_person_id)
        if person_id
    }
    return KeyFile(
        registration=row[0],
        visit=row[1],
        movements=movements,
        names=names_of(people),
        slots=labels_of({one.slot_id for one in movements if one.slot_id}),
        custody=rules.custody(moved(one) for one in movements),
    )


def names_of(people: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Names, also of those who work here no more."""
    query = select(Person.id, Person.name).where(Person.id.in_(list(people)))
    return {row.id: row.name for row in db.session.execute(query)}


def labels_of(slots: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What stands beside these hooks."""
    query = select(Slot.id, Slot.label).where(Slot.id.in_(list(slots)))
    return {row.id: row.label for row in db.session.execute(query)}


def tag_not_free(visit_id: uuid.UUID) -> int | None:
    """The number of the tag that still holds this visit's key, for the guard of a visit's end."""
    held = db.session.execute(
        select(KeyRegistration.id, KeyTag.number)
        .join(KeyTag, KeyTag.id == KeyRegistration.tag_id)
        .where(KeyRegistration.visit_id == visit_id, KeyRegistration.released_at.is_(None))
    ).first()
    if held is None:
        return None
    custody = key_file(held.id).custody
    return held.number if rules.missing_for_delivery("END", custody, None) else None


def open_registration_of_tag(tag_id: uuid.UUID) -> uuid.UUID | None:
    """The key that hangs on this tag now."""
    return db.session.scalar(
        select(KeyRegistration.id).where(
            KeyRegistration.tag_id == tag_id, KeyRegistration.released_at.is_(None)
        )
    )


def tag_by_token(token: str) -> KeyTag | None:
    """The tag of a code, whichever site it belongs to: the caller tells no more of another's."""
    with any_site():
        return db.session.scalar(select(KeyTag).where(KeyTag.token == token))


def tag_by_number(text: str) -> KeyTag | None:
    """The tag with this number; None for anything else that was typed."""
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        return None
    return db.session.scalar(select(KeyTag).where(KeyTag.number == int(text)))


_last = aliased(KeyMovement)
_newer = aliased(KeyMovement)
_newest = (
    select(func.max(_newer.sequence))
    .where(_newer.registration_id == KeyRegistration.id, _newer.is_claim.is_(False))
    .correlate(KeyRegistration)
    .scalar_subquery()
)
_settling = aliased(KeyMovement)
_claim = aliased(KeyMovement)
_is_asked: ColumnElement[bool] = (
    select(_claim.id)
    .where(
        _claim.registration_id == KeyRegistration.id,
        _claim.is_claim.is_(True),
        ~select(_settling.id).where(_settling.settles_id == _claim.id).exists(),
    )
    .correlate(KeyRegistration)
    .exists()
)


@dataclass(frozen=True)
class KeyNow:
    """One open registration and where its key is. `state`: to_put_in, in, out, overdue or
    not_expected."""

    registration_id: uuid.UUID
    visit_id: uuid.UUID
    visit_number: str
    vehicle: Vehicle
    tag: int
    slot_id: uuid.UUID | None
    slot: str
    state: str
    holder: str
    since: datetime
    reason: str
    expected_return_at: datetime | None
    is_asked: bool


_KEYS = (
    select(
        KeyRegistration, Visit, Vehicle, KeyTag.number, Slot.label, _last, Person.name, _is_asked
    )
    .join(Visit, Visit.id == KeyRegistration.visit_id)
    .join(Vehicle, Vehicle.id == Visit.vehicle_id)
    .join(KeyTag, KeyTag.id == KeyRegistration.tag_id)
    .outerjoin(Slot, Slot.id == KeyRegistration.slot_id)
    .outerjoin(_last, and_(_last.registration_id == KeyRegistration.id, _last.sequence == _newest))
    .outerjoin(Person, Person.id == _last.to_person_id)
    .where(KeyRegistration.released_at.is_(None))
    .order_by(KeyTag.number)
)


def keys_now(now: datetime) -> list[KeyNow]:
    """Every key that is in the shop's hands, by tag number; one statement."""
    return [_key_now(now, *row) for row in db.session.execute(_KEYS)]


def _key_now(
    now: datetime,
    registration: KeyRegistration,
    visit: Visit,
    vehicle: Vehicle,
    tag: int,
    slot: str | None,
    last: KeyMovement | None,
    holder: str | None,
    is_asked: bool,
) -> KeyNow:
    now_is = rules.custody([moved(last)] if last else [])
    return KeyNow(
        registration_id=registration.id,
        visit_id=visit.id,
        visit_number=visit.number,
        vehicle=vehicle,
        tag=tag,
        slot_id=registration.slot_id,
        slot=slot or "",
        state=rules.slot_state(now_is, now, car_has_left=visit.state in LEFT_STATES),
        holder=holder or "",
        since=last.captured_at if last else registration.captured_at,
        reason=last.reason if last else "",
        expected_return_at=now_is.expected_return_at,
        is_asked=bool(is_asked),
    )


@dataclass(frozen=True)
class Wall:
    """The cabinets as they hang there, and the keys that have no hook."""

    cabinets: list[tuple[Cabinet, list[tuple[Slot, KeyNow | None]]]]
    without_hook: list[KeyNow]
    counts: dict[str, int]
    asked: list[KeyNow]


def wall(now: datetime) -> Wall:
    """Every hook of the site with what hangs there; three statements."""
    keys = keys_now(now)
    by_slot = {key.slot_id: key for key in keys if key.slot_id}
    cabinets = db.session.scalars(select(Cabinet).order_by(Cabinet.position, Cabinet.name)).all()
    hooks: dict[uuid.UUID, list[tuple[Slot, KeyNow | None]]] = {one.id: [] for one in cabinets}
    for slot in db.session.scalars(select(Slot).order_by(Slot.position)):
        hooks[slot.cabinet_id].append((slot, by_slot.get(slot.id)))
    counts = {"free": sum(key is None for row in hooks.values() for _slot, key in row)}
    for key in keys:
        counts[key.state] = counts.get(key.state, 0) + 1
    return Wall(
        cabinets=[(cabinet, hooks[cabinet.id]) for cabinet in cabinets],
        without_hook=[key for key in keys if key.slot_id is None],
        counts=counts,
        asked=[key for key in keys if key.is_asked],
    )


def seen_of(shown: Wall) -> str:
    """A short hash of all that the wall shows, so that a tablet can say what it has."""
    facts = [
        (slot.label, key and (key.registration_id, key.state, key.since, key.holder, key.is_asked))
        for _cabinet, hooks in shown.cabinets
        for slot, key in hooks
    ]
    rest = [(key.registration_id, key.state, key.since) for key in shown.without_hook]
    return hashlib.sha256(repr((facts, rest)).encode()).hexdigest()[:16]
