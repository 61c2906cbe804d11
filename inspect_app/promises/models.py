"""Promises as they were given, and who is away."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned
from inspect_app.staff.models import Person
from inspect_app.workshop.models import Team


class Promise(SiteOwned, Captured, Base):
    """A time that `by` promised a customer, with what was known then (5.01-5.03). Append-only.

    `proposed_at`: what the app held possible, None where it could say nothing. `backlog_minutes`:
    work that came before, `daily_minutes`: what the hands can do on a day, `work_minutes`: this
    car's own. `parts`: those that were not here, with the day they were expected. `reasons`: codes
    and days of why no earlier time was offered. The guarantee that was told with it (P9) is in days
    and kilometres.
    """

    __tablename__ = "promises"
    __table_args__ = (
        Index(None, "visit_id"),
        CheckConstraint("work_minutes >= 0", name="work_minutes"),
        CheckConstraint("guarantee_days >= 0", name="guarantee_days"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    promised_at: Mapped[datetime]
    proposed_at: Mapped[datetime | None]
    backlog_minutes: Mapped[int]
    daily_minutes: Mapped[int]
    work_minutes: Mapped[int]
    slack_minutes: Mapped[int]
    parts: Mapped[list[Any]] = mapped_column(default=list)
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    guarantee_days: Mapped[int] = mapped_column(default=0)
    guarantee_km: Mapped[int | None]

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="Promise.by_id")


class Absence(SiteOwned, Captured, Base):
    """A person or a whole team is away on these days, the last one included."""

    __tablename__ = "absences"
    __table_args__ = (
        Index(None, "site_id", "last_on"),
        CheckConstraint("last_on >= first_on", name="last_on"),
        CheckConstraint("(person_id is null) <> (team_id is null)", name="who"),
    )

    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    team_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("teams.id"))
    first_on: Mapped[date]
    last_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(120), default="")
    removed_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys="Absence.person_id")
    team: Mapped[Team | None] = relationship(lazy="raise")
