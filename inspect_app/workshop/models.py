"""Teams, the way of a car through the workshop, and what is signed there by staff."""

import uuid
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspect_app.db import Base, Captured, SiteOwned
from inspect_app.orders.models import OrderLine
from inspect_app.staff.models import Person
from inspect_app.visits.models import Visit

STILL = text("ended_at IS NULL")
NOT_BACK = text("returned_at IS NULL")


class Team(SiteOwned, Base):
    """A work team. `daily_minutes`: what all its hands can work on one open day."""

    __tablename__ = "teams"
    __table_args__ = (
        UniqueConstraint("site_id", "name"),
        CheckConstraint("daily_minutes between 0 and 100000", name="daily_minutes"),
    )

    name: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)
    daily_minutes: Mapped[int] = mapped_column(default=960)
    closed_at: Mapped[datetime | None]

    members: Mapped[list["TeamMember"]] = relationship(lazy="raise")


class TeamMember(SiteOwned, Base):
    """A person of a team."""

    __tablename__ = "team_members"
    __table_args__ = (
        UniqueConstraint("team_id", "person_id"),
        Index(None, "person_id"),  # whose jobs a person sees
    )

    team_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("teams.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))

    person: Mapped[Person] = relationship(lazy="raise")


class Job(SiteOwned, Captured, Base):
    """The order is complete and tidy, and goes to the workshop (8.01). `needs_several_teams`: it
    was sent to the supervisor, who sets them (8.03)."""

    __tablename__ = "jobs"

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"), unique=True)
    needs_several_teams: Mapped[bool] = mapped_column(default=False)

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="Job.by_id")


class Assignment(SiteOwned, Captured, Base):
    """A team works on this car, set by whom (8.02, 8.03). Taken off again, it ends."""

    __tablename__ = "assignments"
    __table_args__ = (
        Index(
            "uq_assignments_open_visit_team",
            "visit_id",
            "team_id",
            unique=True,
            sqlite_where=STILL,
            postgresql_where=STILL,
        ),
        Index(None, "team_id", "ended_at"),  # a team's own jobs
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    team_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("teams.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))

    team: Mapped[Team] = relationship(lazy="raise")
    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="Assignment.by_id")


class Wash(SiteOwned, Captured, Base):
    """The wash before the workshop (8.04, 8.06), ordered by `by_id`.

    `washed_at` may stay empty where `not_washed_reason` says why; `returned_at`: the washer gave
    the car back to a business clerk.
    """

    __tablename__ = "washes"
    __table_args__ = (
        Index(
            "uq_washes_open_visit",
            "visit_id",
            unique=True,
            sqlite_where=NOT_BACK,
            postgresql_where=NOT_BACK,
        ),
        Index(None, "visit_id"),
        Index(None, "site_id", "returned_at"),  # the washer's list
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    began_at: Mapped[datetime | None]
    washer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))
    washed_at: Mapped[datetime | None]
    not_washed_reason: Mapped[str] = mapped_column(String(200), default="")
    returned_at: Mapped[datetime | None]
    returned_to_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))

    visit: Mapped[Visit] = relationship(lazy="raise")
    washer: Mapped[Person | None] = relationship(lazy="raise", foreign_keys="Wash.washer_id")
    returned_to: Mapped[Person | None] = relationship(
        lazy="raise", foreign_keys="Wash.returned_to_id"
    )


class StaffSignature(SiteOwned, Captured, Base):
    """One of the staff signs with the own PIN and a drawing of the name (S3, D21).

    `document`: what was signed, canonical (RFC 8785): facts, drawing, who and when; `sha256` its
    hash. Append-only.
    """

    __tablename__ = "staff_signatures"
    __table_args__ = (
        Index(None, "visit_id"),
        CheckConstraint("code in ('S3', 'D21')", name="code"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    code: Mapped[str] = mapped_column(String(3))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    document: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys="StaffSignature.person_id")


class WorkshopReceipt(SiteOwned, Captured, Base):
    """S3: the workshop takes the car over (8.05, 6.10). `captured_at` is the exact time,
    `stated_at` what the receiver wrote, to ten minutes; further apart only with a reason."""

    __tablename__ = "workshop_receipts"
    __table_args__ = (Index(None, "visit_id", "captured_at"),)

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    signature_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_signatures.id"), unique=True)
    receiver_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    stated_at: Mapped[datetime]
    time_reason: Mapped[str] = mapped_column(String(300), default="")
    no_wash_reason: Mapped[str] = mapped_column(String(300), default="")

    signature: Mapped[StaffSignature] = relationship(lazy="raise")
    receiver: Mapped[Person] = relationship(
        lazy="raise", foreign_keys="WorkshopReceipt.receiver_id"
    )


class WorkStep(SiteOwned, Captured, Base):
    """What happened to one line of the order: started, done, struck (with reason) or reopened.
    Append-only; the last step says where the line is."""

    __tablename__ = "work_steps"
    __table_args__ = (
        Index(None, "visit_id", "line_id"),
        UniqueConstraint("line_id", "sequence"),
        CheckConstraint("kind in ('started', 'done', 'struck', 'reopened')", name="kind"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    line_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("order_lines.id"))
    sequence: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(300), default="")

    line: Mapped[OrderLine] = relationship(lazy="raise")
    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="WorkStep.by_id")


class WorkNote(SiteOwned, Captured, Base):
    """What the workshop writes down about a car; its photos carry the note's id."""

    __tablename__ = "work_notes"
    __table_args__ = (
        Index(None, "visit_id", "captured_at"),
        CheckConstraint("length(text) > 0", name="text"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    text: Mapped[str] = mapped_column(Text)

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="WorkNote.by_id")


class ProgressAnswer(SiteOwned, Captured, Base):
    """What the workshop answered when it was asked how far the work is (10.02, T26)."""

    __tablename__ = "progress_answers"
    __table_args__ = (Index(None, "visit_id", "captured_at"),)

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    finish_at: Mapped[datetime]
    is_abnormal: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(Text, default="")

    measures: Mapped[list["Measure"]] = relationship(lazy="raise", order_by="Measure.due_at")
    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="ProgressAnswer.by_id")


class Measure(SiteOwned, Captured, Base):
    """What is done at once about something abnormal: by whom and until when (10.03)."""

    __tablename__ = "measures"
    __table_args__ = (
        Index(None, "visit_id"),
        Index(None, "site_id", "done_at", "due_at"),  # the due list
        CheckConstraint("length(text) > 0", name="text"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    answer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("progress_answers.id"))
    text: Mapped[str] = mapped_column(String(300))
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("people.id"))

    owner: Mapped[Person] = relationship(lazy="raise", foreign_keys="Measure.owner_id")


class Acceptance(SiteOwned, Captured, Base):
    """D21: the inspector accepts the work as finished. A `Rework` of later takes it back."""

    __tablename__ = "acceptances"
    __table_args__ = (Index(None, "visit_id", "captured_at"),)

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    signature_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("staff_signatures.id"), unique=True)
    inspector_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("people.id"))
    remark: Mapped[str] = mapped_column(String(300), default="")

    signature: Mapped[StaffSignature] = relationship(lazy="raise")
    inspector: Mapped[Person] = relationship(lazy="raise", foreign_keys="Acceptance.inspector_id")


class Rework(SiteOwned, Captured, Base):
    """A fault found after the acceptance: the car goes back into work (T28)."""

    __tablename__ = "reworks"
    __table_args__ = (
        Index(None, "visit_id"),
        CheckConstraint("length(reason) > 0", name="reason"),
    )

    visit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("visits.id"))
    reason: Mapped[str] = mapped_column(Text)

    by: Mapped[Person] = relationship(lazy="raise", foreign_keys="Rework.by_id")
