"""Taking photos in, putting them aside, and drawing on them."""

import logging
import uuid
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from inspect_app.config import Settings
from inspect_app.db import db
from inspect_app.errors import BadPhoto, Conflict, Sealed
from inspect_app.photos.models import Annotation, Photo
from inspect_app.photos.pictures import Pictures, make_pictures
from inspect_app.photos.queries import is_in_a_seal, last_annotation
from inspect_app.photos.rules import RETAKE
from inspect_app.photos.storage import CannotStore, Kind, NotStored, PhotoFolder, StoredDiffers
from inspect_app.visits.history import note
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import may_capture

log = logging.getLogger(__name__)


def folder() -> PhotoFolder:
    """Where this shop keeps its photos."""
    settings: Settings = current_app.extensions["settings"]
    return PhotoFolder(settings.data_dir / "photos")


def keep_photo(
    visit: Visit,
    photo_id: uuid.UUID,
    content: bytes,
    pictures: Pictures,
    *,
    subject: str,
    subject_id: uuid.UUID | None,
    subject_code: str,
    angle: str,
    by: uuid.UUID,
    at: datetime,
) -> Photo:
    """Keeps a photo; the same one again is a success. Everything that may refuse it stands before
    the files, and the row is committed after them, so that neither is left without the other.

    A photo that comes after the check-in was sealed completes the seal that names it; any other is
    kept and shown as taken after the signature. Raises Conflict, BadPhoto (503: a full disk).
    """
    known = db.session.scalar(select(Photo).where(Photo.id == photo_id))
    if known is not None:
        if known.visit_id != visit.id or known.sha256 != pictures.sha256:
            raise Conflict(_l("Another photo has this number already. Take this one again."))
        return known
    is_of_check_in = subject != RETAKE and not is_in_a_seal(photo_id, pictures.sha256)
    late = is_of_check_in and not may_capture(visit.state)
    photo = Photo(
        id=photo_id,
        visit_id=visit.id,
        sha256=pictures.sha256,
        size_bytes=len(content),
        mime=pictures.mime,
        width=pictures.width,
        height=pictures.height,
        subject=subject,
        subject_id=subject_id,
        subject_code=subject_code,
        angle=angle,
        after_signature=late,
        by_id=by,
        captured_at=at,
    )
    db.session.add(photo)
    note(visit.id, "photo.received", by=by, at=at, screen="walkaround", photo=str(photo_id),
         subject=subject, angle=angle, after_signature=late)  # fmt: skip
    db.session.flush()
    _store(content, pictures)
    log.info("photo received visit=%s photo=%s", visit.id, photo_id)
    return photo


def _store(content: bytes, pictures: Pictures) -> None:
    photos = folder()
    try:
        photos.put_new(pictures.sha256, "received", content)
        photos.put_new(pictures.sha256, "screen", pictures.screen)
        photos.put_new(pictures.sha256, "list", pictures.list)
    except (CannotStore, StoredDiffers) as refusal:
        log.error("photo not stored sha256=%s", pictures.sha256, exc_info=refusal)
        raise BadPhoto(
            _l("The shop's disk did not take the photo. It stays on this tablet; tell a manager."),
            503,
        ) from refusal


def make_again(photo: Photo, kind: Kind) -> bytes:
    """A derived size that is not on the disk, from the received bytes. Raises NotStored."""
    photos = folder()
    content = photos.read(photo.sha256, "received")
    if kind == "received":
        return content
    _store(content, make_pictures(content))
    if not photos.has(photo.sha256, kind):
        raise NotStored
    return photos.read(photo.sha256, kind)


def remove_photo(photo: Photo, *, by: uuid.UUID, at: datetime) -> None:
    """Takes the photo out of the visit; its file and row stay. Raises Sealed."""
    _refuse_if_sealed(photo)
    if photo.removed_at is None:
        photo.removed_at, photo.removed_by_id = at, by
        note(photo.visit_id, "photo.removed", by=by, at=at, screen="photo", photo=str(photo.id))
    db.session.flush()


def return_photo(photo: Photo, *, by: uuid.UUID, at: datetime) -> None:
    """Takes the removal back. Raises Sealed."""
    _refuse_if_sealed(photo)
    if photo.removed_at is not None:
        photo.removed_at = photo.removed_by_id = None
        note(photo.visit_id, "photo.returned", by=by, at=at, screen="photo", photo=str(photo.id))
    db.session.flush()


def annotate(
    photo: Photo,
    annotation_id: uuid.UUID,
    shapes: list[dict[str, Any]],
    *,
    by: uuid.UUID,
    at: datetime,
) -> Annotation | None:
    """Adds what is drawn now as the newest version; the earlier ones stay.

    One that was drawn before the newest one, on another tablet, is kept in the history alone.
    Raises Sealed, Conflict.
    """
    known = db.session.scalar(select(Annotation).where(Annotation.id == annotation_id))
    if known is not None:
        if known.photo_id != photo.id:
            raise Conflict(_l("This drawing belongs to another photo. Draw it again."))
        return known
    _refuse_if_sealed(photo)
    last = last_annotation(photo.id)
    if last is not None and at < last.captured_at:
        note(photo.visit_id, "photo.annotation.superseded", by=by, at=at, screen="photo",
             photo=str(photo.id), shapes=shapes)  # fmt: skip
        db.session.flush()
        return last
    annotation = Annotation(
        id=annotation_id,
        photo_id=photo.id,
        version=last.version + 1 if last else 1,
        shapes=shapes,
        by_id=by,
        captured_at=at,
    )
    db.session.add(annotation)
    note(photo.visit_id, "photo.annotated", by=by, at=at, screen="photo",
         photo=str(photo.id), version=annotation.version, shapes=len(shapes))  # fmt: skip
    db.session.flush()
    return annotation


def _refuse_if_sealed(photo: Photo) -> None:
    if is_in_a_seal(photo.id):
        raise Sealed(
            _l("The customer signed with this photo in sight. It stays as it is; take a new one.")
        )
