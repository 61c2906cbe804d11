"""One car in the workshop with all that is known of its work, and the teams."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from inspect_app.additions.models import Addition
from inspect_app.additions.queries import additions_of
from inspect_app.db import db
from inspect_app.errors import NotFound
from inspect_app.orders.models import Order, OrderLine
from inspect_app.photos.models import Photo
from inspect_app.staff.models import Person, PersonRole
from inspect_app.staff.rules import Role
from inspect_app.visits.models import Visit
from inspect_app.workshop import rules
from inspect_app.workshop.models import (
    Acceptance,
    Assignment,
    Job,
    Measure,
    ProgressAnswer,
    Rework,
    StaffSignature,
    Team,
    TeamMember,
    Wash,
    WorkNote,
    WorkshopReceipt,
    WorkStep,
)


@dataclass(frozen=True)
class WorkLine:
    """A line of the order and where its work stands."""

    line: OrderLine
    last: WorkStep | None

    @property
    def state(self) -> str:
        """todo, started, done or struck."""
        return rules.line_state(self.last.kind if self.last else None)


@dataclass(frozen=True)
class WorkFile:
    """One car's way through the workshop; no prices and no contact data are needed to show it."""

    visit: Visit
    order: Order
    job: Job | None
    assignments: Sequence[Assignment]
    wash: Wash | None
    receipt: WorkshopReceipt | None
    lines: Sequence[WorkLine]
    notes: Sequence[WorkNote]
    answers: Sequence[ProgressAnswer]
    acceptance: Acceptance | None
    reworks: Sequence[Rework]
    additions: Sequence[Addition]

    @property
    def open_additions(self) -> list[Addition]:
        """Findings that are not answered and passed on yet."""
        return [one for one in self.additions if one.closed_at is None]

    @property
    def team_ids(self) -> set[uuid.UUID]:
        """The teams that work on this car."""
        return {one.team_id for one in self.assignments}

    def way_facts(
        self, *, no_wash_reason: str = "", is_order_with_car: bool = False, is_signed: bool = False
    ) -> rules.WayFacts:
        """What the guards of T19 to T21 look at."""
        return rules.WayFacts(
            is_order_completed=self.job is not None,
            needs_several_teams=self.job is not None and self.job.needs_several_teams,
            team_count=len(self.assignments),
            is_wash_open=self.wash is not None and self.wash.returned_at is None,
            was_washed=self.wash is not None and self.wash.washed_at is not None,
            no_wash_reason=no_wash_reason,
            is_order_with_car=is_order_with_car,
            is_signed=is_signed,
        )


def work_file(visit_id: uuid.UUID) -> WorkFile:
    """Everything of one car. Raises NotFound, also for another site's."""
    row = db.session.execute(
        select(Visit, Order, Job)
        .join(Order, Order.visit_id == Visit.id)
        .outerjoin(Job, Job.visit_id == Visit.id)
        .options(joinedload(Visit.vehicle), joinedload(Job.by))
        .where(Visit.id == visit_id)
    ).first()
    if row is None:
        raise NotFound
    visit, order, job = row
    return WorkFile(
        visit=visit,
        order=order,
        job=job,
        assignments=assignments_of(visit_id),
        wash=_last_wash(visit_id),
        receipt=last_receipt(visit_id),
        lines=work_lines(order.id),
        notes=_notes(visit_id),
        answers=_answers(visit_id),
        acceptance=last_acceptance(visit_id),
        reworks=_reworks(visit_id),
        additions=additions_of(visit_id),
    )


def assignments_of(visit_id: uuid.UUID) -> Sequence[Assignment]:
    """The teams that work on a car now."""
    return db.session.scalars(
        select(Assignment)
        .options(joinedload(Assignment.team), joinedload(Assignment.by))
        .where(Assignment.visit_id == visit_id, Assignment.ended_at.is_(None))
        .order_by(Assignment.captured_at, Assignment.id)
        .execution_options(populate_existing=True)
    ).all()


def _last_wash(visit_id: uuid.UUID) -> Wash | None:
    return db.session.scalar(
        select(Wash)
        .options(joinedload(Wash.washer), joinedload(Wash.returned_to))
        .where(Wash.visit_id == visit_id)
        .order_by(Wash.captured_at.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def last_receipt(visit_id: uuid.UUID) -> WorkshopReceipt | None:
    """When the workshop last took the car over, and who."""
    return db.session.scalar(
        select(WorkshopReceipt)
        .options(
            joinedload(WorkshopReceipt.receiver),
            joinedload(WorkshopReceipt.signature).undefer(StaffSignature.document),
        )
        .where(WorkshopReceipt.visit_id == visit_id)
        .order_by(WorkshopReceipt.captured_at.desc())
        .limit(1)
    )


def last_acceptance(visit_id: uuid.UUID) -> Acceptance | None:
    """The last time the work was accepted as finished; a later rework takes it back."""
    return db.session.scalar(
        select(Acceptance)
        .options(
            joinedload(Acceptance.inspector),
            joinedload(Acceptance.signature).undefer(StaffSignature.document),
        )
        .where(Acceptance.visit_id == visit_id)
        .order_by(Acceptance.captured_at.desc())
        .limit(1)
    )


_newer = aliased(WorkStep)
_last_sequence = (
    select(func.max(_newer.sequence))
    .where(_newer.line_id == OrderLine.id)
    .correlate(OrderLine)
    .scalar_subquery()
)


def work_lines(order_id: uuid.UUID) -> list[WorkLine]:
    """The lines of an order with their last step."""
    rows = db.session.execute(
        select(OrderLine, WorkStep)
        .outerjoin(
            WorkStep, (WorkStep.line_id == OrderLine.id) & (WorkStep.sequence == _last_sequence)
        )
        .options(joinedload(WorkStep.by))
        .where(OrderLine.order_id == order_id, OrderLine.removed_at.is_(None))
        .order_by(OrderLine.position, OrderLine.id)
        .execution_options(populate_existing=True)
    )
    return [WorkLine(line, step) for line, step in rows]


def _notes(visit_id: uuid.UUID) -> Sequence[WorkNote]:
    return db.session.scalars(
        select(WorkNote)
        .options(joinedload(WorkNote.by))
        .where(WorkNote.visit_id == visit_id)
        .order_by(WorkNote.captured_at, WorkNote.id)
    ).all()


def photos_of_notes(visit_id: uuid.UUID) -> dict[uuid.UUID, list[Photo]]:
    """The photos of notes and findings, by what they show."""
    found: dict[uuid.UUID, list[Photo]] = {}
    for photo in db.session.scalars(
        select(Photo)
        .where(Photo.visit_id == visit_id, Photo.subject == "finding", Photo.removed_at.is_(None))
        .order_by(Photo.captured_at, Photo.id)
    ):
        if photo.subject_id is not None:
            found.setdefault(photo.subject_id, []).append(photo)
    return found


def _answers(visit_id: uuid.UUID) -> Sequence[ProgressAnswer]:
    return db.session.scalars(
        select(ProgressAnswer)
        .options(
            joinedload(ProgressAnswer.by),
            selectinload(ProgressAnswer.measures).joinedload(Measure.owner),
        )
        .where(ProgressAnswer.visit_id == visit_id)
        .order_by(ProgressAnswer.captured_at.desc(), ProgressAnswer.id)
        .execution_options(populate_existing=True)
    ).all()


def _reworks(visit_id: uuid.UUID) -> Sequence[Rework]:
    return db.session.scalars(
        select(Rework)
        .options(joinedload(Rework.by))
        .where(Rework.visit_id == visit_id)
        .order_by(Rework.captured_at)
    ).all()


def teams() -> Sequence[Team]:
    """The teams that take work, in their order, with their people."""
    return db.session.scalars(
        select(Team)
        .options(selectinload(Team.members).joinedload(TeamMember.person))
        .where(Team.closed_at.is_(None))
        .order_by(Team.position, Team.name)
        .execution_options(populate_existing=True)
    ).all()


def is_in_a_team(person_id: uuid.UUID, team_ids: set[uuid.UUID]) -> bool:
    """Whether the person belongs to one of these teams."""
    return bool(
        db.session.scalar(
            select(TeamMember.id)
            .where(TeamMember.person_id == person_id, TeamMember.team_id.in_(team_ids))
            .limit(1)
        )
    )


def is_own_job(visit_id: uuid.UUID, person_id: uuid.UUID, roles: frozenset[Role]) -> bool:
    """Whether this person sees the car's work: a team sees its own jobs alone (process 3.2)."""
    if not roles.isdisjoint(rules.SEES_ALL_JOBS):
        return True
    return is_in_a_team(person_id, {one.team_id for one in assignments_of(visit_id)})


def people_with(roles: tuple[Role, ...]) -> Sequence[Person]:
    """Who works here with one of these roles, by name."""
    return db.session.scalars(
        select(Person)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(Person.left_on.is_(None), PersonRole.role.in_(roles))
        .distinct()
        .order_by(Person.name)
    ).all()


def window_of(
    order: Order, receipt: WorkshopReceipt | None, from_percent: int, to_percent: int
) -> rules.Window | None:
    """When the workshop is asked about this car, from its receipt and its promise."""
    received_at: datetime | None = receipt.captured_at if receipt else None
    if received_at is None:
        return None
    return rules.progress_window(received_at, order.promised_at, from_percent, to_percent)
