"""Tools and belongings (6.06–6.07, D2, D10)."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.db import Base, Captured, SiteOwned


class Belonging(SiteOwned, Captured, Base):
    """One line of the items list. `code` is `other_item` where `name` says what it is."""

    __tablename__ = "belongings"
    __table_args__ = (
        Index(None, "visit_id"),
        CheckConstraint("quantity between 1 and 99", name="quantity"),
        CheckConstraint("place in ('in_car', 'in_box')", name="place"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80), default="")
    quantity: Mapped[int] = mapped_column(default=1)
    condition: Mapped[str] = mapped_column(String(80), default="")
    place: Mapped[str] = mapped_column(String(8), default="in_car")
    location: Mapped[str] = mapped_column(String(80), default="")
    remark: Mapped[str] = mapped_column(Text, default="")
    removed_at: Mapped[datetime | None]


class Count(SiteOwned, Captured, Base):
    """What was said of the whole: valuables, the notice P8, and that nothing was left."""

    __tablename__ = "belonging_counts"
    __table_args__ = (
        CheckConstraint("valuables in ('none', 'removed', 'listed')", name="valuables"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"), unique=True)
    valuables: Mapped[str | None] = mapped_column(String(8))
    notice_told_at: Mapped[datetime | None]
    nothing_left: Mapped[bool] = mapped_column(default=False)


class Box(SiteOwned, Base):
    """A storage box of the shop (6.07)."""

    __tablename__ = "boxes"
    __table_args__ = (UniqueConstraint("site_id", "number"),)

    number: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(default=0)


class BoxUse(SiteOwned, Captured, Base):
    """A box in use for one car. One open use per box and per visit, held by the database."""

    __tablename__ = "box_uses"
    __table_args__ = (
        Index(
            "uq_box_uses_open_box",
            "box_id",
            unique=True,
            sqlite_where=text("opened_at IS NULL"),
            postgresql_where=text("opened_at IS NULL"),
        ),
        Index(
            "uq_box_uses_open_visit",
            "visit_id",
            unique=True,
            sqlite_where=text("opened_at IS NULL"),
            postgresql_where=text("opened_at IS NULL"),
        ),
    )

    box_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("boxes.id"))
    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    sealed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    sealed_at: Mapped[datetime | None]
    opened_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[datetime | None]
