"""The shop's price list and its labour rates."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.db import Base, SiteOwned


class LabourRate(SiteOwned, Base):
    """The price of one hour of labour; the first by position is offered first."""

    __tablename__ = "labour_rates"
    __table_args__ = (CheckConstraint("rate_amount >= 0", name="rate_amount"),)

    name: Mapped[str] = mapped_column(String(80))
    rate_amount: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    removed_at: Mapped[datetime | None]


class PriceItem(SiteOwned, Base):
    """Work or a part with its price. `kind`: work or part; `usual`: the usual item that this is the
    price of. Work costs `price_amount`, or its hours at a rate; a part `price_amount` a piece.

    `search_text` is code and names in small letters, for the quick search.
    """

    __tablename__ = "price_items"
    __table_args__ = (
        UniqueConstraint("site_id", "code"),
        Index(None, "site_id", "kind", "usual"),
        CheckConstraint("kind in ('work', 'part')", name="kind"),
        CheckConstraint("method in ('system', 'symptom', 'item')", name="method"),
        CheckConstraint("length(name) > 0", name="name"),
        CheckConstraint("price_amount >= 0", name="price_amount"),
        CheckConstraint("hours_hundredths >= 0", name="hours_hundredths"),
    )

    code: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10), default="work")
    name: Mapped[str] = mapped_column(String(200))
    other_names: Mapped[dict[str, str]] = mapped_column(default=dict)
    search_text: Mapped[str] = mapped_column(String(1000), default="")
    usual: Mapped[str] = mapped_column(String(40), default="")
    method: Mapped[str] = mapped_column(String(10), default="item")
    price_amount: Mapped[int | None]
    hours_hundredths: Mapped[int | None]
    labour_rate_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("labour_rates.id"))
    number: Mapped[str] = mapped_column(String(60), default="")
    brand: Mapped[str] = mapped_column(String(60), default="")
    grade: Mapped[str] = mapped_column(String(20), default="")
    is_key_position: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    removed_at: Mapped[datetime | None]
