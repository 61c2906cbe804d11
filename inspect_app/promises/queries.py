"""What the workshop has before it, who is away, and what can be promised."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from inspect_app.appointments.models import Appointment, PartToPrepare
from inspect_app.db import db
from inspect_app.orders.models import Order, OrderLine
from inspect_app.promises.models import Absence, Promise
from inspect_app.promises.rules import Proposal, WorkDay, offers, propose, slack_for
from inspect_app.sites.hours import opening_hours
from inspect_app.sites.opening import OpeningHours
from inspect_app.sites.queries import site_rules
from inspect_app.staff.models import Person
from inspect_app.visits.models import Visit
from inspect_app.visits.rules import CAPTURE_STATES
from inspect_app.workshop.models import Assignment, Team, TeamMember

HORIZON = 60
"""Days looked ahead."""
WORK_STATES = CAPTURE_STATES | {"checked_in", "washing_in", "in_workshop", "awaiting_approval"}
"""Cars whose work is still before the workshop."""


@dataclass(frozen=True)
class Crew:
    """A team with its people."""

    team_id: uuid.UUID
    daily_minutes: int
    people: frozenset[uuid.UUID]


@dataclass(frozen=True)
class Situation:
    """What is known when a time is promised; minutes of work."""

    days: Sequence[WorkDay]
    backlog_minutes: int
    daily_minutes: int
    work_minutes: int
    slack_minutes: int
    missing_parts: Sequence[PartToPrepare]
    proposal: Proposal | None

    @property
    def offers(self) -> list[datetime]:
        """Times to tap, the earliest first; none where nothing can honestly be promised."""
        return offers(self.proposal.promised_at, self.days) if self.proposal else []


def situation_of(visit_id: uuid.UUID, now: datetime) -> Situation:
    """The load as this visit meets it, in five statements whatever the number of cars: its team's
    where it has one, else that of the whole workshop."""
    rules, hours = site_rules(), opening_hours()
    today = now.astimezone(hours.zone).date()
    work, booked = _work(visit_id, rules.line_minutes), _booked(visit_id, today, hours)
    team_id = work[visit_id].team_id or booked.own_team_id if visit_id in work else None
    crews = [crew for crew in crews_now() if team_id in (None, crew.team_id)]
    days = work_days(
        hours, today, crews, rules.workshop_daily_minutes, absences_from(today),
        booked.minutes_for(team_id),
    )  # fmt: skip
    own = work.pop(visit_id).minutes if visit_id in work else rules.line_minutes
    backlog = sum(one.minutes for one in work.values() if team_id in (None, one.team_id))
    daily = sum(crew.daily_minutes for crew in crews) or rules.workshop_daily_minutes
    slack = slack_for(own, rules.slack_percent, rules.slack_minutes)
    parts = _missing_parts(visit_id)
    start = max(now, booked.own_at) if booked.own_at else now
    proposal = propose(
        start, days, backlog_minutes=0 if booked.own_at else backlog, own_minutes=own,
        slack_minutes=slack, parts_at=_here_at(parts, hours),
    )  # fmt: skip
    return Situation(days, backlog, daily, own, slack, parts, proposal)


def work_days(
    hours: OpeningHours,
    first: date,
    crews: Sequence[Crew],
    without_teams: int,
    absences: Sequence[Absence],
    booked: Mapping[date, int],
) -> list[WorkDay]:
    """The days from `first` on with what the hands can still take on each."""
    days = []
    for ahead in range(HORIZON):
        on = first + timedelta(days=ahead)
        hands = sum(_hands(crew, on, absences) for crew in crews) if crews else without_teams
        days.append(WorkDay(on, hours.spans_on(on), max(hands - booked.get(on, 0), 0)))
    return days


def _hands(crew: Crew, on: date, absences: Iterable[Absence]) -> int:
    """The team's minutes on a day: its own, less the share of each of its people who is away."""
    away = [one for one in absences if one.first_on <= on <= one.last_on]
    if any(one.team_id == crew.team_id for one in away):
        return 0
    gone = len({one.person_id for one in away} & crew.people)
    return (
        crew.daily_minutes * (len(crew.people) - gone) // len(crew.people)
        if gone
        else (crew.daily_minutes)
    )


def crews_now() -> list[Crew]:
    """The teams that work, with their people."""
    rows = db.session.execute(
        select(Team.id, Team.daily_minutes, TeamMember.person_id)
        .outerjoin(TeamMember, TeamMember.team_id == Team.id)
        .where(Team.closed_at.is_(None))
        .order_by(Team.position, Team.name)
    )
    people: dict[tuple[uuid.UUID, int], set[uuid.UUID]] = {}
    for team_id, minutes, person_id in rows:
        members = people.setdefault((team_id, minutes), set())
        if person_id is not None:
            members.add(person_id)
    return [Crew(key[0], key[1], frozenset(members)) for key, members in people.items()]


def absences_from(today: date) -> Sequence[Absence]:
    """Who is away now or later, the first to leave first."""
    return db.session.scalars(
        select(Absence)
        .options(joinedload(Absence.person), joinedload(Absence.team))
        .where(Absence.last_on >= today, Absence.removed_at.is_(None))
        .order_by(Absence.first_on, Absence.captured_at)
    ).all()


@dataclass(frozen=True)
class Work:
    """What one car brings: its team, where it has one, and minutes."""

    team_id: uuid.UUID | None
    minutes: int


def _work(visit_id: uuid.UUID, line_minutes: int) -> dict[uuid.UUID, Work]:
    """Work before the workshop by visit. A line without hours counts as the site's usual line, an
    order without lines as one. Of several teams the first counts."""
    team = (
        select(Assignment.team_id)
        .where(Assignment.visit_id == Visit.id, Assignment.ended_at.is_(None))
        .order_by(Assignment.captured_at)
        .limit(1)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Visit.id,
            team,
            func.count(OrderLine.id),
            func.count(OrderLine.hours_hundredths),
            func.coalesce(func.sum(OrderLine.hours_hundredths), 0),
        )
        .join(Order, Order.visit_id == Visit.id)
        .outerjoin(OrderLine, (OrderLine.order_id == Order.id) & OrderLine.removed_at.is_(None))
        .where(or_(Visit.state.in_(WORK_STATES), Visit.id == visit_id))
        .group_by(Visit.id)
    )
    return {
        visit: Work(
            team_id,
            int(hundredths or 0) * 60 // 100 + max(lines - timed, 0 if lines else 1) * line_minutes,
        )
        for visit, team_id, lines, timed, hundredths in rows
    }


@dataclass(frozen=True)
class Booked:
    """What cars still expected take on their days, and when this car is itself expected: its own
    time is kept for it, so that it waits behind no one."""

    by_team: Sequence[tuple[uuid.UUID | None, date, int]]
    own_at: datetime | None
    own_team_id: uuid.UUID | None

    def minutes_for(self, team_id: uuid.UUID | None) -> Counter[date]:
        """Minutes by day: the team's, or with none all."""
        minutes: Counter[date] = Counter()
        for team, on, length in self.by_team:
            if team_id in (None, team):
                minutes[on] += length
        return minutes


def _booked(visit_id: uuid.UUID, today: date, hours: OpeningHours) -> Booked:
    begin = datetime(today.year, today.month, today.day, tzinfo=hours.zone)
    rows = db.session.execute(
        select(
            Appointment.visit_id,
            Appointment.starts_at,
            Appointment.minutes,
            Appointment.team_id,
            Appointment.outcome,
        ).where(
            or_(
                and_(Appointment.starts_at >= begin, Appointment.outcome == ""),
                and_(Appointment.visit_id == visit_id, Appointment.outcome == "came"),
            )
        )
    )
    others: list[tuple[uuid.UUID | None, date, int]] = []
    own_at, own_team_id = None, None
    for visit, starts_at, length, team_id, outcome in rows:
        if visit == visit_id:
            own_at, own_team_id = starts_at if outcome == "" else own_at, team_id
        else:
            others.append((team_id, starts_at.astimezone(hours.zone).date(), length))
    return Booked(others, own_at, own_team_id)


def _missing_parts(visit_id: uuid.UUID) -> Sequence[PartToPrepare]:
    return db.session.scalars(
        select(PartToPrepare)
        .where(
            PartToPrepare.visit_id == visit_id,
            PartToPrepare.removed_at.is_(None),
            PartToPrepare.state != "here",
        )
        .order_by(PartToPrepare.expected_on.desc().nulls_last())
    ).all()


def _here_at(parts: Sequence[PartToPrepare], hours: OpeningHours) -> datetime | None:
    """When the last awaited part can be fitted: the opening of its day. A part of which no day is
    known is shown to the person, not guessed."""
    days = [part.expected_on for part in parts if part.expected_on is not None]
    if not days:
        return None
    last = max(days)
    return hours.into(datetime(last.year, last.month, last.day, tzinfo=hours.zone))


def promises_of(visit_id: uuid.UUID) -> Sequence[Promise]:
    """Every promise that this customer was given, oldest first."""
    return db.session.scalars(
        select(Promise)
        .options(joinedload(Promise.by))
        .where(Promise.visit_id == visit_id)
        .order_by(Promise.captured_at, Promise.recorded_at)
    ).all()


def away_choices() -> list[tuple[str, str]]:
    """Who may be away: the people of the teams, and the teams, as codes with names."""
    people = db.session.execute(
        select(Person.id, Person.name)
        .join(TeamMember, TeamMember.person_id == Person.id)
        .where(Person.left_on.is_(None))
        .distinct()
        .order_by(Person.name)
    )
    teams = db.session.execute(
        select(Team.id, Team.name).where(Team.closed_at.is_(None)).order_by(Team.position)
    )
    return [
        *((f"person:{row[0]}", row[1]) for row in people),
        *((f"team:{row[0]}", row[1]) for row in teams),
    ]
