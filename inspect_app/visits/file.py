"""Everything captured in one visit, read in nine statements whatever the number of rows.

The record, the review, the statements that a customer signs, the sheet and the guards of the
transitions all look at the same file, so that they cannot disagree.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

from sqlalchemy import Select, Uuid, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from inspect_app.belongings.models import Belonging, Box, BoxUse, Count
from inspect_app.db import UtcDateTime, db
from inspect_app.diagnosis.models import Diagnosis
from inspect_app.errors import NotFound
from inspect_app.key_tags.models import KeyRegistration, KeyTag, Slot
from inspect_app.orders.models import Order, OrderLine, OrderPart
from inspect_app.orders.pricing import Tax, Totals, tax_of, totals
from inspect_app.orders.queries import MAIN_SHEET, lines_with_parts
from inspect_app.papers.models import Paper
from inspect_app.photos.models import Annotation, Photo
from inspect_app.photos.rules import RETAKE
from inspect_app.readings.models import Reading
from inspect_app.signatures.models import Seal, Signature
from inspect_app.sites.models import Site
from inspect_app.sites.rules import SiteRules, read_settings
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
    """A visit with all that was captured in it; removed rows are left out.

    `lines` are those of the order and of its additional sheets, `parts` by the line they are of.
    """

    visit: Visit
    site: Site
    order: Order
    lines: Sequence[OrderLine]
    parts: Mapping[uuid.UUID, Sequence[OrderPart]]
    diagnosis: Diagnosis | None
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
    past_tag: KeyTag | None = None
    past_key: KeyRegistration | None = None
    signatures: Sequence[Signature] = field(default_factory=tuple)
    seals: dict[uuid.UUID, Seal] = field(default_factory=dict)

    @property
    def rules(self) -> SiteRules:
        """What the site decided for itself."""
        return read_settings(self.site.settings)

    @property
    def tax(self) -> Tax:
        """How the site's prices are taxed."""
        return tax_of(self.rules)

    @property
    def main_lines(self) -> list[OrderLine]:
        """The lines of the order itself, which S1 signs; additional sheets are left out."""
        return [line for line in self.lines if line.sheet == MAIN_SHEET]

    @property
    def totals(self) -> Totals:
        """What the order itself costs."""
        return totals((line.price_amount for line in self.main_lines), self.tax)

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


# Statements are made once and get their values when executed: making them anew took a third
# of the record page's time (measured 2026-11-23).
_VISIT_ID = bindparam("visit_id", type_=Uuid)
_keys = aliased(KeyRegistration)
_last_key = (
    select(_keys.id)
    .where(_keys.visit_id == Visit.id)
    .order_by(_keys.released_at.is_not(None), _keys.released_at.desc())
    .limit(1)
    .correlate(Visit)
    .scalar_subquery()
)
_HEAD = (
    select(
        Visit,
        Site,
        Order,
        Diagnosis,
        Walkaround,
        Count,
        Reading,
        KeyRegistration,
        KeyTag,
        Slot,
        BoxUse,
        Box,
    )
    .join(Site, Site.id == Visit.site_id)
    .join(Order, Order.visit_id == Visit.id)
    .outerjoin(Diagnosis, Diagnosis.visit_id == Visit.id)
    .outerjoin(Walkaround, Walkaround.visit_id == Visit.id)
    .outerjoin(Count, Count.visit_id == Visit.id)
    .outerjoin(Reading, Reading.visit_id == Visit.id)
    .outerjoin(
        KeyRegistration,
        KeyRegistration.id == _last_key,
    )
    .outerjoin(KeyTag, KeyTag.id == KeyRegistration.tag_id)
    .outerjoin(Slot, Slot.id == KeyRegistration.slot_id)
    .outerjoin(BoxUse, and_(BoxUse.visit_id == Visit.id, BoxUse.opened_at.is_(None)))
    .outerjoin(Box, Box.id == BoxUse.box_id)
    .options(joinedload(Visit.vehicle), joinedload(Visit.customer), joinedload(Visit.received_by))
    .where(Visit.id == _VISIT_ID)
)
_CHECKS = select(Check).where(Check.visit_id == _VISIT_ID)
_PAPERS = select(Paper).where(Paper.visit_id == _VISIT_ID).order_by(Paper.code)
_BELONGINGS = (
    select(Belonging)
    .where(Belonging.visit_id == _VISIT_ID, Belonging.removed_at.is_(None))
    .order_by(Belonging.recorded_at, Belonging.id)
)


def file_of(visit_id: uuid.UUID) -> VisitFile:
    """Reads the whole file. Raises NotFound, also for another site's visit."""
    here = {"visit_id": visit_id}
    head = db.session.execute(_HEAD, here).first()
    if head is None:
        raise NotFound
    visit, site, order, diagnosis, walkaround, count, reading, key, tag, slot, box_use, box = head
    lines, parts = lines_with_parts(order.id)
    last_key = cast("KeyRegistration | None", key)
    is_past = last_key is not None and last_key.released_at is not None
    signatures, seals = _signed(visit_id)
    return VisitFile(
        visit=visit,
        site=site,
        order=order,
        lines=lines,
        parts=parts,
        diagnosis=diagnosis,
        walkaround=walkaround,
        marks=marks_of(visit),
        checks=_rows(_CHECKS, here),
        photos=photos_of(visit_id),
        papers=_rows(_PAPERS, here),
        belongings=_rows(_BELONGINGS, here),
        count=count,
        box_use=box_use,
        box=box,
        reading=reading,
        key=None if is_past else key,
        tag=None if is_past else tag,
        slot=None if is_past else slot,
        past_key=key if is_past else None,
        past_tag=tag if is_past else None,
        signatures=signatures,
        seals=seals,
    )


def _rows(query: Select[Row], values: dict[str, uuid.UUID]) -> Sequence[Row]:
    return db.session.scalars(query, values).all()


_answer, _earlier = aliased(KnownMark), aliased(KnownMark)
_VEHICLE_ID = bindparam("vehicle_id", type_=Uuid)
_earlier_visits = select(Visit.id).where(
    Visit.vehicle_id == _VEHICLE_ID,
    Visit.arrived_at < bindparam("arrived_at", type_=UtcDateTime),
)
# Only what was known then: a mark that a later visit finds gone stays in what was signed here.
_gone_before = (
    select(_earlier.id)
    .where(
        _earlier.mark_id == Mark.id,
        _earlier.still_there.is_(False),
        _earlier.visit_id.in_(_earlier_visits),
    )
    .exists()
)
_MARKS = (
    select(Mark, _answer.still_there, MarkView.view)
    .outerjoin(_answer, and_(_answer.mark_id == Mark.id, _answer.visit_id == _VISIT_ID))
    .outerjoin(MarkView, MarkView.mark_id == Mark.id)
    .where(
        Mark.vehicle_id == _VEHICLE_ID,
        Mark.removed_at.is_(None),
        or_(
            and_(Mark.visit_id == _VISIT_ID, Mark.delivery_id.is_(None)),
            and_(Mark.visit_id.in_(_earlier_visits), ~_gone_before),
        ),
    )
    .order_by(Mark.visit_id == _VISIT_ID, Mark.captured_at, Mark.number)
)


def marks_of(visit: Visit) -> list[NotedMark]:
    """This visit's marks by number, before them those of earlier visits that are not known to be
    gone: the last visit that looked at a mark decides."""
    of_visit = {
        "visit_id": visit.id,
        "vehicle_id": visit.vehicle_id,
        "arrived_at": visit.arrived_at,
    }
    return [
        NotedMark(mark, mark.visit_id != visit.id, still_there, view)
        for mark, still_there, view in db.session.execute(_MARKS, of_visit)
    ]


_newest = (
    select(Annotation.photo_id, func.max(Annotation.version).label("version"))
    .join(Photo, Photo.id == Annotation.photo_id)
    .where(Photo.visit_id == _VISIT_ID)
    .group_by(Annotation.photo_id)
    .subquery()
)
_PHOTOS = (
    select(Photo, Annotation)
    .outerjoin(_newest, _newest.c.photo_id == Photo.id)
    .outerjoin(
        Annotation, and_(Annotation.photo_id == Photo.id, Annotation.version == _newest.c.version)
    )
    .where(Photo.visit_id == _VISIT_ID, Photo.removed_at.is_(None), Photo.subject != RETAKE)
    .order_by(Photo.captured_at, Photo.id)
)


def photos_of(visit_id: uuid.UUID) -> list[NotedPhoto]:
    """The visit's photos in the order they were taken, each with its last annotation; those of the
    delivery stand apart."""
    rows = db.session.execute(_PHOTOS, {"visit_id": visit_id})
    return [NotedPhoto(photo, annotation) for photo, annotation in rows]


_SIGNED = (
    select(Signature, Seal)
    .join(Seal, Seal.id == Signature.seal_id)
    .where(Signature.visit_id == _VISIT_ID)
    .order_by(Seal.sequence, Signature.code)
)


def _signed(visit_id: uuid.UUID) -> tuple[list[Signature], dict[uuid.UUID, Seal]]:
    """The visit's signatures, oldest first, and their seals."""
    rows = db.session.execute(_SIGNED, {"visit_id": visit_id}).all()
    return [row[0] for row in rows], {row[1].id: row[1] for row in rows}
