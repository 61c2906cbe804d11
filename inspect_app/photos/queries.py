"""Reading photos: one by one, and whether a seal names them."""

import uuid

from sqlalchemy import select

from inspect_app.db import db
from inspect_app.errors import NotFound
from inspect_app.photos.models import Annotation, Photo
from inspect_app.signatures.models import SealPhoto


def photo_of(photo_id: uuid.UUID, only_of_visit: uuid.UUID | None = None) -> Photo:
    """The photo. Raises NotFound, also for another site's, and for one of another visit than the
    one whose customer holds the tablet (`only_of_visit`)."""
    photo = db.session.scalar(select(Photo).where(Photo.id == photo_id))
    if photo is None or only_of_visit not in (None, photo.visit_id):
        raise NotFound
    return photo


def last_annotation(photo_id: uuid.UUID) -> Annotation | None:
    """What was last drawn on the photo."""
    return db.session.scalar(
        select(Annotation)
        .where(Annotation.photo_id == photo_id)
        .order_by(Annotation.version.desc())
        .limit(1)
    )


def is_in_a_seal(photo_id: uuid.UUID, sha256: str | None = None) -> bool:
    """Whether a seal names this photo, and with this hash if one is given."""
    named = select(SealPhoto.id).where(SealPhoto.photo_id == photo_id)
    if sha256 is not None:
        named = named.where(SealPhoto.sha256 == sha256)
    return db.session.scalar(named.limit(1)) is not None


FACES = ("front_left", "front", "front_right", "left", "right", "rear_left", "rear", "rear_right")
"""The angles that tell a car from another, the best first."""


def face_of_car(visit_id: uuid.UUID) -> Photo | None:
    """The photo by which a person knows the car again; None where the outside has none."""
    found = db.session.scalars(
        select(Photo)
        .where(Photo.visit_id == visit_id, Photo.angle.in_(FACES), Photo.removed_at.is_(None))
        .order_by(Photo.captured_at)
    ).all()
    return min(found, key=lambda photo: FACES.index(photo.angle), default=None)
