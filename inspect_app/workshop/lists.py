"""The cars on their way into the workshop, in work and finished; and the cars to wash."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from inspect_app.additions.models import Addition
from inspect_app.db import db
from inspect_app.key_tags.models import KeyRegistration, KeyTag, Slot
from inspect_app.orders.models import Order, OrderLine
from inspect_app.visits.models import Visit
from inspect_app.workshop import rules
from inspect_app.workshop.models import Assignment, Job, Team, TeamMember, Wash, WorkStep

GROUPS = ("to_assign", "to_receive", "in_work", "finished")
MOST_JOBS = 200


@dataclass
class JobCard:
    """One car as the workshop's list shows it."""

    visit: Visit
    order: Order
    job: Job | None
    teams: list[Team] = field(default_factory=list)
    done: int = 0
    total: int = 0
    waiting: int = 0

    @property
    def group(self) -> str:
        """to_assign, to_receive, in_work or finished."""
        if self.visit.state in rules.ON_THE_WAY:
            return "to_receive" if self.teams else "to_assign"
        return "finished" if self.visit.state == "work_done" else "in_work"


def job_cards(person_id: uuid.UUID | None) -> list[JobCard]:
    """The cars of a person's teams, or all for None: by promise, what has none first; four
    statements."""
    states = rules.ON_THE_WAY | rules.IN_WORK | {"work_done"}
    query = (
        select(Visit, Order, Job)
        .join(Order, Order.visit_id == Visit.id)
        .outerjoin(Job, Job.visit_id == Visit.id)
        .options(joinedload(Visit.vehicle))
        .where(
            Visit.state.in_(states),
            Job.id.is_not(None) | Visit.state.not_in(rules.ON_THE_WAY),
        )
        .order_by(Order.promised_at.asc().nulls_first(), Visit.arrived_at)
        .limit(MOST_JOBS)
    )
    if person_id is not None:
        query = query.where(
            select(Assignment.id)
            .join(TeamMember, TeamMember.team_id == Assignment.team_id)
            .where(
                Assignment.visit_id == Visit.id,
                Assignment.ended_at.is_(None),
                TeamMember.person_id == person_id,
            )
            .exists()
        )
    cards = {
        visit.id: JobCard(visit, order, job) for visit, order, job in db.session.execute(query)
    }
    _add_teams(cards)
    _add_lines(cards)
    _add_waiting(cards)
    return list(cards.values())


def _add_teams(cards: dict[uuid.UUID, JobCard]) -> None:
    rows = db.session.execute(
        select(Assignment.visit_id, Team)
        .join(Team, Team.id == Assignment.team_id)
        .where(Assignment.visit_id.in_(cards), Assignment.ended_at.is_(None))
        .order_by(Team.position, Team.name)
    )
    for visit_id, team in rows:
        cards[visit_id].teams.append(team)


_newer = aliased(WorkStep)
_last_kind = (
    select(WorkStep.kind)
    .where(WorkStep.line_id == OrderLine.id)
    .order_by(WorkStep.sequence.desc())
    .limit(1)
    .correlate(OrderLine)
    .scalar_subquery()
)


def _add_lines(cards: dict[uuid.UUID, JobCard]) -> None:
    rows = db.session.execute(
        select(Order.visit_id, _last_kind)
        .select_from(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.visit_id.in_(cards), OrderLine.removed_at.is_(None))
    )
    for visit_id, kind in rows:
        card = cards[visit_id]
        card.total += 1
        card.done += rules.line_state(kind) in ("done", "struck")


def _add_waiting(cards: dict[uuid.UUID, JobCard]) -> None:
    rows = db.session.execute(
        select(Addition.visit_id, func.count(Addition.id))
        .where(Addition.visit_id.in_(cards), Addition.closed_at.is_(None))
        .group_by(Addition.visit_id)
    )
    for visit_id, count in rows:
        cards[visit_id].waiting = count


def jobs_by_team() -> dict[uuid.UUID, int]:
    """How many cars each team has now, for who sets teams."""
    rows = db.session.execute(
        select(Assignment.team_id, func.count(Assignment.id))
        .join(Visit, Visit.id == Assignment.visit_id)
        .where(Assignment.ended_at.is_(None), Visit.state.in_(rules.ON_THE_WAY | rules.IN_WORK))
        .group_by(Assignment.team_id)
    )
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True)
class WashCard:
    """One car to wash, and where its key is."""

    wash: Wash
    tag: int | None
    slot: str


def open_washes() -> Sequence[WashCard]:
    """The cars that are to be washed or not back yet, the longest waiting first."""
    rows = db.session.execute(
        select(Wash, KeyTag.number, Slot.label)
        .join(Visit, Visit.id == Wash.visit_id)
        .outerjoin(
            KeyRegistration,
            (KeyRegistration.visit_id == Visit.id) & KeyRegistration.released_at.is_(None),
        )
        .outerjoin(KeyTag, KeyTag.id == KeyRegistration.tag_id)
        .outerjoin(Slot, Slot.id == KeyRegistration.slot_id)
        .options(joinedload(Wash.visit).joinedload(Visit.vehicle), joinedload(Wash.washer))
        .where(Wash.returned_at.is_(None))
        .order_by(Wash.captured_at)
        .execution_options(populate_existing=True)
    )
    return [WashCard(wash, tag, slot or "") for wash, tag, slot in rows]
