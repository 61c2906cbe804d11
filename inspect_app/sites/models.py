"""The shop: its site, bays, counters."""

from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspect_app.db import Base, SiteOwned


class Site(Base):
    """One workshop. `settings` holds what the shop decides; `sites/rules.py` reads it."""

    __tablename__ = "sites"

    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    timezone: Mapped[str] = mapped_column(String(60), default="UTC")
    currency: Mapped[str] = mapped_column(String(3), default="KRW")
    locale: Mapped[str] = mapped_column(String(5), default="en")
    demo: Mapped[bool] = mapped_column(default=False)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Bay(SiteOwned, Base):
    """A designated reception bay (1.03)."""

    __tablename__ = "bays"
    __table_args__ = (UniqueConstraint("site_id", "name"),)

    name: Mapped[str] = mapped_column(String(40))
    position: Mapped[int] = mapped_column(default=0)


class Counter(SiteOwned, Base):
    """The last number given out, per kind and month. Locked while the next one is taken."""

    __tablename__ = "counters"
    __table_args__ = (UniqueConstraint("site_id", "kind", "period"),)

    kind: Mapped[str] = mapped_column(String(20))
    period: Mapped[str] = mapped_column(String(8))
    last: Mapped[int] = mapped_column(default=0)
