"""Changing the price list. What an order took from it stays in the order as it was."""

import logging
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import lazy_gettext
from sqlalchemy import select

from inspect_app.db import db
from inspect_app.errors import Conflict, Stale
from inspect_app.price_list.models import LabourRate, PriceItem
from inspect_app.price_list.rules import searchable

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ItemDraft:
    """An item as it was typed. `version` is the one on the screen, 0 for a new item."""

    id: uuid.UUID
    kind: str
    code: str
    name: str
    other_names: dict[str, str] = field(default_factory=dict)
    usual: str = ""
    method: str = "item"
    price_amount: int | None = None
    hours_hundredths: int | None = None
    labour_rate_id: uuid.UUID | None = None
    number: str = ""
    brand: str = ""
    grade: str = ""
    is_key_position: bool = False
    version: int = 0


def save_item(draft: ItemDraft) -> PriceItem:
    """Adds an item, or changes the one of this id. Raises Conflict where the code is another
    item's, Stale where someone changed it in between."""
    _refuse_taken(draft)
    item = db.session.get(PriceItem, draft.id)
    if item is None:
        item = PriceItem(id=draft.id, version=0)
        db.session.add(item)
    elif 0 < draft.version < item.version:
        raise Stale(_CHANGED)
    for name in (
        "kind", "code", "name", "other_names", "usual", "method", "price_amount",
        "hours_hundredths", "labour_rate_id", "number", "brand", "grade", "is_key_position",
    ):  # fmt: skip
        setattr(item, name, getattr(draft, name))
    names = draft.other_names.values()
    item.search_text = searchable(draft.code, draft.name, draft.number, draft.brand, *names)[:1000]
    item.version, item.removed_at = item.version + 1, None
    db.session.flush()
    log.info("price item saved item=%s", item.id)
    return item


_CHANGED = lazy_gettext("A colleague changed this in between. Open it again, then change it.")


def _refuse_taken(draft: ItemDraft) -> None:
    other = db.session.scalar(
        select(PriceItem.name).where(PriceItem.code == draft.code, PriceItem.id != draft.id)
    )
    if other is not None:
        raise Conflict(
            lazy_gettext("“%(name)s” has this code already. Choose another.", name=other)
        )


def remove_item(item: PriceItem, *, at: datetime) -> None:
    """Takes an item out of the list; orders that have it keep it."""
    item.removed_at = item.removed_at or at
    item.version += 1
    db.session.flush()
    log.info("price item removed item=%s", item.id)


def save_rate(rate_id: uuid.UUID, name: str, rate_amount: int) -> LabourRate:
    """Adds a labour rate, or changes the one of this id; a new one stands last."""
    rate = db.session.get(LabourRate, rate_id)
    if rate is None:
        last = db.session.scalars(select(LabourRate.position)).all()
        rate = LabourRate(id=rate_id, version=0, position=max(last, default=-1) + 1)
        db.session.add(rate)
    rate.name, rate.rate_amount, rate.removed_at = name, rate_amount, None
    rate.version += 1
    db.session.flush()
    log.info("labour rate saved rate=%s", rate.id)
    return rate


def remove_rate(rate: LabourRate, *, at: datetime) -> None:
    """The rate is no longer offered."""
    rate.removed_at = rate.removed_at or at
    rate.version += 1
    db.session.flush()
