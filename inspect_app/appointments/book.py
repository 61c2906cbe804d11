"""The book as a wall of bays: a day quarter by quarter, a week at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from inspect_app.appointments.models import Appointment
from inspect_app.appointments.queries import holding_between, teams
from inspect_app.appointments.rules import SLOT, quarters
from inspect_app.sites.hours import opening_hours
from inspect_app.sites.models import Bay
from inspect_app.sites.opening import OpeningHours
from inspect_app.sites.queries import bays
from inspect_app.workshop.models import Team


@dataclass(frozen=True)
class Cell:
    """A piece of a bay's day, `rows` quarters high: an appointment, or free, or in the past, or
    closed."""

    kind: str
    rows: int
    starts_at: datetime
    bay: Bay
    appointment: Appointment | None = None


@dataclass(frozen=True)
class Line:
    """A quarter of the day: its time, and the cells that begin in it."""

    starts_at: datetime
    cells: Sequence[Cell]


@dataclass(frozen=True)
class BayLoad:
    """How much of a bay's open time is held; minutes."""

    bay: Bay
    held: int
    open: int


@dataclass(frozen=True)
class TeamLoad:
    """What is booked for a team on a day, of what its hands can do; minutes."""

    name: str
    planned: int
    capacity: int


@dataclass(frozen=True)
class Day:
    """A day of the book. No lines: the shop is closed."""

    on: date
    begins_at: datetime
    lines: Sequence[Line]
    loads: Sequence[BayLoad]
    teams: Sequence[TeamLoad]
    appointments: Sequence[Appointment]


def day_book(on: date, now: datetime) -> Day:
    """One day, by bay."""
    return _days(on, 1, now)[0]


def week_book(on: date, now: datetime) -> list[Day]:
    """The week that holds this day, Monday first."""
    return _days(on - timedelta(days=on.weekday()), 7, now)


def _days(first: date, count: int, now: datetime) -> list[Day]:
    hours, places, crews = opening_hours(), bays(), teams()
    begin = datetime(first.year, first.month, first.day, tzinfo=hours.zone)
    held = holding_between(begin, begin + timedelta(days=count))
    return [_day(first + timedelta(days=n), held, places, crews, hours, now) for n in range(count)]


def _day(
    on: date,
    held: Sequence[Appointment],
    places: Sequence[Bay],
    crews: Sequence[Team],
    hours: OpeningHours,
    now: datetime,
) -> Day:
    spans = hours.spans_on(on)
    begins_at = datetime(on.year, on.month, on.day, tzinfo=hours.zone)
    whole = quarters([(spans[0][0], spans[-1][1])]) if spans else []
    is_open = set(quarters(spans))
    here = [
        one for one in held
        if spans and one.starts_at < spans[-1][1] and one.ends_at > spans[0][0]
    ]  # fmt: skip
    columns = [_column(bay, whole, is_open, here, now) for bay in places]
    lines = [
        Line(quarter, [column[quarter] for column in columns if quarter in column])
        for quarter in whole
    ]
    open_minutes = 15 * len(is_open)
    loads = [
        BayLoad(bay, 15 * sum(_holder(bay, q, here) is not None for q in is_open), open_minutes)
        for bay in places
    ]
    return Day(on, begins_at, lines, loads, _team_loads(here, crews), here)


def _holder(bay: Bay, quarter: datetime, held: Sequence[Appointment]) -> Appointment | None:
    return next(
        (
            one for one in held
            if one.bay_id == bay.id and one.starts_at < quarter + SLOT and one.ends_at > quarter
        ),
        None,
    )  # fmt: skip


def _column(
    bay: Bay,
    whole: Sequence[datetime],
    is_open: set[datetime],
    held: Sequence[Appointment],
    now: datetime,
) -> dict[datetime, Cell]:
    """The bay's cells by the quarter in which they begin; free time is cut at half hours."""
    cells: dict[datetime, Cell] = {}
    last: Cell | None = None
    for quarter in whole:
        holder = _holder(bay, quarter, held)
        kind = (
            "held" if holder else "closed" if quarter not in is_open
            else "past" if quarter < now else "free"
        )  # fmt: skip
        goes_on = (
            last is not None
            and last.kind == kind
            and last.appointment is holder
            and not (kind == "free" and quarter.minute % 30 == 0)
        )
        if last is not None and goes_on:
            last = Cell(kind, last.rows + 1, last.starts_at, bay, holder)
        else:
            last = Cell(kind, 1, quarter, bay, holder)
        cells[last.starts_at] = last
    return cells


def _team_loads(held: Sequence[Appointment], crews: Sequence[Team]) -> list[TeamLoad]:
    return [
        TeamLoad(
            team.name,
            sum(one.minutes for one in held if one.team_id == team.id),
            team.daily_minutes,
        )
        for team in crews
    ]
