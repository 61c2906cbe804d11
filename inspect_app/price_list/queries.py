"""Asking the price list."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from inspect_app.db import db
from inspect_app.errors import NotFound
from inspect_app.price_list.models import LabourRate, PriceItem
from inspect_app.price_list.rules import LEAST_TYPED, MOST_FOUND, searchable

MOST_SHOWN = 200
"""Of a long list a page shows the first; the search finds the rest."""


@dataclass(frozen=True)
class PricedItem:
    """An item with the rate its hours are charged at."""

    item: PriceItem
    rate: LabourRate | None


_ITEMS = (
    select(PriceItem, LabourRate)
    .outerjoin(LabourRate, LabourRate.id == PriceItem.labour_rate_id)
    .where(PriceItem.removed_at.is_(None))
    .order_by(PriceItem.name, PriceItem.code)
)


def found(text: str, kind: str, most: int = MOST_FOUND) -> list[PricedItem]:
    """The items of a kind that have every typed word in their code or one of their names."""
    wanted = searchable(text)
    if len(wanted) < LEAST_TYPED:
        return []
    query = _ITEMS.where(PriceItem.kind == kind).limit(most)
    for word in wanted.split():
        query = query.where(PriceItem.search_text.contains(word, autoescape=True))
    return [PricedItem(item, rate) for item, rate in db.session.execute(query)]


def items_of(kind: str) -> list[PricedItem]:
    """The list, by name."""
    rows = db.session.execute(_ITEMS.where(PriceItem.kind == kind).limit(MOST_SHOWN))
    return [PricedItem(item, rate) for item, rate in rows]


def priced_item(item_id: uuid.UUID) -> PricedItem:
    """One item, removed or not. Raises NotFound."""
    row = db.session.execute(
        select(PriceItem, LabourRate)
        .outerjoin(LabourRate, LabourRate.id == PriceItem.labour_rate_id)
        .where(PriceItem.id == item_id)
    ).first()
    if row is None:
        raise NotFound
    return PricedItem(row[0], row[1])


def usual_item(code: str) -> PricedItem | None:
    """The price of a usual item, if the list has one."""
    row = db.session.execute(_ITEMS.where(PriceItem.usual == code).limit(1)).first()
    return PricedItem(row[0], row[1]) if row else None


def labour_rates() -> Sequence[LabourRate]:
    """The shop's rates; the first is offered first."""
    return db.session.scalars(
        select(LabourRate)
        .where(LabourRate.removed_at.is_(None))
        .order_by(LabourRate.position, LabourRate.name)
    ).all()
