"""Everything captured in one visit, read in nine statements whatever the number of rows.

The record, the review, the statements that a customer signs, the sheet and the guards of the
transitions all look at the same file, so that they cannot disagree.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from inspect_app.belongings.models import Belonging, Box, BoxUse, Count
from inspect_app.db import db
from inspect_app.errors import NotFound
from inspect_app.key_tags.models import KeyRegistration, KeyTag, Slot
from inspect_app.orders.models import Order, OrderLine
from inspect_app.papers.models import Paper
from inspect_app.photos.models import Annotation, Photo
from inspect_app.readings.models import Reading
from inspect_app.signatures.models import Seal, Signature
from inspect_app.visits.models import Visit
from inspect_app.walkaround.models import Check, KnownMark, Mark, MarkView, Walkaround

Row = TypeVar("Row")


@dataclass(frozen=True)
class NotedMark:
    """A mark as this visit sees it. `is_known`: an earlier visit noted it; then `still_there` is
    this visit's answer, or None while it was not looked at."""

    mark: Mark
    is_known: bool
    still_there: bool | None
    customer_view: str | None


@dataclass(frozen=True)
class NotedPhoto:
    """A photo with what was last drawn on it."""

    photo: Photo
    annotation: Annotation | None


@dataclass(frozen=True)
class VisitFile:
    """A visit with all that was captured in it; removed rows are left out."""

    visit: Visit
    order: Order
    lines: Sequence[OrderLine]
    walkaround: Walkaround | None
    marks: Sequence[NotedMark]
    checks: Sequence[Check]
    photos: Sequence[NotedPhoto]
    papers: Sequence[Paper]
    belongings: Sequence[Belonging]
    count: Count | None
    box_use: BoxUse | None
    box: Box | None
    reading: Reading | None
    key: KeyRegistration | None
    tag: KeyTag | None
    slot: Slot | None
    signatures: Sequence[Signature] = field(default_factory=tuple)
    seals: dict[uuid.UUID, Seal] = field(default_factory=dict)

    @property
    def new_marks(self) -> list[NotedMark]:
        """The marks that this visit noted, by number: a moved one keeps its place in the list."""
        found = [noted for noted in self.marks if not noted.is_known]
        return sorted(found, key=lambda noted: noted.mark.number)

    @property
    def known_marks(self) -> list[NotedMark]:
        """The marks of earlier visits that were not found to be gone since."""
        return [noted for noted in self.marks if noted.is_known]

    def photos_of(self, subject: str, subject_id: uuid.UUID | None = None) -> list[NotedPhoto]:
        """The photos of one thing, or of all things of a kind."""
        return [
            noted
            for noted in self.photos
            if noted.photo.subject == subject
            and (subject_id is None or noted.photo.subject_id == subject_id)
        ]


def file_of(visit_id: uuid.UUID) -> VisitFile:
    """Reads the whole file. Raises NotFound, also for another site's visit."""
    head = db.session.execute(
        select(Visit, Order, Walkaround, Count, Reading, KeyRegistration, KeyTag, Slot, BoxUse, Box)
        .join(Order, Order.visit_id == Visit.id)
        .outerjoin(Walkaround, Walkaround.visit_id == Visit.id)
        .outerjoin(Count, Count.visit_id == Visit.id)
        .outerjoin(Reading, Reading.visit_id == Visit.id)
        .outerjoin(
            KeyRegistration,
            and_(KeyRegistration.visit_id == Visit.id, KeyRegistration.released_at.is_(None)),
        )
        .outerjoin(KeyTag, KeyTag.id == KeyRegistration.tag_id)
        .outerjoin(Slot, Slot.id == KeyRegistration.slot_id)
        .outerjoin(BoxUse, and_(BoxUse.visit_id == Visit.id, BoxUse.opened_at.is_(None)))
        .outerjoin(Box, Box.id == BoxUse.box_id)
        .options(
            joinedload(Visit.vehicle), joinedload(Visit.customer), joinedload(Visit.received_by)
        )
        .where(Visit.id == visit_id)
    ).first()
    if head is None:
        raise NotFound
    visit, order, walkaround, count, reading, key, tag, slot, box_use, box = head
    signatures, seals = _signed(visit_id)
    return VisitFile(
        visit=visit,
        order=order,
        lines=_rows(
            select(OrderLine)
            .where(OrderLine.order_id == order.id, OrderLine.removed_at.is_(None))
            .order_by(OrderLine.position, OrderLine.id)
        ),
        walkaround=walkaround,
        marks=marks_of(visit),
        checks=_rows(select(Check).where(Check.visit_id == visit_id)),
        photos=photos_of(visit_id),
        papers=_rows(select(Paper).where(Paper.visit_id == visit_id).order_by(Paper.code)),
        belongings=_rows(
            select(Belonging)
            .where(Belonging.visit_id == visit_id, Belonging.removed_at.is_(None))
            .order_by(Belonging.recorded_at, Belonging.id)
        ),
        count=count,
        box_use=box_use,
        box=box,
        reading=reading,
        key=key,
        tag=tag,
        slot=slot,
        signatures=signatures,
        seals=seals,
    )


def _rows(query: Select[Row]) -> Sequence[Row]:
    return db.session.scalars(query).all()


def marks_of(visit: Visit) -> list[NotedMark]:
    """This visit's marks by number, before them those of earlier visits that are not known to be
    gone: the last visit that looked at a mark decides."""
    here, later = aliased(KnownMark), aliased(KnownMark)
    gone_before = (
        select(later.id)
        .where(later.mark_id == Mark.id, later.still_there.is_(False), later.visit_id != visit.id)
        .exists()
    )
    earlier_visits = select(Visit.id).where(
        Visit.vehicle_id == visit.vehicle_id, Visit.arrived_at < visit.arrived_at
    )
    rows = db.session.execute(
        select(Mark, here.still_there, MarkView.view)
        .outerjoin(here, and_(here.mark_id == Mark.id, here.visit_id == visit.id))
        .outerjoin(MarkView, MarkView.mark_id == Mark.id)
        .where(
            Mark.vehicle_id == visit.vehicle_id,
            Mark.removed_at.is_(None),
            or_(Mark.visit_id == visit.id, and_(Mark.visit_id.in_(earlier_visits), ~gone_before)),
        )
        .order_by(Mark.visit_id == visit.id, Mark.captured_at, Mark.number)
    ).all()
    return [
        NotedMark(mark, mark.visit_id != visit.id, still_there, view)
        for mark, still_there, view in rows
    ]


def photos_of(visit_id: uuid.UUID) -> list[NotedPhoto]:
    """The visit's photos in the order they were taken, each with its last annotation."""
    newest = (
        select(Annotation.photo_id, func.max(Annotation.version).label("version"))
        .join(Photo, Photo.id == Annotation.photo_id)
        .where(Photo.visit_id == visit_id)
        .group_by(Annotation.photo_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Photo, Annotation)
        .outerjoin(newest, newest.c.photo_id == Photo.id)
        .outerjoin(
            Annotation,
            and_(Annotation.photo_id == Photo.id, Annotation.version == newest.c.version),
        )
        .where(Photo.visit_id == visit_id, Photo.removed_at.is_(None))
        .order_by(Photo.captured_at, Photo.id)
    ).all()
    return [NotedPhoto(photo, annotation) for photo, annotation in rows]


def _signed(visit_id: uuid.UUID) -> tuple[list[Signature], dict[uuid.UUID, Seal]]:
    """The visit's signatures, oldest first, and their seals."""
    rows = db.session.execute(
        select(Signature, Seal)
        .join(Seal, Seal.id == Signature.seal_id)
        .where(Signature.visit_id == visit_id)
        .order_by(Seal.sequence, Signature.code)
    ).all()
    return [row[0] for row in rows], {row[1].id: row[1] for row in rows}
