"""Photos and what was drawn on them."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.db import Base, Captured, SiteOwned


class Photo(SiteOwned, Captured, Base):
    """One photo as it was received: `sha256` is of the bytes as sent, which are never changed.

    `subject` says what it is of: `angle` (then `angle` names it), `retake` (taken again at the
    delivery; `subject_id` is the arrival's photo), or `mark`, `check`, `paper`,
    `belonging`, `reading`, `finding`, then `subject_id` (or `subject_code` for a check).
    `width` and `height` are pixels of the upright picture.
    """

    __tablename__ = "photos"
    __table_args__ = (
        Index(None, "visit_id", "captured_at"),
        Index(None, "sha256"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int]
    mime: Mapped[str] = mapped_column(String(20))
    width: Mapped[int]
    height: Mapped[int]
    subject: Mapped[str] = mapped_column(String(12), default="angle")
    subject_id: Mapped[uuid.UUID | None]
    subject_code: Mapped[str] = mapped_column(String(60), default="")
    angle: Mapped[str] = mapped_column(String(20), default="free")
    after_signature: Mapped[bool] = mapped_column(default=False)
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))


class Annotation(SiteOwned, Captured, Base):
    """What was drawn on a photo: vectors over the untouched picture. Append-only, the last counts.

    `shapes`: list of {kind: arrow|circle|pen|word, colour: 1|2, points: [[x, y] …], text}, in
    fractions 0 to 1 of the upright picture.
    """

    __tablename__ = "annotations"
    __table_args__ = (UniqueConstraint("photo_id", "version"),)

    photo_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("photos.id"))
    version: Mapped[int]
    shapes: Mapped[list[Any]]
