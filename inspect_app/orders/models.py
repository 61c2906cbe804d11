"""The repair order (D1, D6): head, lines, parts, shown versions, and what was disclosed (5.4)."""

import uuid
from datetime import date, datetime
from typing import Any

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
    """One requested item. `price_amount` is the line's price as the customer reads it, None while
    it is not yet known (T10); `pricing.line_total` makes it of what stands below it.

    `sheet`: 0 is the main order, 1…n its additional sheets. `subject`: for the method `system` the
    codes of the systems, for `symptom` the symptom in words. `risk_amount` is the allowance of a
    symptom price, for the staff alone (5.1); `gone_test` says how it is seen that the symptom is
    gone. `hours_hundredths` of labour at `rate_amount` an hour, else `base_amount` for the work.
    """

    __tablename__ = "order_lines"
    __table_args__ = (
        Index(None, "order_id", "position"),
        CheckConstraint("price_amount >= 0", name="price_amount"),
        CheckConstraint("length(description) > 0", name="description"),
        CheckConstraint("sheet >= 0", name="sheet"),
        CheckConstraint("method in ('system', 'symptom', 'item')", name="method"),
        CheckConstraint("base_amount >= 0", name="base_amount"),
        CheckConstraint("risk_amount >= 0", name="risk_amount"),
        CheckConstraint("hours_hundredths >= 0", name="hours_hundredths"),
        CheckConstraint("rate_amount >= 0", name="rate_amount"),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("orders.id"))
    position: Mapped[int]
    sheet: Mapped[int] = mapped_column(default=0)
    description: Mapped[str] = mapped_column(String(300))
    method: Mapped[str] = mapped_column(String(10), default="system")
    subject: Mapped[str] = mapped_column(String(300), default="")
    scope: Mapped[str] = mapped_column(String(300), default="")
    basis: Mapped[str] = mapped_column(String(20), default="")
    gone_test: Mapped[str] = mapped_column(String(300), default="")
    base_amount: Mapped[int | None]
    risk_amount: Mapped[int | None]
    hours_hundredths: Mapped[int | None]
    rate_amount: Mapped[int | None]
    price_amount: Mapped[int | None]
    price_item_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("price_items.id"))
    finding_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("findings.id"))
    version: Mapped[int] = mapped_column(default=1)
    removed_at: Mapped[datetime | None]


class OrderPart(SiteOwned, Captured, Base):
    """A part of a line (5.3). `grade` is empty until it is chosen; `options` are the grades and
    prices that the customer was shown, `chosen_at` when one of them was taken. `origin` and
    `check_result` are told of a used or remanufactured part (P10)."""

    __tablename__ = "order_parts"
    __table_args__ = (
        Index(None, "line_id"),
        CheckConstraint("length(name) > 0", name="name"),
        CheckConstraint("quantity_hundredths > 0", name="quantity_hundredths"),
        CheckConstraint("unit_price_amount >= 0", name="unit_price_amount"),
        CheckConstraint("source in ('plant', 'customer')", name="source"),
    )

    line_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("order_lines.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(60), default="")
    brand: Mapped[str] = mapped_column(String(60), default="")
    batch: Mapped[str] = mapped_column(String(60), default="")
    quantity_hundredths: Mapped[int] = mapped_column(default=100)
    unit_price_amount: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(10), default="plant")
    grade: Mapped[str] = mapped_column(String(20), default="")
    is_key_position: Mapped[bool] = mapped_column(default=False)
    origin: Mapped[str] = mapped_column(String(200), default="")
    check_result: Mapped[str] = mapped_column(String(200), default="")
    options: Mapped[list[Any]] = mapped_column(default=list)
    chosen_at: Mapped[datetime | None]
    price_item_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("price_items.id"))
    removed_at: Mapped[datetime | None]


class OrderVersion(SiteOwned, Captured, Base):
    """The order as a customer was shown it: captured when, by whom. `facts` are those of S1, so
    that a signature on the same facts is one on this version (T11, T12)."""

    __tablename__ = "order_versions"
    __table_args__ = (
        UniqueConstraint("order_id", "number"),
        CheckConstraint("length(facts_sha256) = 64", name="facts_sha256"),
    )

    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("orders.id"))
    number: Mapped[int]
    facts_sha256: Mapped[str] = mapped_column(String(64))
    facts: Mapped[dict[str, Any]]
    words: Mapped[list[str]]
    language: Mapped[str] = mapped_column(String(5))
    shown_on: Mapped[str] = mapped_column(String(10), default="tablet")
    valid_until_on: Mapped[date | None]


class Disclosure(SiteOwned, Captured, Base):
    """Something the customer was told (5.4): which text, in which language, when and by whom.

    `about`: the lines and parts it is about; `channel`: tablet, paper, oral or phone.
    """

    __tablename__ = "disclosures"
    __table_args__ = (
        Index(None, "visit_id", "code"),
        CheckConstraint("length(text) > 0", name="text"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    code: Mapped[str] = mapped_column(String(3))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(5))
    channel: Mapped[str] = mapped_column(String(10), default="tablet")
    about: Mapped[list[str]] = mapped_column(default=list)
