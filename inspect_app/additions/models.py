"""What was found, its lines, each answer of the customer, and how it was passed on (D11)."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned
from inspect_app.staff.models import Person
from inspect_app.visits.models import Visit


class Addition(SiteOwned, Captured, Base):
    """One finding of the workshop, found by `by_id` at `captured_at`; it reached reception at
    `recorded_at`. `stated_at`: item, reason, price and delay are all there (T22).

    `stake`: what may happen if it is left, where it is about safety (9.06). `added_minutes`: how
    much longer the car stays; `promised_at`: the new time that is told, where it moves.
    """

    __tablename__ = "additions"
    __table_args__ = (
        UniqueConstraint("visit_id", "number"),
        Index(None, "site_id", "closed_at"),  # the due list
        CheckConstraint("length(reason) > 0", name="reason"),
        CheckConstraint("added_minutes between 0 and 100000", name="added_minutes"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    number: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    is_safety: Mapped[bool] = mapped_column(default=False)
    stake: Mapped[str] = mapped_column(Text, default="")
    added_minutes: Mapped[int | None]
    promised_at: Mapped[datetime | None]
    stated_at: Mapped[datetime | None]
    call_again_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    visit: Mapped[Visit] = relationship(lazy="raise")
    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="Addition.by_id")
    lines: Mapped[list["AdditionLine"]] = relationship(
        lazy="raise", order_by="AdditionLine.position"
    )
    relays: Mapped[list["Relay"]] = relationship(lazy="raise", order_by="Relay.captured_at")


class AdditionLine(SiteOwned, Captured, Base):
    """One item proposed. `order_line_id`: the line of the order that it became with a yes.
    `tapped`: what the customer tapped on the own phone and has not signed yet."""

    __tablename__ = "addition_lines"
    __table_args__ = (
        UniqueConstraint("addition_id", "position"),
        CheckConstraint("price_amount >= 0", name="price_amount"),
        CheckConstraint("length(description) > 0", name="description"),
    )

    addition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("additions.id"))
    position: Mapped[int]
    description: Mapped[str] = mapped_column(String(300))
    price_amount: Mapped[int | None]
    tapped: Mapped[str] = mapped_column(String(5), default="")
    order_line_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("order_lines.id"))

    answers: Mapped[list["Answer"]] = relationship(lazy="raise", order_by="Answer.sequence")


class Answer(SiteOwned, Captured, Base):
    """What the customer said of one line: yes, no or later, at the price told. Append-only.

    `sequence` is unique within a line: of two people who enter an answer at once one is told who
    was first. `contact_id` is the call in which it was given, `seal_id` the signature.
    """

    __tablename__ = "addition_answers"
    __table_args__ = (
        UniqueConstraint("line_id", "sequence"),
        CheckConstraint("answer in ('yes', 'no', 'later')", name="answer"),
        CheckConstraint("channel in ('phone', 'in_person', 'link')", name="channel"),
    )

    line_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("addition_lines.id"))
    sequence: Mapped[int]
    answer: Mapped[str] = mapped_column(String(5))
    channel: Mapped[str] = mapped_column(String(10))
    price_amount: Mapped[int | None]
    promised_at: Mapped[datetime | None]
    who_answered: Mapped[str] = mapped_column(String(120), default="")
    contact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contact_log.id"))
    seal_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("seals.id"))
    relay_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("addition_relays.id"))

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="Answer.by_id")


class Relay(SiteOwned, Captured, Base):
    """The answer was passed on: a no told orally (9.04), a yes as an additional sheet handed over
    (9.05); each with its time and the person in the workshop who took it."""

    __tablename__ = "addition_relays"
    __table_args__ = (
        UniqueConstraint("visit_id", "sheet"),
        Index(None, "addition_id"),
        CheckConstraint("sheet >= 1", name="sheet"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    addition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("additions.id"))
    receiver_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    sheet: Mapped[int | None]

    receiver: Mapped[Person] = relationship(lazy="raise", foreign_keys="Relay.receiver_id")
    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="Relay.by_id")
