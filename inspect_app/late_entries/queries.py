"""Reading what came too late."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from inspect_app.db import db
from inspect_app.errors import NotFound
from inspect_app.late_entries.models import LateEntry, LateFile
from inspect_app.photos.models import Photo
from inspect_app.sent import Sent, SentFile
from inspect_app.signatures.models import Seal
from inspect_app.vehicles.models import Vehicle
from inspect_app.visits.models import Visit

MOST_DUE = 50


def late_entry(key: uuid.UUID) -> LateEntry | None:
    """The entry with this key, if it is kept here."""
    return db.session.scalar(select(LateEntry).where(LateEntry.id == key))


def entries_of_visit(visit_id: uuid.UUID) -> Sequence[LateEntry]:
    """What came after the signature, as it was captured."""
    return db.session.scalars(
        select(LateEntry)
        .options(joinedload(LateEntry.by), selectinload(LateEntry.files))
        .where(LateEntry.visit_id == visit_id, LateEntry.reason == "after_signature")
        .order_by(LateEntry.captured_at, LateEntry.id)
    ).all()


def entries_of_claim(claim_id: uuid.UUID) -> Sequence[LateEntry]:
    """What was captured under a claim and waits for its answer, with the bytes of its files: rows
    before photos, each in the order of capture."""
    found = db.session.scalars(
        select(LateEntry)
        .options(selectinload(LateEntry.files).undefer(LateFile.content))
        .where(LateEntry.claim_id == claim_id, LateEntry.answer == "")
        .order_by(LateEntry.captured_at, LateEntry.recorded_at)
    ).all()
    return sorted(found, key=lambda one: bool(one.files))


def late_file(visit_id: uuid.UUID, entry_id: uuid.UUID, file_id: uuid.UUID) -> LateFile:
    """One file with its bytes. Raises NotFound."""
    file = db.session.scalar(
        select(LateFile)
        .join(LateEntry, LateEntry.id == LateFile.entry_id)
        .options(undefer(LateFile.content))
        .where(LateEntry.id == entry_id, LateEntry.visit_id == visit_id, LateFile.id == file_id)
    )
    if file is None:
        raise NotFound
    return file


def unseen() -> list[tuple[Visit, datetime]]:
    """Visits with something that came after the signature and that nobody looked at, and since
    when."""
    waits = (
        select(LateEntry.visit_id, func.min(LateEntry.recorded_at).label("since"))
        .where(LateEntry.reason == "after_signature", LateEntry.answer == "")
        .group_by(LateEntry.visit_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Visit, LateEntry.recorded_at)
        .join(waits, waits.c.visit_id == Visit.id)
        .join(
            LateEntry,
            (LateEntry.visit_id == waits.c.visit_id) & (LateEntry.recorded_at == waits.c.since),
        )
        .join(Vehicle, Vehicle.id == Visit.vehicle_id)
        .options(joinedload(Visit.vehicle))
        .order_by(LateEntry.recorded_at)
        .limit(MOST_DUE)
    )
    return list({row[0].id: (row[0], row[1]) for row in rows}.values())


def visit_of_photo(photo_id: uuid.UUID) -> uuid.UUID | None:
    """The visit that a photo belongs to."""
    return db.session.scalar(select(Photo.visit_id).where(Photo.id == photo_id))


def visit_is_known(visit_id: uuid.UUID) -> bool:
    """Whether the shop has this visit."""
    return db.session.scalar(select(Visit.id).where(Visit.id == visit_id)) is not None


def sealed_at(visit_id: uuid.UUID) -> datetime | None:
    """When the shop took the visit's last seal."""
    return db.session.scalar(select(func.max(Seal.recorded_at)).where(Seal.visit_id == visit_id))


def as_sent(entry: LateEntry) -> Sent:
    """The entry as the request that it was; its files must have been read."""
    return Sent(
        key=entry.id,
        url=entry.url,
        fields=[(str(name), str(value)) for name, value in entry.fields],
        tablet_clock=entry.tablet_clock,
        clock_offset_ms=entry.clock_offset_ms,
        captured_at=entry.captured_at,
        files=[SentFile(one.name, one.filename, one.mime, one.content) for one in entry.files],
    )
