"""Holding numbers for a tablet, and letting them go."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import InstrumentedAttribute

from inspect_app.belongings.models import Box
from inspect_app.belongings.queries import boxes_in_use
from inspect_app.db import db
from inspect_app.key_tags.models import Cabinet, KeyTag, Slot
from inspect_app.key_tags.queries import open_slots, open_tags
from inspect_app.reservations.models import Reservation
from inspect_app.reservations.queries import held_by

log = logging.getLogger(__name__)
LASTS = timedelta(hours=24)
"""A tablet that was not seen for a day holds nothing any more."""
BLOCK = {"tag": 6, "slot": 6, "box": 4}
"""As many cars as one tablet takes in during a morning without network."""


@dataclass(frozen=True)
class Block:
    """The numbers that a tablet holds, as they stand on the things."""

    tags: list[int]
    slots: list[str]
    boxes: list[str]
    ends_at: datetime


def reserve(tablet_id: uuid.UUID, *, at: datetime) -> Block:
    """Fills the tablet's block up again and holds it for another day. What was used or not asked
    for in time is let go."""
    db.session.execute(delete(Reservation).where(Reservation.ends_at <= at))
    _let_used_ones_go()
    ends_at = at + LASTS
    db.session.execute(
        update(Reservation).where(Reservation.tablet_id == tablet_id).values(ends_at=ends_at)
    )
    for kind, most in BLOCK.items():
        wanted = most - len(held_by(tablet_id, kind, at))
        for subject_id in _free(kind, wanted) if wanted > 0 else []:
            db.session.add(
                Reservation(tablet_id=tablet_id, kind=kind, subject_id=subject_id, ends_at=ends_at)
            )
    db.session.flush()
    log.info("block held tablet=%s", tablet_id)
    return _block(tablet_id, at, ends_at)


def _let_used_ones_go() -> None:
    for used in (open_tags(), open_slots(), boxes_in_use()):
        db.session.execute(delete(Reservation).where(Reservation.subject_id.in_(used)))


def _free(kind: str, most: int) -> list[uuid.UUID]:
    """Free numbers that no tablet holds, as they are proposed. Half of what is free stays for those
    who work online."""
    held = select(Reservation.subject_id)
    if kind == "tag":
        free = (
            select(KeyTag.id)
            .where(KeyTag.retired_at.is_(None), KeyTag.id.not_in(open_tags()))
            .where(KeyTag.id.not_in(held))
            .order_by(KeyTag.number)
        )
    elif kind == "slot":
        free = (
            select(Slot.id)
            .join(Cabinet, Cabinet.id == Slot.cabinet_id)
            .where(Slot.id.not_in(open_slots()), Slot.id.not_in(held))
            .order_by(Cabinet.position, Cabinet.name, Slot.position)
        )
    else:
        free = (
            select(Box.id)
            .where(Box.id.not_in(boxes_in_use()), Box.id.not_in(held))
            .order_by(Box.position, Box.number)
        )
    found = list(db.session.scalars(free))
    # From the middle: the lowest numbers are what everyone else is offered next.
    begin = len(found) // 2
    return found[begin : begin + most]


def _block(tablet_id: uuid.UUID, at: datetime, ends_at: datetime) -> Block:
    def ours(subject: InstrumentedAttribute[uuid.UUID], kind: str) -> ColumnElement[bool]:
        return subject.in_(held_by(tablet_id, kind, at))

    tags = db.session.scalars(
        select(KeyTag.number).where(ours(KeyTag.id, "tag")).order_by(KeyTag.number)
    )
    slots = db.session.scalars(
        select(Slot.label)
        .join(Cabinet, Cabinet.id == Slot.cabinet_id)
        .where(ours(Slot.id, "slot"))
        .order_by(Cabinet.position, Slot.position)
    )
    boxes = db.session.scalars(
        select(Box.number).where(ours(Box.id, "box")).order_by(Box.position, Box.number)
    )
    return Block(list(tags), list(slots), list(boxes), ends_at)
