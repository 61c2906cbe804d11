"""The repair order's head and lines (D1)."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned


class Order(SiteOwned, Base):
    """The repair order of a visit. Amounts are whole minor units of the site's currency.

    `odometer_repair_*`: why the odometer is repaired, and the certificate for it (Korea, D1).
    """

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        CheckConstraint("call_limit_amount >= 0", name="call_limit_amount"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"), unique=True)
    number: Mapped[str] = mapped_column(String(20))
    customer_words: Mapped[str] = mapped_column(Text, default="")
    diagnosis_first: Mapped[bool] = mapped_column(default=False)
    promised_at: Mapped[datetime | None]
    old_parts_back: Mapped[bool | None]
    wash: Mapped[bool | None]
    road_test: Mapped[bool | None]
    call_limit_amount: Mapped[int | None]
    other_wishes: Mapped[str] = mapped_column(Text, default="")
    category: Mapped[str] = mapped_column(String(40), default="maintenance")
    payer: Mapped[str] = mapped_column(String(20), default="customer")
    flood_declared: Mapped[bool | None]
    odometer_repair_reason: Mapped[str] = mapped_column(String(200), default="")
    odometer_repair_issuer: Mapped[str] = mapped_column(String(120), default="")
    odometer_repair_number: Mapped[str] = mapped_column(String(60), default="")
    odometer_repair_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    lines: Mapped[list["OrderLine"]] = relationship(lazy="raise", order_by="OrderLine.position")


class OrderLine(SiteOwned, Captured, Base):
    """One requested item. `price_amount` is None while the price is not yet known (T10)."""

    __tablename__ = "order_lines"
    __table_args__ = (
        Index(None, "order_id", "position"),
        CheckConstraint("price_amount >= 0", name="price_amount"),
        CheckConstraint("length(description) > 0", name="description"),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("orders.id"))
    position: Mapped[int]
    description: Mapped[str] = mapped_column(String(300))
    price_amount: Mapped[int | None]
    removed_at: Mapped[datetime | None]
